//! No number is finer than what was measured.

use chrono::{TimeDelta, Utc};
use heygen_doctor::judge::clock;
use heygen_doctor::record::observation::{Observation, Outcome};
use serde_json::Value;

use super::binary::doctor;
use super::samples;

/// An answer whose `Date` is this far from the moment at which it came.
fn dated(apart: TimeDelta) -> Observation {
    let mut seen = samples::answered(200);
    seen.timing_ms.ttfb = 250.0;
    let date = seen.sent_at + TimeDelta::milliseconds(250) + apart;
    let Outcome::Answer(answer) = &mut seen.outcome else { unreachable!() };
    answer.headers.insert("date".into(), date.with_timezone(&Utc).to_rfc2822());
    seen
}

#[test]
fn a_clock_is_told_in_whole_seconds() {
    for apart in [-400, -7_300, 0, 120, 61_000] {
        let skew = clock::skew(&[dated(TimeDelta::milliseconds(apart))]).unwrap();
        assert!(skew.to_string() != "-0" && skew.fract() == 0.0, "{apart} ms: {skew} s");
        let truth = f64::from(i32::try_from(apart).unwrap()) / 1000.0;
        assert!((skew - truth).abs() <= 1.0, "{apart} ms: {skew} s");
    }
}

#[test]
fn what_a_cache_kept_is_no_wrong_clock() {
    let aged = |apart: i64, age: &str| {
        let mut seen = dated(TimeDelta::seconds(apart));
        let Outcome::Answer(answer) = &mut seen.outcome else { unreachable!() };
        answer.headers.insert("age".into(), age.to_owned());
        seen
    };
    assert!(clock::skew(&[aged(-7_200, "7200")]).unwrap().abs() <= 1.0);
    assert!((clock::skew(&[aged(-7_200, "30")]).unwrap() + 7_170.0).abs() <= 1.0);
    let mut fresh = dated(TimeDelta::seconds(90));
    fresh.timing_ms.ttfb = 900.0;
    assert!((clock::skew(&[aged(0, "5"), fresh]).unwrap() - 90.0).abs() <= 2.0);
}

#[test]
fn milliseconds_have_at_most_three_decimals() {
    let args = ["check", "--simulate", "healthy", "--format", "json"];
    let output = doctor().args(args).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut measured = Vec::new();
    numbers("", &record, &mut measured);
    assert!(measured.iter().any(|(name, _)| name == "connect_ms"), "{measured:?}");
    for (name, number) in measured {
        let decimals = number.to_string().split_once('.').map_or(0, |(_, after)| after.len());
        assert!(decimals <= 3, "{name} is {number}");
    }
}

/// Every number, with the name of its field.
fn numbers(name: &str, value: &Value, out: &mut Vec<(String, f64)>) {
    match value {
        Value::Number(number) => out.extend(number.as_f64().map(|n| (name.to_owned(), n))),
        Value::Array(items) => items.iter().for_each(|item| numbers(name, item, out)),
        Value::Object(fields) => {
            fields.iter().for_each(|(field, value)| numbers(field, value, out));
        }
        _ => {}
    }
}
