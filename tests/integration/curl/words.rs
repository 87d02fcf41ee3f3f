//! One function quotes every word, whatever is in it.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use heygen_doctor::record::{Record, read};
use heygen_doctor::text::{acts, neutralise, shell_word, shell_word_with};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::tempdir;

use super::{run_nothing_but_curl, sh};
use crate::binary::{KEY, doctor};
use crate::samples;

/// Words as a shell might misread them, far more often than by chance.
fn word() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "'",
        "\"",
        "\\",
        "$",
        "$(touch pwned)",
        "`touch pwned`",
        ";",
        "&",
        "|",
        "\n",
        "\r",
        "\t",
        " ",
        "::",
        "##[",
        "#",
        "!",
        "~",
        "*",
        "?",
        "[",
        "{a,b}",
        "<",
        ">",
        "-",
        "--",
        "%",
        "=",
        "a",
        "é",
        "\u{202e}",
        "\u{1b}[2J",
        "\u{200b}",
        "\u{85}",
        "1",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat().into_bytes()),
        prop::collection::vec(1_u8.., 0..24),
    ]
}

/// The words that a shell makes of these.
fn read_back(words: &[String], variable: &[u8]) -> Vec<Vec<u8>> {
    let folder = tempdir().unwrap();
    let script = format!("printf '%s\\0' {}", words.join(" "));
    let variables = [("VALUE".to_owned(), OsString::from_vec(variable.to_vec()))];
    let output = sh(&script, folder.path(), &variables);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "something was run by {script}");
    let mut read: Vec<Vec<u8>> =
        output.stdout.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    assert_eq!(read.pop(), Some(Vec::new()));
    read
}

proptest! {
    #[test]
    fn a_word_is_read_as_it_was_written(words in prop::collection::vec(word(), 1..12)) {
        let written: Vec<String> = words.iter().map(shell_word).collect();
        prop_assert_eq!(read_back(&written, b""), words);
    }

    #[test]
    fn a_word_with_a_variable_ends_in_its_value(text in "\\PC{0,12}", value in word()) {
        let written = shell_word_with(&text, "VALUE");
        let read = read_back(&[written], &value);
        prop_assert_eq!(read, vec![[text.as_bytes(), &value].concat()]);
    }

    #[test]
    fn a_word_can_be_shown_as_it_is(word in word()) {
        let breaks = word.iter().rev().take_while(|byte| **byte == b'\n').count();
        let written = shell_word(&word[..word.len() - breaks]);
        prop_assert!(!written.chars().any(acts), "{written:?}");
        prop_assert_eq!(neutralise(&written), written);
    }
}

#[test]
fn a_harmless_word_stays_readable() {
    assert_eq!(
        shell_word("https://api.heygen.com/v3/users/me"),
        "https://api.heygen.com/v3/users/me"
    );
    assert_eq!(shell_word("a b"), "'a b'");
    assert_eq!(shell_word(""), "''");
    assert_eq!(shell_word_with("x-api-key: ", "HEYGEN_API_KEY"), "\"x-api-key: $HEYGEN_API_KEY\"");
}

/// A record of a plain run, with one value changed.
fn changed(pointer: &str, value: &str) -> String {
    let mut record = serde_json::to_value(samples::unrecognized()).unwrap();
    *record.pointer_mut(pointer).unwrap() = Value::String(value.to_owned());
    record.to_string()
}

#[test]
fn a_record_with_a_command_in_it_is_refused() {
    for (pointer, value) in [
        ("/run/base_url", "https://h/'; touch pwned; echo '"),
        ("/run/base_url", "https://h/\n touch pwned"),
        ("/run/base_url", "file:///etc/passwd"),
        ("/run/base_url", "https://user:password@h"),
        ("/run/id", "$(touch pwned)"),
        ("/observations/0/path", "/v3/users/me' ; touch pwned; '"),
        ("/observations/0/path", "/v3/users/me\ntouch pwned"),
        ("/observations/0/path", "@evil.example/"),
        ("/observations/0/method", "DELETE"),
        ("/observations/0/probe", "x\ntouch pwned"),
        ("/observations/0/endpoint", "`touch pwned`"),
        ("/observations/0/variant", "x-api-key\ntouch pwned"),
        ("/credential/fingerprint", "sha256:$(touch pwned)"),
        ("/environment/tool", "heygen-doctor 0.1\r\nx-api-key: a"),
    ] {
        let text = changed(pointer, value);
        let field = pointer[1..].replace("/0/", "[0].").replace('/', ".");
        let why = read::read(&text).unwrap_err().to_string();
        assert!(why.contains(&format!("`{field}`")) && !why.contains("pwned"), "{pointer}: {why}");
        let folder = tempdir().unwrap();
        let file = folder.path().join("record.json");
        std::fs::write(&file, text).unwrap();
        let output = doctor().arg("report").arg("--from").arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{pointer}");
        assert!(output.stdout.is_empty(), "{pointer}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(&why) && told.contains("hint: "), "{told}");
    }
}

#[test]
fn what_the_doctor_wrote_is_read_again() {
    for (name, make) in samples::ALL.iter().filter(|(name, _)| *name != "hostile") {
        let record: Record = make();
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(read::read(&text).as_ref(), Ok(&record), "{name}");
    }
}

/// The curl lines of a record.
fn lines(record: &Value) -> Vec<String> {
    let seen = record["observations"].as_array().unwrap().iter();
    seen.map(|seen| seen["curl"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_base_url_is_one_word_wherever_it_comes_from() {
    let base = "http://127.0.0.1:9/it's";
    let args = ["check", "--format", "json", "--deadline", "5s", "--base-url", base];
    let output = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    let urls_of_a_run = run_nothing_but_curl(&lines(&record));
    assert!(!urls_of_a_run.is_empty());
    assert!(urls_of_a_run.iter().all(|url| url.starts_with("http://127.0.0.1:9/it's/v3/")));

    // This one is written as the parser of URLs writes it, so it is no reason to refuse a record.
    let base = "https://h/';touch$IFS'pwned';'$(touch$IFS'pwned')";
    let text = changed("/run/base_url", base);
    let folder = tempdir().unwrap();
    let file = folder.path().join("record.json");
    std::fs::write(&file, text).unwrap();
    let output =
        doctor().args(["check", "--format", "json", "--from"]).arg(&file).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (url, seen) in
        run_nothing_but_curl(&lines(&record)).iter().zip(record["observations"].as_array().unwrap())
    {
        assert_eq!(*url, format!("{base}{}", seen["path"].as_str().unwrap()));
    }
}

#[test]
fn the_advice_of_key_names_the_file_whatever_it_is_called() {
    let folder = tempdir().unwrap();
    for name in [&b"it's a \xff key; touch pwned"[..], b"a::b##[c", b"\x1b[2J", b"plain"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, KEY).unwrap();
        let output = doctor().arg("key").arg("--key-file").arg(&path).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let command = text.split("heygen-doctor check ").nth(1).unwrap();
        let read = read_back(&[command.trim_end().to_owned()], b"");
        assert_eq!(read, [b"--key-file".to_vec(), path.as_os_str().as_bytes().to_vec()]);
    }
}
