//! Records that are read back: of this version, of the one before, and of a later one.

use std::fs;
use std::path::Path;

use heygen_doctor::redact::{Ledger, Redactor};
use serde_json::Value;

use super::binary::doctor;
use super::inputs::{refused, run, text};

#[test]
fn a_record_is_judged_again_to_the_same_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let json = format!("--json={}", file.display());
    for scenario in ["support-ticket", "scoped", "outage", "flapping"] {
        let first = run(&["check", "--simulate", scenario, &json, "--color", "never"]);
        let again = run(&["check", "--from", file.to_str().unwrap(), "--color", "never"]);
        assert_eq!(first.status.code(), again.status.code(), "{scenario}");
        assert_eq!(text(&first.stdout), text(&again.stdout), "{scenario}");
    }
}

#[test]
fn the_record_inside_a_page_is_judged_again_to_the_same_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    let html = format!("--html={}", file.display());
    for scenario in ["support-ticket", "scoped", "outage", "flapping"] {
        let first = run(&["check", "--simulate", scenario, &html, "--color", "never"]);
        let again = run(&["check", "--from", file.to_str().unwrap(), "--color", "never"]);
        assert_eq!(first.status.code(), again.status.code(), "{scenario}");
        assert_eq!(text(&first.stdout), text(&again.stdout), "{scenario}");
    }
    let page = fs::read_to_string(&file).unwrap().replace("application/json", "text/plain");
    fs::write(&file, page).unwrap();
    refused(&["check", "--from", file.to_str().unwrap()], "is not a run record");
}

/// The record of a scenario as JSON, in a file of its own.
fn record_of(scenario: &str, file: &Path) -> Value {
    let json = format!("--json={}", file.display());
    run(&["check", "--simulate", scenario, "--profile", "full", &json, "-q"]);
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn a_record_of_the_version_before_is_judged_to_the_same_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let mut record = record_of("support-ticket", &file);
    let ends = |path: &Path| {
        let output = run(&["check", "--from", path.to_str().unwrap(), "--format", "json"]);
        assert!(output.status.code().is_some_and(|code| code != 2), "{}", text(&output.stderr));
        let again: Value = serde_json::from_slice(&output.stdout).unwrap();
        again["diagnosis"].clone()
    };
    let today = ends(&file);
    // Reasons had no name, and every cause had a link.
    let held_back = record["run"]["not_sent"].as_array_mut().unwrap();
    assert!(!held_back.is_empty());
    for entry in held_back {
        assert!(entry.as_object_mut().unwrap().remove("reason").is_some());
    }
    for cause in record["diagnosis"]["causes"].as_array_mut().unwrap() {
        cause["doc_url"] = "https://docs.example/causes".into();
    }
    fs::write(&file, record.to_string()).unwrap();
    assert_eq!(ends(&file), today);
}

#[test]
fn a_record_with_a_name_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let record = record_of("support-ticket", &file);
    for (place, name) in [
        ("/credential/findings/0/id", "key_of_tomorrow".into()),
        ("/credential/kind", "kind_of_tomorrow".into()),
        ("/run/profile", "listen_harder".into()),
        ("/run/not_sent/0/reason", "reason_of_tomorrow".into()),
        ("/observations/0/wave", 7.into()),
        ("/diagnosis/cause", "cause_of_tomorrow".into()),
    ] {
        let mut newer = record.clone();
        let value: &mut Value = newer.pointer_mut(place).unwrap();
        *value = name;
        fs::write(&file, newer.to_string()).unwrap();
        refused(&["check", "--from", file.to_str().unwrap()], "or one of a later version");
    }
}

#[test]
fn a_link_is_a_page_of_heygens_or_empty() {
    let folder = tempfile::tempdir().unwrap();
    let record = record_of("support-ticket", &folder.path().join("record.json"));
    let links: Vec<&str> = record["diagnosis"]["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cause| cause["doc_url"].as_str().unwrap())
        .collect();
    for link in &links {
        let known = ["https://developers.heygen.com/", "https://docs.heygen.com/"];
        assert!(link.is_empty() || known.iter().any(|site| link.starts_with(site)), "{link}");
    }
    assert!(links.contains(&"") && links.iter().any(|link| !link.is_empty()));
}

#[test]
fn a_record_is_read_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let json = format!("--json={}", file.display());
    run(&["check", "--simulate", "unknown-key", &json]);
    let from = |args: &[&str], stdin: fs::File| {
        let mut command = doctor();
        command.args(["check", "--from", "-", "-q"]).args(args).stdin(stdin).output().unwrap()
    };
    let by_name = run(&["check", "--from", file.to_str().unwrap(), "-q"]);
    let piped = from(&[], fs::File::open(&file).unwrap());
    assert_eq!((piped.status, piped.stdout), (by_name.status, by_name.stdout));
    let both = from(&["--key-file", "-"], fs::File::open(&file).unwrap());
    assert_eq!(both.status.code(), Some(2), "{both:?}");
}

