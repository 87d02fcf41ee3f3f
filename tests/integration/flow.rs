//! Data flows one way, and what stands right of `run` is pure: read off the source itself.

use std::fs;
use std::path::{Path, PathBuf};

/// Every stage, from left to right: a stage uses those left of it only.
const STAGES: &[&str] =
    &["cli", "config", "plan", "run", "classify", "diagnose", "judge", "judgement", "render"];
/// Where a stage makes what a later one takes, and so names its type: a flag is parsed into the
/// plan's `Profile` or `Pattern`; the configuration becomes its `Brief`, and the run's settings.
const LEANS: &[(&str, &str)] = &[("cli", "plan"), ("config", "plan"), ("config", "run")];
/// Everything that is a function of data: the stages right of `run`, and the data itself.
const PURE: &[&str] = &[
    "cause",
    "class",
    "classify",
    "code",
    "curl",
    "diagnose",
    "diagnosis",
    "endpoint",
    "exit",
    "explain",
    "facts",
    "judge",
    "judgement",
    "observation",
    "plan",
    "probe",
    "record",
    "render",
    "text",
    "words",
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

/// Whether a text names a module, and not merely one whose name begins alike.
fn names(text: &str, module: &str) -> bool {
    let full = format!("crate::{module}");
    text.match_indices(&full).any(|(at, _)| {
        !text[at + full.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    })
}

#[test]
fn a_stage_uses_only_what_stands_to_its_left() {
    for (at, stage) in STAGES.iter().enumerate() {
        for (path, text) in sources(stage) {
            for later in &STAGES[at + 1..] {
                let leans = LEANS.contains(&(*stage, *later));
                assert!(leans || !names(&text, later), "{} uses `{later}`", path.display());
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
