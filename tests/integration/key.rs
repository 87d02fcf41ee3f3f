//! What `key` says of values that people really paste, and what it tells them to do.

use std::fs;
use std::path::Path;

use super::binary::{KEY, doctor};

/// The output of `key`, with its flags, and the exit code.
fn told(folder: &Path, args: &[&str]) -> (String, i32) {
    let output = doctor().current_dir(folder).arg("key").args(args).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text, output.status.code().unwrap())
}

/// The same of a value in a file that `--key-file` names.
fn of(value: &str) -> (String, i32) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a key"), value).unwrap();
    told(folder.path(), &["--key-file", "a key"])
}

fn last(text: &str) -> &str {
    text.lines().next_back().unwrap()
}

#[test]
fn a_value_that_is_no_key_was_found_all_the_same() {
    for (value, headline) in [
        ("your-api-key-here", "The value is a placeholder, not a key."),
        ("hello", "The value is too short for a key."),
    ] {
        let (text, code) = of(value);
        assert_eq!(text.lines().next().unwrap(), headline);
        assert!(!text.contains("No key was found") && !text.contains("nothing  (used)"), "{text}");
        let step = "Nothing was sent. Put your HeyGen API key in its place (a key), then look again: heygen-doctor key --key-file 'a key'";
        assert_eq!((last(&text), code), (step, 3));
    }
}

#[test]
fn another_vendors_key_is_to_be_replaced_and_not_to_be_checked() {
    for (value, kind) in [
        (format!("sk_{}", "feedface".repeat(6)), "ElevenLabs key"),
        ("sk-SYNTHETIC0SYNTHETIC0".to_owned(), "OpenAI key"),
        ("ada@example.com:SYNTHETICsecret0".to_owned(), "D-ID basic credentials"),
    ] {
        use base64::Engine as _;
        let basic = kind.starts_with("D-ID");
        let base64 = base64::engine::general_purpose::STANDARD;
        let value = if basic { base64.encode(value) } else { value };
        let (text, code) = of(&value);
        assert!(text.contains(&format!("  Kind         {kind}\n")), "{text}");
        assert!(!text.contains("--send-anyway") && !text.contains("doctor check"), "{text}");
        assert!(last(&text).contains("Put your HeyGen API key in its place"), "{text}");
        assert_eq!(code, 3);
    }
}

#[test]
fn the_next_step_mends_what_was_found_and_looks_at_the_same_key() {
    let (text, code) = of(&format!("\"{KEY}\""));
    let step = "Nothing was sent. Remove the quotes around the key (a key), then look again: heygen-doctor key --key-file 'a key'";
    assert_eq!((last(&text), code), (step, 3));

    let (text, code) = of(KEY);
    let step = "Nothing was sent. To find out whether HeyGen accepts it: heygen-doctor check --key-file 'a key'";
    assert_eq!((last(&text), code), (step, 0));
    assert!(text.starts_with("The key looks right: a HeyGen key, "), "{text}");
    assert!(text.contains("  Kind         HeyGen key\n"), "{text}");
}

#[test]
fn a_value_of_no_known_form_is_not_praised() {
    let (text, code) = of("SYNTHETIC7Qx2Zk9Lw4Tm8B3nR6vC1p");
    assert!(text.starts_with("This is none of the forms in which HeyGen"), "{text}");
    assert_eq!(code, 0);
}

#[test]
fn a_broken_place_that_is_not_used_says_nothing_of_the_key() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), format!("HEYGEN_API_KEY={KEY}\n")).unwrap();
    fs::write(folder.path().join("credentials"), "{ not json").unwrap();
    let output = doctor()
        .current_dir(folder.path())
        .env("HEYGEN_CONFIG_DIR", folder.path())
        .arg("key")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("The key looks right: a HeyGen key, "), "{text}");
    assert!(text.contains("credentials_malformed"), "{text}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn where_nothing_is_the_step_names_the_place_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (text, code) = told(folder.path(), &["--key-env", "MY_KEY"]);
    assert!(text.starts_with("No key was found.\n"), "{text}");
    assert!(last(&text).ends_with("heygen-doctor key --key-env MY_KEY"), "{text}");
    assert_eq!(code, 3);
    let (text, _) = told(folder.path(), &[]);
    assert!(last(&text).contains("Set HEYGEN_API_KEY"), "{text}");
}

/// A folder with `.env`, `.env.local`, and HeyGen's own file, each with a key of its own.
fn three_keys() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let key = |letter: &str| {
        format!("sk_V2_hgu_kSYNTHETIC{letter}_SyntheticKeyOfManyPlaces{letter}0000000")
    };
    let line = |letter| format!("HEYGEN_API_KEY={}\n", key(letter));
    fs::write(folder.path().join(".env"), line("B")).unwrap();
    fs::write(folder.path().join(".env.local"), line("C")).unwrap();
    let stored = format!(
        "{{\"api_key\":\"{}\",\"oauth\":{{\"access_token\":\"at_SYNTHETIC0SYNTHETIC0\"}}}}",
        key("D")
    );
    fs::write(folder.path().join("credentials"), stored).unwrap();
    folder
}

#[test]
fn tools_are_told_with_their_keys_conflicts_first_and_no_key_is_shown() {
    let folder = three_keys();
    let run = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = doctor();
        command.current_dir(folder.path()).env("HEYGEN_CONFIG_DIR", folder.path());
        command.envs(env.iter().copied()).args(["key", "--tools"]).args(args);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("Synthetic") && !text.contains("SYNTHETIC"), "{text}");
        (text, output.status.code().unwrap())
    };
    let (text, code) = run(&[], &[]);
    assert_eq!(text.lines().next().unwrap(), "These tools don't all use the same key here.");
    assert!(text.find("\nConflicts\n").unwrap() < text.find("\nTools\n").unwrap(), "{text}");
    assert_eq!(code, 0);

    let (json, _) = run(&["--format", "json"], &[]);
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    let tools = parsed["tools"].as_array().unwrap();
    let sources: Vec<Option<&str>> = tools.iter().map(|tool| tool["source"].as_str()).collect();
    let file = Some("$HEYGEN_CONFIG_DIR/credentials");
    assert_eq!(sources, [file, file, Some(".env"), None, Some(".env"), Some(".env"), None]);
    assert_eq!((&tools[0]["as"], &tools[1]["as"]), (&"x-api-key".into(), &"bearer".into()));
    assert_ne!(tools[0]["fingerprint"], tools[1]["fingerprint"]);
    assert_eq!(parsed["conflicts"].as_array().unwrap().len(), 3);

    let (quiet, _) = run(&["-q"], &[("HEYGEN_API_KEY", KEY)]);
    assert_eq!(quiet.lines().count(), 1);
    let empty = tempfile::tempdir().unwrap();
    let (text, code) = told(empty.path(), &["--tools"]);
    assert!(text.starts_with("None of these tools finds a key here.\n"), "{text}");
    assert_eq!(code, 3);
}
