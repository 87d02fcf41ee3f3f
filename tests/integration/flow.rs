//! Data flows one way, and what stands judges is pure: read off the source itself.

use std::fs;
use std::path::{Path, PathBuf};

/// Every room, from left to right: a room uses those left of it only.
const ROOMS: &[&str] = &[
    "error",
    "text",
    "chance",
    "files",
    "record",
    "heygen",
    "key",
    "redact",
    "transport",
    "plan",
    "answer",
    "classify",
    "judge",
    "compare",
    "watch",
    "fleet",
    "heard",
    "pasted",
    "cli",
    "config",
    "run",
    "doctor",
    "render",
    "explain",
    "serve",
    "simulate",
    "listen",
    "command",
];
/// Everything that is a function of data.
const PURE: &[&str] = &[
    "answer", "chance", "classify", "compare", "explain", "fleet", "heygen", "judge", "plan",
    "record", "render", "text", "watch",
];
/// A clock, a socket, the environment, a key. The types of an address are data.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "std::net::Tcp",
    "std::net::Udp",
    "std::net::ToSocketAddrs",
    "tokio",
    "reqwest",
    "rustls::",
    "rand::random",
    "crate::key",
    "crate::transport",
    "crate::run",
    "crate::config",
    "crate::simulate",
];

/// The files of a module, with what they say outside of their tests.
fn sources(module: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.join(format!("{module}.rs")), root.join(module)];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            files.push((path, code.to_owned()));
        }
    }
    assert!(!files.is_empty(), "there is no module `{module}`");
    files
}

/// True if a text names a module, and not merely one whose name begins alike.
fn names(text: &str, module: &str) -> bool {
    let full = format!("crate::{module}");
    text.match_indices(&full).any(|(at, _)| {
        !text[at + full.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    })
}

#[test]
fn every_room_has_its_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let named = ROOMS.contains(&name) || ["lib", "main"].contains(&name);
        assert!(named, "`{name}` has no place among the rooms");
    }
}

#[test]
fn a_room_uses_only_what_stands_to_its_left() {
    for (at, room) in ROOMS.iter().enumerate() {
        for (path, text) in sources(room) {
            for later in &ROOMS[at + 1..] {
                assert!(!names(&text, later), "{} uses `{later}`", path.display());
            }
        }
    }
}

#[test]
fn what_is_a_function_of_data_knows_no_clock_no_socket_no_environment_and_no_key() {
    for module in PURE {
        for (path, text) in sources(module) {
            for impure in IMPURE {
                let found = match impure.strip_prefix("crate::") {
                    Some(module) => names(&text, module),
                    None => text.contains(impure),
                };
                assert!(!found, "{} names `{impure}`", path.display());
            }
        }
    }
}

/// The files beside this one that it uses.
fn neighbours(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = path.parent().unwrap();
    let used = text.match_indices("super::").filter(|(at, _)| !text[..*at].ends_with("super::"));
    used.flat_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split("};").next().unwrap_or_default(),
            None => rest
                .split("::")
                .next()
                .unwrap_or_default()
                .split([',', ';'])
                .next()
                .unwrap_or_default(),
        };
        list.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
    })
    .map(|name| folder.join(format!("{name}.rs")))
    .filter(|file| file != path && file.is_file())
    .collect()
}

#[test]
fn the_files_of_a_room_use_each_other_in_no_circle() {
    for room in ROOMS {
        let mut left = sources(room);
        loop {
            let before = left.len();
            let names: Vec<PathBuf> = left.iter().map(|(path, _)| path.clone()).collect();
            left.retain(|(path, text)| neighbours(path, text).iter().any(|n| names.contains(n)));
            if left.len() == before {
                break;
            }
        }
        let circle: Vec<_> = left.iter().map(|(path, _)| path.display().to_string()).collect();
        assert!(circle.is_empty(), "a circle among these, or before it: {circle:?}");
    }
}
