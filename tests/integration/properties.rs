//! What must not change a diagnosis, and what must: over the record of every scenario.

use std::collections::BTreeMap;

use heygen_doctor::judge;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Standing;
use heygen_doctor::record::facts::{Facts, Network};
use heygen_doctor::record::observation::{Observation, Outcome};
use heygen_doctor::record::probe::Credential;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::controls::diagnose;
use super::scenarios::{Verdict, all};

/// Causes that only the text of a message tells apart.
const TOLD_BY_TEXT: &[Cause] = &[Cause::KeyRevoked, Cause::AccountSuspended];

fn facts(verdict: &Verdict) -> Facts {
    judge::facts(verdict.read().clone())
}

/// The cause stays what it is under a change, for every scenario and a few seeds.
fn unchanged(spared: &[Cause], change: impl Fn(&mut Facts, u64)) {
    let mut runner =
        TestRunner::new(Config { cases: 4, failure_persistence: None, ..Config::default() });
    for verdict in all() {
        let before = facts(verdict);
        let diagnosis = diagnose(&before);
        if spared.contains(&diagnosis.cause) {
            continue;
        }
        runner
            .run(&any::<u64>(), |seed| {
                let mut changed = before.clone();
                change(&mut changed, seed);
                let after = diagnose(&changed);
                prop_assert_eq!(after.cause, diagnosis.cause, "{}", verdict.scenario.name);
                prop_assert_eq!(
                    after.confidence,
                    diagnosis.confidence,
                    "{}",
                    verdict.scenario.name
                );
                Ok(())
            })
            .unwrap();
    }
}

/// A small generator whose seed proptest chooses.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn answers(
    facts: &mut Facts,
) -> impl Iterator<Item = &mut heygen_doctor::record::observation::Answer> {
    facts.observations.iter_mut().filter_map(|seen| match &mut seen.outcome {
        Outcome::Answer(answer) => Some(&mut **answer),
        Outcome::Fault(_) => None,
    })
}

#[test]
fn the_order_in_which_answers_are_listed_does_not_matter() {
    unchanged(&[], |facts, seed| {
        let mut dice = Dice(seed);
        for at in (1..facts.observations.len()).rev() {
            facts.observations.swap(at, dice.roll(at + 1));
        }
    });
}

#[test]
fn how_long_answers_take_does_not_matter() {
    unchanged(&[], |facts, seed| {
        let mut dice = Dice(seed);
        for seen in &mut facts.observations {
            seen.timing_ms.ttfb = f64::from(u32::try_from(dice.roll(9000)).unwrap());
            seen.timing_ms.total = seen.timing_ms.ttfb + 1.0;
        }
    });
}

#[test]
fn another_key_of_the_same_look_does_not_matter() {
    unchanged(&[], |facts, seed| {
        if facts.credential.fingerprint.is_some() {
            facts.credential.fingerprint = Some(format!("sha256:{:012x}", seed >> 16));
        }
    });
}

#[test]
fn the_words_of_messages_do_not_matter() {
    unchanged(TOLD_BY_TEXT, |facts, seed| {
        let mut words: BTreeMap<String, String> = BTreeMap::new();
        for answer in answers(facts) {
            if let Some(message) = &mut answer.message {
                let number = words.len();
                let other = words
                    .entry(message.clone())
                    .or_insert_with(|| format!("Satz {} nummer {number}", seed % 97));
                *message = other.clone();
            }
        }
    });
}

#[test]
fn irrelevant_headers_do_not_matter() {
    unchanged(&[], |facts, seed| {
        for answer in answers(facts) {
            answer.headers.insert("x-cache".into(), format!("Miss {seed}"));
            answer.headers.insert("x-amz-cf-pop".into(), "FRA60-P4".into());
            answer.ids.insert("x-request-id".into(), format!("{seed:x}"));
        }
    });
}

#[test]
fn without_what_decided_the_standing_falls() {
    for verdict in all() {
        let mut facts = facts(verdict);
        let before = diagnose(&facts);
        if before.confidence != Standing::Confirmed || before.cause == Cause::Inconclusive {
            continue;
        }
        let named = before.causes.iter().find(|assessed| assessed.cause == before.cause).unwrap();
        let decided: Vec<_> =
            named.evidence.iter().flat_map(|evidence| evidence.probes.clone()).collect();
        if named.evidence.iter().any(|evidence| evidence.probes.is_empty()) {
            // Found without sending anything, or on the doctor's own socket.
            continue;
        }
        facts.observations.retain(|seen| !decided.contains(&seen.probe));
        // What the doctor's own sockets saw decides as well.
        facts.network = Network::default();
        let after = diagnose(&facts);
        assert!(
            after.cause != before.cause || after.confidence < before.confidence,
            "{}: {} stays {}",
            verdict.scenario.name,
            after.cause,
            after.confidence
        );
    }
}

#[test]
fn the_key_s_own_answers_alone_confirm_nothing() {
    let real = |seen: &Observation| {
        seen.credential == Credential::Real
            && !seen.variant.contains('.')
            && seen.variant == "x-api-key"
    };
    for verdict in all() {
        let mut facts = facts(verdict);
        facts.observations.retain(real);
        facts.network = Network::default();
        if facts.observations.iter().all(|seen| seen.status().is_none()) {
            continue;
        }
        let diagnosis = diagnose(&facts);
        assert!(
            // Repeats that disagree are an experiment of their own.
            diagnosis.confidence < Standing::Confirmed
                || diagnosis.cause == Cause::InconsistentAuth,
            "{}: {} is confirmed without any control",
            verdict.scenario.name,
            diagnosis.cause
        );
    }
}
