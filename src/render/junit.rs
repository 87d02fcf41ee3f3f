//! For CI: JUnit's XML, one case for each family of probes, and one for the diagnosis.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::label;
use super::told;
use crate::record::facts::NotSent;
use crate::record::probe::variant::is_documented as is_documented_way;
use crate::record::probe::{ApiVersion, Credential};
use crate::record::wave::Wave;
use crate::record::{Judged, Record};
use crate::text::neutralise;

const NAME: &str = "heygen-doctor";

/// True for a probe of the family.
type Takes = fn(&Judged) -> bool;

/// The probes that are told together, each by the first row that takes it.
const FAMILIES: [(&str, Takes); 6] = [
    ("controls: no key, a made-up key, a path that can't exist", is_control),
    ("timing patterns: the same request repeated", |judged| judged.observation.pattern.is_some()),
    ("the key as documented on V3", |judged| is_documented(judged) && is_v3(judged)),
    ("the key as documented on V1 and V2", is_documented),
    ("other headers, encodings, and user agents", |judged| {
        judged.observation.credential == Credential::Real
    }),
    ("keys of other sources", |_| true),
];

fn is_control(judged: &Judged) -> bool {
    let credential = judged.observation.credential;
    matches!(credential, Credential::None | Credential::MadeUp | Credential::KnownGood)
}

fn is_v3(judged: &Judged) -> bool {
    judged.observation.api_version == ApiVersion::V3
}

fn is_documented(judged: &Judged) -> bool {
    let seen = &judged.observation;
    is_documented_way(&seen.variant)
        && seen.credential == Credential::Real
        && seen.wave != Wave::Repeats
}

pub(super) fn render(record: &Record) -> String {
    let run = &record.run;
    let mut suite = TestSuite::new(NAME);
    suite.set_timestamp(run.started_at).set_time(Duration::from_millis(run.duration_ms));
    for (name, value) in [
        ("base_url", run.base_url.as_str()),
        ("profile", run.profile.as_str()),
        ("verdict", record.diagnosis.verdict.as_str()),
        ("cause", record.diagnosis.cause.as_str()),
        ("confidence", record.diagnosis.confidence.as_str()),
    ] {
        suite.add_property((name, xml(value).as_str()));
    }
    let mut left: Vec<&Judged> = record.observations.iter().collect();
    for (name, takes) in FAMILIES {
        let (family, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|judged| takes(judged));
        left = others;
        suite.add_test_case(case(record, name, &family));
    }
    suite.add_test_case(diagnosis(record));
    let mut report = Report::new(NAME);
    report.set_timestamp(run.started_at).set_time(Duration::from_millis(run.duration_ms));
    report.add_test_suite(suite);
    // Fails only where no text can be written at all.
    report.to_string().unwrap_or_default()
}

/// What a family was answered. It passes, whatever that was: one answer alone is no fault.
fn case(record: &Record, name: &str, family: &[&Judged]) -> TestCase {
    let mut status = TestCaseStatus::success();
    if !family.iter().any(|judged| judged.observation.was_sent()) {
        status = TestCaseStatus::skipped();
        status.set_message(xml(&why_skipped(record, family)));
    }
    let mut case = TestCase::new(name, status);
    let total: f64 = family.iter().map(|judged| judged.observation.timing_ms.total).sum();
    let lines: Vec<String> = family.iter().map(|judged| line(judged)).collect();
    case.set_classname(NAME).set_time(Duration::try_from_secs_f64(total / 1e3).unwrap_or_default());
    if !lines.is_empty() {
        case.set_assertions(lines.len()).set_system_out(lines.join("\n"));
    }
    case
}

/// The reason why nothing of a family was sent, where the record tells it.
fn why_skipped(record: &Record, family: &[&Judged]) -> String {
    if !family.is_empty() {
        return "Not sent: no HTTP header can carry this value.".to_owned();
    }
    let about = |group| move |left_out: &&NotSent| left_out.probe == group;
    let not_sent = || record.run.not_sent.iter();
    match not_sent().find(about("*")).or_else(|| not_sent().find(about("*/real"))) {
        Some(left_out) => format!("Not sent: {}", left_out.why),
        None if record.run.partial => format!("Not sent: {}.", label::ended_by(&record.run)),
        None => "Nothing of this was needed in this run.".to_owned(),
    }
}

/// Text on one line that XML can carry: its last two code points of the first plane can't be written.
fn xml(text: &str) -> String {
    neutralise(text).replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}

fn line(judged: &Judged) -> String {
    let seen = &judged.observation;
    let (outcome, class) = (label::outcome(judged), seen.class);
    format!("{} {outcome} ({class}), {:.0} ms", xml(&seen.probe.0), seen.timing_ms.total)
}

/// Fails with the cause where `check` ends with anything but 0.
fn diagnosis(record: &Record) -> TestCase {
    let diagnosis = &record.diagnosis;
    let step = told::next_step(diagnosis);
    let told = xml(&diagnosis.statement);
    let text = format!("{told}\nNext step: {}", xml(step));
    let mut status = TestCaseStatus::success();
    if diagnosis.exit_code != 0 {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(diagnosis.cause.as_str()).set_message(told).set_description(text.clone());
    }
    let mut case = TestCase::new("diagnosis", status);
    case.set_classname(NAME).set_system_out(text);
    case
}
