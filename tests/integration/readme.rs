//! The README shows what the program really prints.
//!
//! A block after `<!-- output: ARGS -->` is the output of these arguments; with `| head -N` its
//! first lines. Times, ports and the like are made the same on every run.

use std::fmt::Write as _;

use super::binary::{doctor, page};

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// The text without what differs from run to run.
pub(crate) fn steady(text: &str) -> String {
    let port = |word: &str| {
        word.find("127.0.0.1:").map_or_else(
            || word.to_owned(),
            |at| {
                let rest = word[at + 10..].trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{}127.0.0.1:8787{rest}", &word[..at])
            },
        )
    };
    let mut out = String::new();
    for line in text.lines() {
        let words: Vec<String> = line.split(' ').map(port).collect();
        let mut words: Vec<String> = words.iter().map(|word| path(&time(word))).collect();
        for at in 1..words.len() {
            if words[at] == "ms" {
                "20".clone_into(&mut words[at - 1]);
            }
            if words[at] == "s" && at > 1 && words[at - 2] == "in" {
                "2.1".clone_into(&mut words[at - 1]);
            }
            if words[at] == "days" && words[at - 1].chars().all(|c| c.is_ascii_digit()) {
                "1100".clone_into(&mut words[at - 1]);
            }
        }
        writeln!(out, "{}", words.join(" ").trim_end()).unwrap();
    }
    out
}

/// The path that can't exist, as one that is always the same.
fn path(word: &str) -> String {
    let random = word.strip_prefix("/v3/").map(|rest| rest.trim_end_matches('`'));
    let is_random =
        random.is_some_and(|rest| rest.len() == 16 && rest.chars().all(|c| c.is_ascii_hexdigit()));
    if is_random {
        word.replace(random.unwrap_or_default(), "0123456789abcdef")
    } else {
        word.to_owned()
    }
}

/// A time to the millisecond, as a time that is always the same.
fn time(word: &str) -> String {
    let bare = word.trim_matches('`');
    let is_time = bare.len() == 24 && bare.ends_with('Z') && bare.as_bytes()[10] == b'T';
    if is_time { word.replace(bare, "2026-11-21T09:00:00.000Z") } else { word.to_owned() }
}

/// The page as it is, if only short and long durations are exchanged: on a busy machine a run takes seconds.
pub(crate) fn settled(path: &str, written: String) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let there = std::fs::read_to_string(path).unwrap_or_default();
    let timeless = |text: &str| text.replace('\u{a0}', " ").replace("in 20 ms", "in 2.1 s");
    if timeless(&there) == timeless(&written) { there } else { written }
}

fn output(command: &str) -> String {
    let (args, lines) = command
        .split_once(" | head -")
        .map_or((command, usize::MAX), |(args, n)| (args, n.parse().unwrap()));
    let run = doctor().env("COLUMNS", "80").args(args.split(' ')).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(!text.is_empty(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    let mut shown: String = text.lines().take(lines).flat_map(|line| [line, "\n"]).collect();
    if text.lines().count() > lines {
        shown.push_str("[…]\n");
    }
    steady(&shown)
}

#[test]
fn outputs_are_those_of_the_program() {
    let mut written = String::new();
    let (readme, mut found) = (readme(), 0);
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        writeln!(written, "{line}").unwrap();
        let Some(command) =
            line.strip_prefix("<!-- output: ").and_then(|rest| rest.strip_suffix(" -->"))
        else {
            continue;
        };
        found += 1;
        writeln!(written, "{}\n{}```", lines.next().unwrap(), output(command)).unwrap();
        assert!(lines.by_ref().any(|line| line == "```"), "the block of `{command}` has no end");
    }
    assert!(found >= 2, "the README shows outputs");
    page("README.md", &settled("README.md", written));
}

#[test]
fn the_samples_of_the_ci_step_are_of_its_own_command() {
    let readme = readme();
    let step = readme.lines().find_map(|line| line.strip_prefix("  run: heygen-doctor ")).unwrap();
    let shown = format!("<!-- output: {step} --simulate ");
    assert_eq!(readme.lines().filter(|line| line.starts_with(&shown)).count(), 2);
    assert!(
        !readme.lines().any(|line| line.starts_with("<!-- output: ") && line.contains("--skip"))
    );
}

#[test]
fn the_oldest_rust_is_the_one_that_the_manifest_names() {
    let manifest = include_str!("../../Cargo.toml");
    let oldest = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let named = format!("Rust {} or newer", oldest.trim_matches('"'));
    assert!(readme().contains(&named), "the README doesn't say: {named}");
}
