//! Every rule over every answer, every hypothesis over every record: a rule that is too wide
//! shows in a diff.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heygen_doctor::classify::{RULES, deciding_rule};
use heygen_doctor::record::observation::{Observation, Outcome};

use super::scenarios::all;

fn look(seen: &Observation) -> String {
    match &seen.outcome {
        Outcome::Fault(fault) => format!("fault {}", fault.fault),
        Outcome::Answer(answer) => {
            format!(
                "{} {} {} {}",
                answer.status,
                answer.body.kind,
                answer.envelope,
                answer.code.as_deref().unwrap_or("-")
            )
        }
    }
}

#[test]
fn every_rule_over_every_answer() {
    let mut rows: BTreeMap<String, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for verdict in all() {
        let record = verdict.read();
        for judged in &record.observations {
            let seen = &judged.observation;
            let (deciding, others) = rows.entry(look(seen)).or_default();
            let first = deciding_rule(&seen.outcome).map_or("none", |rule| rule.name);
            deciding.insert(first);
            others.extend(
                RULES
                    .iter()
                    .filter(|rule| rule.recognises(&seen.outcome))
                    .map(|rule| rule.name)
                    .filter(|name| *name != first),
            );
        }
    }
    let mut text = String::new();
    for (look, (deciding, others)) in rows {
        let list = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join(", ");
        writeln!(text, "{look}\n    decided by {}; would fit: {}", list(deciding), list(others))
            .unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_hypothesis_over_every_record() {
    let mut text = String::new();
    for verdict in all() {
        writeln!(text, "{}: {} ({})", verdict.scenario.name, verdict.cause(), verdict.confidence())
            .unwrap();
        for assessed in verdict.record["diagnosis"]["causes"].as_array().unwrap() {
            let standing = assessed["standing"].as_str().unwrap();
            if matches!(standing, "confirmed" | "likely" | "possible") {
                writeln!(text, "    {standing} {}", assessed["cause"].as_str().unwrap()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}
