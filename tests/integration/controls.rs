//! What is said of a key rests on the controls: without them, or where they are told the same,
//! nothing about it is confirmed.

use heygen_doctor::classify::classify;
use heygen_doctor::judge;
use heygen_doctor::judge::causes::{self, of};
use heygen_doctor::record::cause::{Cause, Side};
use heygen_doctor::record::diagnosis::{Diagnosis, Standing};
use heygen_doctor::record::facts::Facts;
use heygen_doctor::record::observation::{Observation, Outcome};
use heygen_doctor::record::probe::Credential;

use super::scenarios::all;

/// The facts of a scenario's run, by its name.
pub(crate) fn facts(name: &str) -> Facts {
    let verdict = all().iter().find(|verdict| verdict.scenario.name == name).unwrap();
    judge::facts(verdict.read().clone())
}

/// The diagnosis of facts whose answers a test may have changed: classes are attached anew.
pub(crate) fn diagnose(facts: &Facts) -> Diagnosis {
    let mut facts = facts.clone();
    for seen in &mut facts.observations {
        seen.class = classify(&seen.outcome);
    }
    causes::diagnose(&facts)
}

/// The standing of a cause.
pub(crate) fn standing(diagnosis: &Diagnosis, cause: Cause) -> Standing {
    diagnosis.causes.iter().find(|assessed| assessed.cause == cause).unwrap().standing
}

/// Causes that say something of the key or its account, and say it because of an answer.
fn is_about_the_key(cause: Cause) -> bool {
    let told_by_itself = cause == Cause::KeyMissing;
    let others = [Cause::ApiVersionMismatch, Cause::HeaderStripped];
    !told_by_itself
        && (others.contains(&cause)
            || matches!(of(cause).side, Some(Side::Caller | Side::Account) | None))
}

fn confirmed(facts: &Facts, counts: impl Fn(Cause) -> bool) -> Vec<Cause> {
    let causes = diagnose(facts).causes.into_iter();
    causes
        .filter(|assessed| assessed.standing == Standing::Confirmed && counts(assessed.cause))
        .map(|assessed| assessed.cause)
        .collect()
}

fn is_control(seen: &Observation) -> bool {
    seen.credential != Credential::Real
}

/// Every refusal with 403 gives no reason: a class is left that only the controls can explain.
fn silence(facts: &mut Facts) {
    for seen in &mut facts.observations {
        if let Outcome::Answer(answer) = &mut seen.outcome
            && answer.status == 403
        {
            answer.code = Some("forbidden".into());
            answer.message = Some("forbidden".into());
        }
    }
}

#[test]
fn without_any_control_nothing_about_the_key_is_confirmed() {
    for verdict in all() {
        let name = &verdict.scenario.name;
        let mut facts = facts(name);
        facts.observations.retain(|seen| !is_control(seen));
        let bold = confirmed(&facts, is_about_the_key);
        assert!(bold.is_empty(), "{name}: {bold:?} without any control");
        silence(&mut facts);
        let bold = confirmed(&facts, is_about_the_key);
        assert!(bold.is_empty(), "{name}: {bold:?} without any control or reason");
    }
}

#[test]
fn where_controls_are_told_the_same_nothing_about_the_key_is_confirmed() {
    let counts = |cause| is_about_the_key(cause) || cause == Cause::InconsistentAuth;
    for verdict in all() {
        let name = &verdict.scenario.name;
        let mut facts = facts(name);
        let real: Vec<Observation> =
            facts.observations.iter().filter(|seen| !is_control(seen)).cloned().collect();
        let told = |control: &Observation| -> Option<Outcome> {
            let beside = |seen: &&Observation| seen.endpoint == control.endpoint;
            let alike = |seen: &&Observation| beside(seen) && seen.variant == control.variant;
            let found = real.iter().find(alike).or_else(|| real.iter().find(beside));
            Some(found.or(real.first())?.outcome.clone())
        };
        for seen in facts.observations.iter_mut().filter(|seen| is_control(seen)) {
            if let Some(outcome) = told(seen) {
                seen.outcome = outcome;
            }
        }
        if real.is_empty() {
            continue;
        }
        let bold = confirmed(&facts, counts);
        assert!(bold.is_empty(), "{name}: {bold:?}, and the controls are told the same");
        silence(&mut facts);
        let bold = confirmed(&facts, counts);
        assert!(bold.is_empty(), "{name}: {bold:?}, and the controls are told no more");
    }
}

