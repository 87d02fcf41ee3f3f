//! The page of a first try: what was found, and how to go on.

use std::fs;
use std::path::Path;

use heygen_doctor::cli;

use super::binary::{KEY, doctor};

/// The lines on standard error; nothing stands on standard output, and a script doesn't pass.
fn page(folder: &Path, key: Option<&str>) -> Vec<String> {
    let mut command = doctor();
    command.current_dir(folder).env("HEYGEN_CONFIG_DIR", folder).env("COLUMNS", "80");
    let output = command.envs(key.map(|key| ("HEYGEN_API_KEY", key))).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    assert!(lines.len() <= 8 && lines.iter().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.to_lowercase().contains("synthetic"), "{text}");
    lines
}

/// The last three lines are commands that can be typed as they stand.
fn commands(lines: &[String]) -> Vec<&str> {
    let (before, commands) = lines.split_at(lines.len() - 3);
    let intro = "No command was given, and nothing was sent. Go on with:";
    assert_eq!(before.last().unwrap(), intro);
    let typed = commands.iter().map(|line| line.trim().split("  ").next().unwrap());
    let typed: Vec<&str> = typed.collect();
    for line in &typed {
        if !line.ends_with("--help") {
            cli::parse(line.split(' ')).unwrap();
        }
    }
    typed
}

#[test]
fn a_key_is_told_by_its_fingerprint() {
    let folder = tempfile::tempdir().unwrap();
    let lines = page(folder.path(), Some(KEY));
    assert_eq!(lines[0], "The key looks right: a HeyGen key, 54 characters.");
    assert_eq!(lines[1], "  HEYGEN_API_KEY  sha256:e71e8ec4457f  (used)");
    let next = [
        "heygen-doctor check",
        "heygen-doctor report --markdown=ticket.md",
        "heygen-doctor --help",
    ];
    assert_eq!(commands(&lines), next);
}

#[test]
fn a_value_that_cannot_work_is_looked_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let lines = page(folder.path(), Some("your-api-key-here"));
    assert_eq!(lines[0], "The value is a placeholder, not a key.");
    assert_eq!(lines[1], "  HEYGEN_API_KEY  It holds a placeholder.  (used)");
    assert_eq!(commands(&lines)[0], "heygen-doctor key");
}

#[test]
fn where_nothing_is_the_places_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let lines = page(folder.path(), None);
    assert_eq!(lines[0], "No key was found.");
    assert!(lines[1].starts_with("  Looked at HEYGEN_API_KEY, "), "{lines:#?}");
    assert_eq!(commands(&lines)[1], "heygen-doctor check --simulate support-ticket");
}

#[test]
fn of_many_places_the_first_are_told_and_the_others_counted() {
    let folder = tempfile::tempdir().unwrap();
    let line = |name| format!("HEYGEN_API_KEY={}\n", KEY.replace("Tests", name));
    fs::write(folder.path().join(".env"), line("Env")).unwrap();
    fs::write(folder.path().join(".env.local"), line("Local")).unwrap();
    fs::write(folder.path().join("credentials"), "{ not json").unwrap();
    let lines = page(folder.path(), Some(KEY));
    assert!(lines[2].starts_with("  .env.local "), "{lines:#?}");
    assert_eq!(lines[3], "  and 2 more places; `heygen-doctor key` lists them");
    assert_eq!((commands(&lines).len(), lines.len()), (3, 8));
}