/// The records that earlier builds wrote. They are never written anew: a version that can't read one of
/// them, or judges it otherwise, breaks what docs/records.md promises.
#[test]
fn records_of_version_1_are_read_for_ever() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/records");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 16, "{} records", files.len());
    let mut verdicts = std::collections::BTreeSet::new();
    for file in files {
        let kept = fs::read_to_string(&file).unwrap();
        assert!(!kept.contains("SYNTHETIC"), "{}: a key is in it", file.display());
        let kept: Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["schema_version"], 1);
        let output = run(&["check", "--from", file.to_str().unwrap(), "--json"]);
        let again: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}: {}", file.display(), text(&output.stderr)));
        for part in ["verdict", "cause", "confidence", "exit_code"] {
            let (was, is) = (&kept["diagnosis"][part], &again["diagnosis"][part]);
            assert_eq!(was, is, "{}: {part}", file.display());
        }
        assert_eq!(again["observations"], kept["observations"], "{}", file.display());
        verdicts.insert(kept["diagnosis"]["verdict"].to_string());
    }
    assert_eq!(verdicts.len(), 6, "{verdicts:?}");
}

#[test]
fn the_record_of_every_scenario_is_read_again() {
    for verdict in super::scenarios::all() {
        let read = heygen_doctor::record::read::read(&verdict.record.to_string());
        assert!(read.is_ok(), "{}: {}", verdict.scenario.name, read.unwrap_err());
    }
}

/// What a record holds went past the redactor when it was made: it finds nothing more in it.
#[test]
fn a_record_of_our_own_is_taken_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let stranger = Redactor::new(&[], &[], &[]);
    let mut texts = 0;
    for verdict in super::scenarios::all() {
        each_text(&serde_json::to_value(&verdict.record).unwrap(), &mut |text| {
            texts += 1;
            let clean = stranger.redact(text, &mut Ledger::default());
            assert_eq!(clean, text, "{}", verdict.scenario.name);
        });
    }
    assert!(texts > 10_000, "{texts}");
    let record = record_of("support-ticket", &file);
    let again = run(&["check", "--from", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(serde_json::from_slice::<Value>(&again.stdout).unwrap(), record);
}

fn each_text(value: &Value, told: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => told(text),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, told)),
        Value::Object(members) => members.values().for_each(|value| each_text(value, told)),
        _ => {}
    }
}

/// Somebody else's record may hold what this program would never have kept.
#[test]
fn the_secrets_of_a_record_from_elsewhere_reach_no_document() {
    const KEY: &str = "sk_V2_hgu_kSYNTHETIC9_ForeignKeyOfTheTests0000000001";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    let mut record = record_of("unknown-key", &file);
    let said = format!("{KEY} of jane@example.org, Authorization: Bearer abcdef0123456789abcdef");
    let seen = record["observations"].as_array_mut().unwrap();
    for seen in seen.iter_mut().filter(|seen| seen["outcome"]["message"].is_string()) {
        seen["outcome"]["message"] = Value::from(said.clone());
    }
    let before = record["redaction"]["replaced"].as_u64().unwrap();
    fs::write(&file, record.to_string()).unwrap();
    for format in ["json", "markdown", "html", "junit", "github"] {
        let args = ["report", "--from", file.to_str().unwrap(), &format!("--{format}")];
        let output = run(&args);
        assert!(output.status.success(), "{format}: {}", text(&output.stderr));
        let document = text(&output.stdout);
        let is_quoted = matches!(format, "json" | "markdown" | "html");
        assert_eq!(
            document.contains("[redacted] of [redacted]"),
            is_quoted,
            "{format}: {document}"
        );
        for secret in [&KEY[11..23], "jane@", "abcdef0123456789"] {
            assert!(!document.contains(secret), "{format}: {secret}");
        }
    }
    let output = run(&["check", "--from", file.to_str().unwrap(), "--format", "json"]);
    let clean: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(clean["redaction"]["replaced"].as_u64().unwrap() >= before + 3);
    assert_eq!(clean["diagnosis"]["cause"], record["diagnosis"]["cause"]);
}
