//! What the rest of a run says against a reason that one answer gives.

use heygen_doctor::judge::said;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::diagnosis::{Diagnosis, Standing};
use heygen_doctor::record::facts::Facts;
use heygen_doctor::record::observation::{Observation, Outcome};
use heygen_doctor::record::probe::{ApiVersion, Credential};

use super::binary::doctor;
use super::controls::{diagnose, facts, standing};

const LIST: &str = "v3.voices";

/// The observation of a credential in the documented header on `users/me`.
fn me(facts: &Facts, of: Credential) -> Observation {
    let is = |seen: &&Observation| {
        seen.endpoint == "v3.users-me" && seen.credential == of && seen.variant == "x-api-key"
    };
    facts.observations.iter().find(is).unwrap().clone()
}

/// The same answers, given to a list, after everything else.
fn to_a_list(mut seen: Observation) -> Observation {
    LIST.clone_into(&mut seen.endpoint);
    seen.timing_ms.start += 5_000.0;
    seen.probe.0 = seen.probe.0.replace("v3.users-me", LIST);
    seen
}

fn revoked(facts: &Facts) -> Standing {
    standing(&diagnose(facts), Cause::KeyRevoked)
}

#[test]
fn a_key_that_a_list_accepts_is_not_revoked() {
    let mut facts = facts("revoked");
    facts.observations.retain(|seen| seen.endpoint != LIST);
    assert_eq!(revoked(&facts), Standing::Confirmed);
    let healthy = super::controls::facts("healthy");
    facts.observations.push(to_a_list(me(&healthy, Credential::Real)));
    assert_eq!(revoked(&facts), Standing::Likely, "nobody else was asked there");
}

#[test]
fn a_key_that_another_endpoint_accepts_and_no_made_up_one_is_not_revoked() {
    let mut facts = facts("revoked");
    let accepted = me(&super::controls::facts("healthy"), Credential::Real);
    let is_self = |seen: &&mut Observation| {
        seen.endpoint == "v3.api-keys-self" && seen.credential == Credential::Real
    };
    for seen in facts.observations.iter_mut().filter(is_self) {
        (seen.outcome, seen.class) = (accepted.outcome.clone(), accepted.class);
    }
    assert_eq!(revoked(&facts), Standing::Possible, "a made-up key is refused there");
}

#[test]
fn one_answer_among_many_that_say_nothing_confirms_no_end() {
    let mut facts = facts("revoked");
    let told = me(&facts, Credential::Real);
    let same = |seen: &Observation| {
        seen.credential == Credential::Real
            && (&seen.endpoint, &seen.variant) == (&told.endpoint, &told.variant)
    };
    facts.observations.retain(|seen| seen.credential != Credential::Real || same(seen));
    let saying = facts.observations.iter().filter(|seen| same(seen)).count();
    for at in 0..=saying {
        let mut silent = told.clone();
        silent.probe.0 = format!("{}/again-{at}", silent.probe.0);
        silent.outcome = me(&facts, Credential::MadeUp).outcome;
        facts.observations.push(silent);
        let firm = revoked(&facts) > Standing::Possible;
        assert_eq!(firm, at < saying, "{saying} say so, and {} don't", at + 1);
    }
}

#[test]
fn the_status_for_payment_beside_another_code_confirms_nothing_about_credit() {
    let credit = |facts: &Facts| standing(&diagnose(facts), Cause::CreditExhausted);
    let mut facts = facts("no-credit");
    assert_eq!(credit(&facts), Standing::Confirmed);
    for seen in &mut facts.observations {
        if seen.class == Class::PaymentRequired
            && let Outcome::Answer(answer) = &mut seen.outcome
        {
            answer.code = Some("forbidden".to_owned());
        }
    }
    assert_eq!(credit(&facts), Standing::Likely);
}

