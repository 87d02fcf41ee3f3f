//! A legacy version accepts the key that V3 refuses.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::timeline;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::observation::Observation;
use crate::record::probe::Credential;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Heygen),
    verdict: Verdict::Degraded,
    exit: Exit::Wrong,
    title: "Key that only the old API accepts",
    headline: "only a retired API accepts the key",
    meaning: "V1 or V2 accepts the key, and V3 refuses it. V1 and V2 reached their end of life on 1 November 2026, so a program that moves to V3 will stop working with this key.",
    told_apart: "The same key in the same header is accepted on a legacy path and refused on the current one, in the same run.",
    next_step: "Keep this key where it works, make a second one in HeyGen's API settings, and run `heygen-doctor check` with that one.",
    for_support: Support::Asked("Please say why V3 refuses a key that V1 or V2 accepts."),
    doc_url: Some("https://developers.heygen.com/endpoint-version-comparison"),
    weigh: Some(weigh),
};

/// 1. V3 accepts the key: ruled out. No legacy answer: untested.
/// 2. V3 doesn't refuse it, or not always: possible.
/// 3. Where a legacy version accepts the key, it accepts a made-up one too: ruled out.
/// 4. It accepts the key and refuses a made-up one in the same place, and does so again: confirmed.
/// 5. No made-up one was answered there, the key is accepted at times only, or it was asked once: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let legacy = case.legacy(Credential::Real);
    let accepted = legacy.of(&[Class::Ok]);
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "V3 accepts the key.");
    }
    let lists = case.lists_accepting();
    if !lists.is_empty() {
        return case.ruled_out(&lists, "Other endpoints of V3 accept the key.");
    }
    if legacy.answered().is_empty() {
        return Weighed::untested(if legacy.is_empty() && !case.cut_off() {
            "No legacy version was asked."
        } else {
            "No answer of a legacy version came."
        });
    }
    if accepted.is_empty() {
        return case.ruled_out(
            &legacy,
            format!("No legacy version accepts it either ({}).", legacy.statuses()),
        );
    }
    let others = real.not_of(TRANSIENT).not_of(&[Class::Unauthenticated]);
    if !real.any_of(&[Class::Unauthenticated]) || !others.is_empty() {
        return Weighed::possible()
            .because(&accepted, "A legacy version accepts the key.")
            .against(
                &real,
                format!("V3 doesn't simply refuse it: it answers {}.", real.statuses()),
            );
    }
    // A control says something of its own endpoint only.
    let there = |seen: &Observation| accepted.iter().any(|other| other.endpoint == seen.endpoint);
    let made_up = case.legacy(Credential::MadeUp).filter(there);
    if made_up.any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&made_up, "The legacy version accepts a made-up key as well.");
    }
    let mixed = legacy.not_of(TRANSIENT).not_of(&[Class::Ok]).filter(there);
    let all = accepted.and(&real).and(&made_up);
    let again = timeline::lasts(&accepted) && timeline::lasts(&made_up);
    let refused = made_up.all_of(&[Class::Unauthenticated]) && !case.let_a_control_in();
    if made_up.is_empty() {
        Weighed::likely().because(
            &all,
            "A legacy version accepts the key, V3 refuses it, and no made-up key was refused beside it.",
        )
    } else if refused && again && mixed.is_empty() {
        Weighed::confirmed().because(
            &all,
            "A legacy version accepts the key and refuses a made-up one; V3 refuses the key.",
        )
    } else {
        Weighed::likely().because(&all, "A legacy version accepts the key; V3 refuses it.").against(
            &made_up.and(&mixed),
            "That it refuses a made-up key in the same place was not seen every time.",
        )
    }
}
