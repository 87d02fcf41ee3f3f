//! A robot that knows only the next step: it mends each scenario on the caller's side, runs again, and the
//! key works.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use futures::stream::{self, StreamExt};
use heygen_doctor::simulate::Scenario;
use serde_json::Value;

use self::acts::{Done, act};
use self::machine::Machine;
use super::loopback::Authority;
use super::scenarios::all;

mod acts;
mod machine;
mod proxy;

/// Words of what can't be undone.
const DESTRUCTIVE: &[&str] = &["regenerate", "rotate", "delete", "revoke", "overwrite", "`rm "];

fn step(record: &Value) -> String {
    let diagnosis = &record["diagnosis"];
    let causes = diagnosis["causes"].as_array().unwrap();
    let named = causes.iter().find(|one| one["cause"] == diagnosis["cause"]).unwrap();
    named["next_step"].as_str().unwrap().to_owned()
}

fn cause(record: &Value) -> &str {
    record["diagnosis"]["cause"].as_str().unwrap()
}

/// What became of a scenario.
enum End {
    Healthy,
    Beyond(&'static str),
    Left(String),
}

/// Follows the steps from the first one on, at most three of them.
async fn follow(scenario: &Scenario, first: String, authority: &Authority) -> End {
    let mut machine = Machine::of(scenario).await;
    // A scenario's own settings and places are told by a run on the machine itself.
    let mut next = if first.starts_with("Nothing to do") || first.contains("of this scenario") {
        step(&machine.check().await)
    } else {
        first
    };
    let mut taken = Vec::new();
    while taken.len() < 3 {
        if machine.issued.is_none() && acts::wants_a_key(&next) {
            return End::Beyond("a new key, made at HeyGen");
        }
        match act(&next, &mut machine, authority).await {
            Done::Beyond(why) => return End::Beyond(why),
            Done::Unclear => return End::Left(format!("nobody knows how to do this: {next}")),
            Done::Mended => taken.push(next),
        }
        if let Some((name, value)) = &machine.header {
            let status = machine.own_request(name, value).await;
            return if status == "200" { End::Healthy } else { End::Left(status) };
        }
        let record = machine.check().await;
        if cause(&record) == "healthy" {
            return End::Healthy;
        }
        next = step(&record);
        if taken.contains(&next) {
            return End::Left(format!("in a circle: {next}"));
        }
    }
    End::Left(taken.join(" Then: "))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_that_can_be_taken_here_mends_the_scenario() {
    let authority = Authority::new();
    let broken = all().iter().filter(|verdict| verdict.cause() != "healthy");
    let ends = broken.map(|verdict| async {
        let first = step(&verdict.record);
        let lower = first.to_lowercase();
        let harm = DESTRUCTIVE.iter().find(|word| lower.contains(**word));
        assert_eq!(harm, None, "{}: {first}", verdict.scenario.name);
        (verdict.scenario.name.as_str(), follow(&verdict.scenario, first, &authority).await)
    });
    let ends: Vec<_> = stream::iter(ends).buffer_unordered(8).collect().await;
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut left = Vec::new();
    let mut healthy = 0;
    for (name, end) in ends {
        match end {
            End::Healthy => healthy += 1,
            End::Beyond(why) => by_reason.entry(why).or_default().push(name),
            End::Left(what) => left.push(format!("{name}: {what}")),
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
    let mut page = String::new();
    for (why, mut names) in by_reason {
        names.sort_unstable();
        writeln!(page, "{why}: {}", names.join(" ")).unwrap();
    }
    insta::assert_snapshot!("beyond_this_machine", page);
    assert!(healthy >= 150, "{healthy} scenarios were mended");
}
