//! The forms for other programs, read back as those programs do, for the run of every scenario.

mod metrics;
mod told;

use std::fs;
use std::path::Path;

use heygen_doctor::record::Record;
use heygen_doctor::render::{Format, Options, render};
use quick_junit::{Report, TestCaseStatus};
use serde_json::Value;

use super::binary::doctor;
use super::samples;
use super::scenarios::all;

fn records() -> impl Iterator<Item = (String, Record)> {
    let made = samples::ALL.iter().map(|(name, make)| ((*name).to_owned(), make()));
    made.chain(all().iter().map(|verdict| {
        let record = verdict.read().clone();
        (verdict.scenario.name.clone(), record)
    }))
}

fn written(format: Format, record: &Record) -> String {
    render(format, record, &Options::default())
}

#[test]
fn one_sample_in_each_form() {
    let record = samples::support_ticket();
    for format in [Format::Junit, Format::Github, Format::Openmetrics, Format::Har] {
        insta::assert_snapshot!(format.as_str(), written(format, &record));
    }
}

#[test]
fn junit_has_a_case_for_each_family_and_fails_as_check_does() {
    for (name, record) in records() {
        let report = Report::deserialize_from_str(&written(Format::Junit, &record)).unwrap();
        let cases = &report.test_suites[0].test_cases;
        assert_eq!(cases.len(), 7, "{name}");
        let asked: usize = cases.iter().filter_map(|case| case.assertions).sum();
        assert_eq!(asked, record.observations.len(), "{name}: every probe is in one family");
        let failed: Vec<_> = cases
            .iter()
            .filter_map(|case| match &case.status {
                TestCaseStatus::NonSuccess { ty, .. } => Some((case.name.as_str(), ty.clone())),
                _ => None,
            })
            .collect();
        let cause = Some(record.diagnosis.cause.as_str().into());
        match record.diagnosis.exit_code {
            0 => assert!(failed.is_empty(), "{name}: {failed:?}"),
            _ => assert_eq!(failed, [("diagnosis", cause)], "{name}"),
        }
    }
}

#[test]
fn github_gets_one_annotation_and_nothing_of_a_server_is_a_command() {
    for (name, record) in records() {
        let text = written(Format::Github, &record);
        assert!(text.len() <= 4_096 && text.lines().count() == 1, "{name}: {text}");
        let level = text.strip_prefix("::").and_then(|rest| rest.split_once(' ')).unwrap().0;
        let expected = match record.diagnosis.exit_code {
            0 => &["notice", "warning"] as &[&str],
            _ => &["error"],
        };
        assert!(expected.contains(&level), "{name}: {text}");
        assert_eq!(text.matches("::").count(), 2, "{name}: {text}");
        assert!(text.contains(record.diagnosis.cause.as_str()), "{name}: {text}");
    }
}

#[test]
fn metrics_are_valid_for_both_parsers() {
    for (name, record) in records() {
        let text = written(Format::Openmetrics, &record);
        let families =
            metrics::read(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        let exit = &families["heygen_doctor_exit_code"][0];
        assert_eq!(exit.value.to_string(), record.diagnosis.exit_code.to_string(), "{name}");
        let diagnosis = &families["heygen_doctor_diagnosis"][0].labels;
        assert_eq!(diagnosis["cause"], record.diagnosis.cause.as_str(), "{name}");
        let classes: f64 = families
            .get("heygen_doctor_answers")
            .map_or(0.0, |samples| samples.iter().map(|sample| sample.value).sum());
        let counted: usize = record.summary.by_class.values().sum();
        assert_eq!(classes.to_string(), counted.to_string(), "{name}");
        // GitLab compares text: what differs from run to run stands last.
        let is_duration =
            |line: &str| line.contains("duration_seconds") || line.contains("time_seconds");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let first = lines.iter().position(|line| is_duration(line)).unwrap();
        assert!(lines[first..].iter().all(|line| is_duration(line)), "{name}: {text}");
    }
}

#[test]
fn archives_follow_the_schema_and_hold_every_exchange() {
    let schema: Value = serde_json::from_str(include_str!("formats/har.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(!schema.is_valid(&serde_json::json!({"log": {"version": "1.2"}})), "it can refuse");
    for (name, record) in records() {
        let har: Value = serde_json::from_str(&written(Format::Har, &record)).unwrap();
        let errors: Vec<String> = schema
            .iter_errors(&har)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        let entries = har["log"]["entries"].as_array().unwrap();
        let mut sent: Vec<_> =
            record.observations.iter().filter(|judged| judged.observation.was_sent()).collect();
        sent.sort_by_key(|judged| judged.observation.sent_at);
        assert_eq!(entries.len(), sent.len(), "{name}");
        for (entry, judged) in entries.iter().zip(sent) {
            let seen = &judged.observation;
            let status = entry["response"]["status"].as_u64().unwrap();
            assert_eq!(status, u64::from(seen.status().unwrap_or(0)), "{name}: {}", seen.probe);
            let phases = ["blocked", "dns", "connect", "send", "wait", "receive"];
            let phase = |phase| entry["timings"][phase].as_f64().unwrap().max(0.0);
            let sum: f64 = phases.into_iter().map(phase).sum();
            let time = entry["time"].as_f64().unwrap();
            assert!(sum <= time + 1.0, "{name}: {} has {sum} of {time} ms", seen.probe);
        }
    }
}

fn flag(folder: &Path, name: &str) -> String {
    format!("--{name}={}", folder.join(name).display())
}

#[test]
fn one_run_writes_them_all_and_stdout_stays_human() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "# Earlier step\n").unwrap();
    let documents = ["json", "markdown", "har", "junit", "openmetrics", "github"];
    let output = doctor()
        .args(["check", "--simulate", "support-ticket"])
        .args(documents.map(|name| flag(folder.path(), name)))
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Broken"), "{output:?}");
    let record =
        heygen_doctor::record::read::read(&fs::read_to_string(folder.path().join("json")).unwrap())
            .unwrap();
    for name in documents {
        let format = Format::from_name(name).unwrap();
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text, written(format, &record), "{name}");
    }
    let summary = fs::read_to_string(summary).unwrap();
    let ticket = written(Format::Markdown, &record);
    assert_eq!(summary, format!("# Earlier step\n{ticket}"));
    assert!(summary.len() < 1 << 20);
    // The same from the record, as the one document on standard output.
    let from = format!("--from={}", folder.path().join("json").display());
    let again = doctor().args(["check", &from, "--format", "junit"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&again.stdout), written(Format::Junit, &record));
}

/// A disk that is full at the end: the device for it is there on Linux.
#[test]
fn where_one_document_fails_the_others_are_whole() {
    if !Path::new("/dev/full").exists() {
        return super::curl::say("SKIPPED: there is no /dev/full, so no write failed.");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = doctor()
        .args(["check", "--simulate", "support-ticket", "--junit=/dev/full"])
        .args(["json", "har"].map(|name| flag(folder.path(), name)))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("`/dev/full` can't be written"), "{stderr}");
    for name in ["json", "har"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{name}");
    }
    assert!(String::from_utf8_lossy(&output.stdout).contains("Broken"), "{output:?}");
}
