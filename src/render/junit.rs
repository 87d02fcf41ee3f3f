//! For CI: JUnit's XML, one case for each family of probes, and one for the diagnosis.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::label;
use crate::judge::causes::of;
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
    matches!(judged.observation.credential, Credential::None | Credential::MadeUp)
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
        suite.add_property((name, neutralise(value).as_str()));
    }
    let mut left: Vec<&Judged> = record.observations.iter().collect();
    for (name, takes) in FAMILIES {
        let (family, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|judged| takes(judged));
        left = others;
        suite.add_test_case(case(name, &family));
    }
    suite.add_test_case(diagnosis(record));
    let mut report = Report::new(NAME);
    report.set_timestamp(run.started_at).set_time(Duration::from_millis(run.duration_ms));
    report.add_test_suite(suite);
    // Fails only where no text can be written at all.
    report.to_string().unwrap_or_default()
}

/// What a family was answered. It passes, whatever that was: one answer alone is no fault.
fn case(name: &str, family: &[&Judged]) -> TestCase {
    let mut status = TestCaseStatus::success();
    if family.is_empty() {
        status = TestCaseStatus::skipped();
        status.set_message("Nothing of this was sent in this run.");
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

fn line(judged: &Judged) -> String {
    let seen = &judged.observation;
    let (outcome, class) = (label::outcome(judged), seen.class);
    format!("{} {outcome} ({class}), {:.0} ms", neutralise(&seen.probe.0), seen.timing_ms.total)
}

/// Fails with the cause where `check` ends with anything but 0.
fn diagnosis(record: &Record) -> TestCase {
    let diagnosis = &record.diagnosis;
    let step = diagnosis.named().map_or(of(diagnosis.cause).next_step, |named| &named.next_step);
    let told = neutralise(&diagnosis.statement);
    let text = format!("{told}\nNext step: {}", neutralise(step));
    let mut status = TestCaseStatus::success();
    if diagnosis.exit_code != 0 {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(diagnosis.cause.as_str()).set_message(told).set_description(text.clone());
    }
    let mut case = TestCase::new("diagnosis", status);
    case.set_classname(NAME).set_system_out(text);
    case
}