#[test]
fn the_quotation_is_of_the_documented_request() {
    let facts = facts("unknown-key");
    let diagnosis = diagnose(&facts);
    let mut named = diagnosis.named().unwrap().clone();
    named.evidence.clear();
    let quoted = |observations: &[Observation]| {
        said::of(observations.iter(), &named).and_then(|said| said.message.map(str::to_owned))
    };
    let words = "No API key found in request";
    let mut observations = facts.observations;
    for seen in &mut observations {
        let documented = seen.variant == "x-api-key" && seen.api_version == ApiVersion::V3;
        if let Outcome::Answer(answer) = &mut seen.outcome
            && !documented
        {
            answer.message = Some(words.to_owned());
        }
    }
    assert_eq!(quoted(&observations), None, "that was said to another header");
    observations.retain(|seen| seen.variant != "x-api-key");
    assert_eq!(quoted(&observations).as_deref(), Some(words), "nothing was said to that one");
}

#[test]
fn a_fault_that_only_the_key_meets_is_told_so() {
    let fault = me(&facts("reset"), Credential::Real).outcome;
    let mut facts = facts("unknown-key");
    for seen in facts.observations.iter_mut().filter(|seen| seen.credential == Credential::Real) {
        seen.outcome = fault.clone();
        seen.class = Class::Reset;
    }
    let Diagnosis { cause, headline, .. } = diagnose(&facts);
    assert_eq!(cause, Cause::ConnectionFailed);
    assert!(headline.contains("requests with this key get no answer"), "{headline}");
}

#[test]
fn two_keys_on_two_lines_are_not_glued_together() {
    let keys = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000\nsk_V2_hgu_kSYNTHETIC2_SyntheticKeyForTheTestsOnly00001";
    let output =
        doctor().args(["check", "--dry-run"]).env("HEYGEN_API_KEY", keys).output().unwrap();
    let advice = doctor().arg("key").env("HEYGEN_API_KEY", keys).output().unwrap();
    for text in [output, advice].map(|output| String::from_utf8(output.stdout).unwrap()) {
        assert!(!text.contains("Remove the line break"), "{text}");
    }
    let told = doctor().arg("key").env("HEYGEN_API_KEY", keys).output().unwrap();
    assert!(String::from_utf8_lossy(&told.stdout).contains("Keep one of the two keys"), "{told:?}");
}

#[test]
fn a_full_run_of_a_healthy_key_asks_for_no_fuller_one() {
    let args = ["check", "--simulate", "healthy", "--format", "json", "--profile"];
    let statement = |profile: &str| {
        let output = doctor().args(args).arg(profile).output().unwrap();
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        record["diagnosis"]["statement"].as_str().unwrap().to_owned()
    };
    let (some, full) = (statement("quick"), statement("full"));
    assert!(some.contains("`--profile full`") && !full.contains("`--profile full`"), "{full}");
    assert!([some, full].iter().all(|text| text.contains("Making a video wasn't tested")));
}

/// One of two addresses refuses, the other accepts: only then is it the address.
#[test]
fn what_one_address_refuses_is_told_with_the_address() {
    let mut facts = facts("flapping");
    let answers = |facts: &mut Facts, address: fn(usize, bool) -> usize| {
        for (number, seen) in facts.observations.iter_mut().enumerate() {
            let accepted = seen.class == Class::Ok;
            if let Outcome::Answer(answer) = &mut seen.outcome {
                answer.remote_addr = Some(format!("10.0.0.{}:443", address(number, accepted)));
            }
        }
        let diagnosis = diagnose(facts);
        assert_eq!(diagnosis.cause, Cause::InconsistentAuth);
        diagnosis
    };
    let apart = answers(&mut facts, |_, accepted| 1 + usize::from(accepted));
    assert!(apart.headline.contains("refused by one address"), "{}", apart.headline);
    let mixed = answers(&mut facts, |number, _| 1 + number % 2);
    assert!(!mixed.headline.contains("address"), "{}", mixed.headline);
}