#[test]
fn a_page_that_everyone_gets_confirms_no_scope() {
    let page = facts("edge-block").observations.remove(0).outcome;
    let mut facts = facts("scoped");
    for seen in facts.observations.iter_mut().filter(|seen| seen.endpoint == "v3.users-me") {
        seen.outcome = page.clone();
    }
    let diagnosis = diagnose(&facts);
    assert!(standing(&diagnosis, Cause::InsufficientScope) < Standing::Possible);
    assert_eq!(diagnosis.cause, Cause::Inconclusive);
}

#[test]
fn a_predicted_refusal_is_likely_until_a_made_up_key_is_refused_otherwise() {
    let mut facts = facts("scoped");
    silence(&mut facts);
    let scope = |diagnosis: &Diagnosis| standing(diagnosis, Cause::InsufficientScope);
    assert_eq!(scope(&diagnose(&facts)), Standing::Confirmed);
    facts.observations.retain(|seen| seen.credential != Credential::MadeUp);
    assert_eq!(scope(&diagnose(&facts)), Standing::Likely);
}

/// Causes that only a key that was looked at can have.
const OF_A_CHECKED_KEY: &[Cause] = &[
    Cause::KeyUnrecognized,
    Cause::KeyRevoked,
    Cause::AccountSuspended,
    Cause::ApiAccessNotEnabled,
    Cause::InsufficientScope,
    Cause::PermissionDenied,
    Cause::CreditExhausted,
    Cause::QuotaExceeded,
];

#[test]
fn where_nobody_looked_at_the_key_nothing_about_it_is_ruled_out() {
    let elsewhere =
        [Cause::BlockedAtEdge, Cause::ServiceOutage, Cause::WrongHost, Cause::ProxyError];
    for verdict in all() {
        let name = &verdict.scenario.name;
        let facts = facts(name);
        let diagnosis = diagnose(&facts);
        let refused = facts.observations.iter().any(|seen| seen.status() == Some(401));
        if elsewhere.contains(&diagnosis.cause) && !refused {
            for cause in OF_A_CHECKED_KEY {
                assert_eq!(standing(&diagnosis, *cause), Standing::Untested, "{name}: {cause}");
            }
        }
    }
}

#[test]
fn what_was_never_asked_or_never_there_is_untested() {
    for (name, cause) in [
        ("port-refused", Cause::RateLimited),
        ("hang", Cause::RateLimited),
        ("accepts-any-key", Cause::KeyUnrecognized),
        ("auth-500", Cause::KeyUnrecognized),
        ("key-missing", Cause::KeyMalformed),
        ("key-missing", Cause::KeyPlaceholder),
    ] {
        let diagnosis = diagnose(&facts(name));
        assert_eq!(standing(&diagnosis, cause), Standing::Untested, "{name}: {cause}");
    }
}

#[test]
fn an_interception_does_not_rule_out_that_the_handshake_failed() {
    let diagnosis = diagnose(&facts("intercepted"));
    assert_eq!(standing(&diagnosis, Cause::TlsError), Standing::Possible);
    assert_eq!(diagnosis.cause, Cause::TlsIntercepted);
}

#[test]
fn a_403_that_was_seen_is_not_denied() {
    for name in ["scoped", "scope-list", "scoped-undescribed", "plan-forbids", "suspended-blocked"]
    {
        let facts = facts(name);
        assert!(facts.observations.iter().any(|seen| seen.status() == Some(403)), "{name}");
        let diagnosis = diagnose(&facts);
        let denied = diagnosis.causes.iter().find(|one| one.cause == Cause::PermissionDenied);
        let against = &denied.unwrap().against[0];
        assert!(against.text.starts_with("Every 403 "), "{name}: {}", against.text);
        assert!(!against.probes.is_empty(), "{name}");
    }
}

#[test]
fn a_control_that_was_not_answered_is_not_said_to_have_got_through() {
    let mut facts = facts("healthy");
    facts.observations.retain(|seen| seen.credential == Credential::Real);
    assert_eq!(standing(&diagnose(&facts), Cause::BlockedAtEdge), Standing::Untested);
}

#[test]
fn a_failure_of_the_login_service_is_confirmed_only_if_every_made_up_key_meets_it() {
    let mut facts = facts("auth-500");
    let failing = |facts: &Facts| standing(&diagnose(facts), Cause::AuthServiceError);
    assert_eq!(failing(&facts), Standing::Confirmed);
    let none = |seen: &&Observation| seen.credential == Credential::None;
    let refusal = facts.observations.iter().find(none).unwrap().outcome.clone();
    let made_up = |seen: &&mut Observation| seen.credential == Credential::MadeUp;
    facts.observations.iter_mut().find(made_up).unwrap().outcome = refusal;
    assert_eq!(failing(&facts), Standing::Possible);
}
