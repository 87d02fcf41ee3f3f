//! What is said of the places where a key was looked for, whatever is in them.

use crate::binary::doctor;
use crate::wire::{Ear, refusal};

/// The sections on the key, and the last line, of a run with this value.
fn told(value: &str, args: &[&str]) -> String {
    let ear = Ear::answering(|_| refusal());
    let output = doctor()
        .env("HEYGEN_API_KEY", value)
        .args(["check", "-v", "--profile", "quick", "--base-url", &ear.base_url()])
        .args(args)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_placeholder_is_told_as_found_and_not_sent() {
    let text = told("your-api-key-here", &[]);
    assert!(!text.contains(".,") && !text.contains("none found"), "{text}");
    let flat = flat(&text);
    assert!(
        flat.contains("It holds a placeholder. It is the one in use, and is not sent."),
        "{text}"
    );
    assert!(flat.contains("key not sent") && flat.contains("key (a placeholder)"), "{text}");
}

#[test]
fn a_short_value_that_is_sent_is_told_as_found_and_sent() {
    let withheld = told("k3y9zq7w", &[]);
    assert!(flat(&withheld).contains("too short for a key"), "{withheld}");
    assert!(withheld.contains("key not sent"), "{withheld}");
    let text = told("k3y9zq7w", &["--send-anyway"]);
    assert!(!text.contains(".,") && !text.contains("none found"), "{text}");
    let flat = flat(&text);
    assert!(flat.contains("It holds a placeholder. It is used all the same."), "{text}");
    assert!(flat.contains("as configured: 0 of 3"), "{text}");
    assert!(flat.contains("key (a placeholder)"), "{text}");
    let output = doctor().env("HEYGEN_API_KEY", "k3y9zq7w").arg("key").output().unwrap();
    let offline = String::from_utf8(output.stdout).unwrap();
    assert!(!offline.contains("No key was found") && !offline.contains("nothing  ("), "{offline}");
}

#[test]
fn another_vendors_key_is_not_told_as_used() {
    let text = told("sk-proj-abcdefgh1234567890ABCDEFGHijklmnop", &["--key-file", "/dev/null"]);
    let line = text.lines().find(|line| line.contains("in use, and not sent"));
    assert!(line.is_some() && !text.contains(", used"), "{text}");
}

#[test]
fn a_long_name_does_not_break_the_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a-rather-long-name-of-a-key-file.txt");
    std::fs::write(&path, "sk_V2_hgu_kSYNTHETIC2_SyntheticKeyForTheTestsOnly00000").unwrap();
    let path = path.to_str().unwrap();
    let text = told(crate::binary::KEY, &["--key-file", path]);
    let lines: Vec<&str> = text.lines().skip_while(|line| *line != "The key").collect();
    let column = lines.iter().find_map(|line| line.find("sha256:")).unwrap();
    assert!(lines.contains(&format!("  {path}").as_str()), "{text}");
    assert_eq!(
        lines.iter().filter(|line| line.find("sha256:") == Some(column)).count(),
        2,
        "{text}"
    );
}
