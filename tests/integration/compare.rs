//! Records beside each other, through the real binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use heygen_doctor::compare::{Conclusion, compare};
use heygen_doctor::record::Record;
use heygen_doctor::text::acts;
use serde_json::Value;

use super::inputs::{refused, run, text};
use super::markup::assert_sound;
use super::samples;

/// A record with a vantage point, and a time in minutes after the first.
fn at(mut record: Record, vantage: Option<&str>, minutes: i64) -> (String, Record) {
    record.run.vantage = vantage.map(ToOwned::to_owned);
    record.run.started_at += chrono::TimeDelta::minutes(minutes);
    (format!("{minutes}.json"), record)
}

fn concluded(records: &[(String, Record)]) -> (Conclusion, String) {
    let comparison = compare(records);
    (comparison.conclusion, comparison.statement)
}

#[test]
fn conclusions_say_no_more_than_was_asked() {
    let (works, fails, dns) = (samples::healthy, samples::unrecognized, samples::dns_failure);
    let other_key = || {
        let mut record = works();
        record.credential.fingerprint = Some("sha256:0123456789ab".to_owned());
        record
    };
    let (a, b, c, d) = (Some("a"), Some("b"), Some("c"), Some("d"));
    let cases: &[(&[(String, Record)], Conclusion)] = &[
        (&[at(works(), None, 0), at(works(), None, 5)], Conclusion::Unchanged),
        (&[at(fails(), None, 0), at(works(), None, 5)], Conclusion::Over),
        (&[at(works(), None, 5), at(fails(), None, 0)], Conclusion::Over),
        (&[at(works(), None, 0), at(fails(), None, 5)], Conclusion::Began),
        (
            &[at(fails(), None, 0), at(works(), None, 5), at(fails(), None, 9)],
            Conclusion::Undecided,
        ),
        (&[at(fails(), None, 0), at(other_key(), None, 5)], Conclusion::NewKey),
        (&[at(fails(), a, 0), at(other_key(), b, 5)], Conclusion::Undecided),
        // Another key cures no name that doesn't resolve, and no server that wavers.
        (&[at(dns(), None, 0), at(other_key(), None, 5)], Conclusion::Undecided),
        (&[at(samples::flapping(), None, 0), at(other_key(), None, 5)], Conclusion::Undecided),
        (&[at(works(), a, 0), at(fails(), b, 5)], Conclusion::Undecided),
        (&[at(works(), a, 0), at(dns(), b, 5)], Conclusion::Machine),
        (&[at(works(), a, 0), at(works(), b, 1), at(fails(), c, 5)], Conclusion::Machine),
        (&[at(works(), a, 0), at(fails(), b, 1), at(fails(), c, 5)], Conclusion::Regional),
        (
            &[at(works(), a, 0), at(works(), b, 1), at(fails(), c, 5), at(dns(), d, 5)],
            Conclusion::Undecided,
        ),
        (&[at(works(), a, 0), at(works(), b, 1), at(fails(), c, 500)], Conclusion::Undecided),
        (&[at(fails(), None, 0), at(dns(), None, 5)], Conclusion::Undecided),
    ];
    for (at, (records, wanted)) in cases.iter().enumerate() {
        let (conclusion, statement) = concluded(records);
        assert_eq!(conclusion, *wanted, "case {at}: {statement}");
        assert!(statement.ends_with('.'), "{statement}");
    }
}

/// The record of a scenario, in a file of its own.
fn record_of(folder: &Path, scenario: &str, form: &str) -> PathBuf {
    let file = folder.join(format!("{scenario}.{form}"));
    run(&["check", "--simulate", scenario, &format!("--{form}={}", file.display()), "-q"]);
    file
}

