//! The form for agents.

use std::collections::BTreeSet;

use heygen_doctor::cli;
use heygen_doctor::record::Record;
use serde_json::Value;

use super::lengths::corpus;
use super::{Format, HOSTILE, Options, render, samples};

fn brief(record: &Record, file: Option<&str>) -> String {
    let options = Options { record: file.map(ToOwned::to_owned), ..Options::default() };
    render(Format::Brief, record, &options)
}

#[test]
fn one_small_object_says_what_decides() {
    let mut commands = BTreeSet::new();
    for (name, record) in corpus() {
        let text = brief(&record, Some("run.json"));
        assert!(text.len() <= 2_048 && text.lines().count() == 1, "{name}: {text}");
        let brief: Value = serde_json::from_str(&text).unwrap();
        let names: Vec<&str> = brief.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "schema_version",
                "verdict",
                "cause",
                "confidence",
                "exit_code",
                "statement",
                "next_step",
                "decisive",
                "record"
            ]
        );
        let whole = serde_json::to_value(&record).unwrap();
        for same in ["verdict", "cause", "confidence", "exit_code"] {
            assert_eq!(brief[same], whole["diagnosis"][same], "{name}");
        }
        let named = record.diagnosis.named().unwrap();
        let statement = brief["statement"].as_str().unwrap();
        assert!(record.diagnosis.statement.starts_with(statement.trim_end_matches('…')), "{name}");
        for seen in brief["decisive"].as_array().unwrap() {
            let probe = seen["probe"].as_str().unwrap();
            let known = record.observations.iter().any(|one| one.observation.probe.0 == probe);
            assert!(
                known
                    && named
                        .evidence
                        .iter()
                        .any(|piece| piece.probes.iter().any(|id| id.0 == probe))
            );
        }
        if let Some(argv) = brief["next_step"]["argv"].as_array() {
            let argv: Vec<&str> = argv.iter().map(|word| word.as_str().unwrap()).collect();
            assert!(cli::parse(argv.clone()).is_ok(), "{name}: {argv:?}");
            commands.insert(argv.join(" "));
        }
    }
    assert!(commands.contains("heygen-doctor check --timeout 30s"), "{commands:?}");
}

#[test]
fn what_is_too_long_is_cut_and_is_still_json() {
    let mut record = samples::hostile();
    record.diagnosis.statement = HOSTILE.repeat(40);
    let path = "p".repeat(3_000);
    for file in [None, Some("run.json"), Some(path.as_str())] {
        let text = brief(&record, file);
        assert!(text.len() <= 2_048, "{}: {text}", text.len());
        let told: Value = serde_json::from_str(&text).unwrap();
        // A path that is cut would lead nowhere.
        assert_eq!(told["record"].as_str(), file.filter(|file| file.len() < 100), "{text}");
    }
}