fn compared(files: &[&Path], args: &[&str]) -> Output {
    let files = files.iter().map(|file| file.to_str().unwrap());
    run(&["compare"].into_iter().chain(files).chain(args.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn what_differs_is_told_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let page = record_of(folder.path(), "outage", "html");
    let json = record_of(folder.path(), "healthy", "json");
    let document = |form: &str| folder.path().join(form);
    let asked =
        ["json", "markdown", "html"].map(|form| format!("--{form}={}", document(form).display()));
    let args: Vec<&str> = asked.iter().map(String::as_str).collect();
    let output = compared(&[&page, &json], &args);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let forms =
        ["json", "markdown", "html"].map(|form| fs::read_to_string(document(form)).unwrap());
    let told = text(&output.stdout);
    for text in forms.iter().chain([&told]) {
        for word in ["service_outage", "200 ok", "v3.api-keys-self/x-api-key/real"] {
            assert!(text.contains(word), "{word} in {text}");
        }
        assert!(!text.chars().any(|c| c != '\n' && acts(c)), "{text}");
    }
    let value: Value = serde_json::from_str(&forms[0]).unwrap();
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/compare.schema.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &value), "{value}");
    assert!(!value["cells"].as_array().unwrap().is_empty(), "{value}");
    let all = assert_sound("compare", &forms[2]);
    let inside = all.iter().find(|one| one.get("id") == Some("comparison")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&inside.text).unwrap(), value);
}

#[test]
fn probes_that_differ_alike_are_one_line_and_v_lists_each() {
    let folder = tempfile::tempdir().unwrap();
    let outage = record_of(folder.path(), "outage", "json");
    let healthy = record_of(folder.path(), "healthy", "json");
    let names = ["v3.api-keys-self/x-api-key/real", "v3.users-me/x-api-key/real"];
    for form in ["--format=human", "--markdown", "--html"] {
        let told = |more: &[&str]| {
            let args = [&[form], more].concat();
            let page = text(&compared(&[&outage, &healthy], &args).stdout);
            // The record inside a page has all.
            page.split("<script").next().unwrap().to_owned()
        };
        let (short, long) = (told(&[]), told(&["-v"]));
        assert!(short.contains(names[0]) && !short.contains(names[1]), "{form}: {short}");
        assert!(short.contains(" and 3 more") && short.contains("`-v`") || form == "--html");
        assert!(names.iter().all(|name| long.contains(name)), "{form}: {long}");
        assert!(!long.contains(" more"), "{form}: {long}");
    }
}

#[test]
fn runs_that_agree_end_with_0() {
    let folder = tempfile::tempdir().unwrap();
    let json = record_of(folder.path(), "healthy", "json");
    let output = compared(&[&json, &json], &["-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("Unchanged: "), "{}", text(&output.stdout));
}

#[test]
fn what_is_no_record_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let json = record_of(folder.path(), "healthy", "json");
    let json = json.to_str().unwrap();
    refused(&["compare", json, "Cargo.toml"], "is not a run record");
    refused(&["compare", json, "/nowhere/record.json"], "can't be read");
    refused(&["compare", "-", "-"], "Only one record");
    refused(&["compare", json], "2");
    let newer =
        fs::read_to_string(json).unwrap().replace("\"schema_version\": 1", "\"schema_version\": 2");
    let file = folder.path().join("newer.json");
    fs::write(&file, newer).unwrap();
    refused(&["compare", json, file.to_str().unwrap()], "schema version 2");
}

#[test]
fn a_server_that_means_harm_is_quoted_in_every_form() {
    use heygen_doctor::render::{Format, Options, compared};
    let records =
        [at(samples::hostile(), Some(samples::HOSTILE), 0), at(samples::healthy(), None, 5)];
    let comparison = compare(&records);
    for format in [Format::Human, Format::Markdown, Format::Json, Format::Html] {
        let text = compared(format, &comparison, &Options::default());
        assert!(text.contains("owned"), "{format}: {text}");
        let acting: Vec<char> = text.chars().filter(|&c| c != '\n' && acts(c)).collect();
        assert!(acting.is_empty(), "{format}: {acting:?}");
    }
    assert_sound("hostile", &compared(Format::Html, &comparison, &Options::default()));
}
