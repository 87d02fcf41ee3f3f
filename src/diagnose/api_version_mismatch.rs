//! Whether a legacy version accepts the key that V3 refuses.

use super::Hypothesis;
use super::case::Case;
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;
use crate::probe::Credential;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ApiVersionMismatch, weigh };

/// 1. V3 accepts the key: ruled out. No legacy answer: untested.
/// 2. A legacy version accepts a made-up key too: ruled out.
/// 3. It accepts the key and refuses a made-up one on the same path: confirmed; without that
///    control: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let legacy = case.legacy(Credential::Real);
    let accepted = legacy.of(&[Class::Ok]);
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "V3 accepts the key.");
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
    if !real.any_of(&[Class::Unauthenticated]) {
        return Weighed::possible()
            .because(&accepted, "A legacy version accepts the key.")
            .against(&real, format!("V3 doesn't refuse it: it answers {}.", real.statuses()));
    }
    let made_up = case.legacy(Credential::MadeUp);
    if made_up.any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&made_up, "The legacy version accepts a made-up key as well.");
    }
    let refused = accepted
        .0
        .iter()
        .any(|seen| made_up.at(&seen.observation.endpoint).any_of(&[Class::Unauthenticated]));
    if refused {
        Weighed::confirmed().because(
            &accepted.and(&real).and(&made_up),
            "A legacy version accepts the key and refuses a made-up one; V3 refuses the key.",
        )
    } else {
        Weighed::likely().because(
            &accepted.and(&real),
            "A legacy version accepts the key, V3 refuses it, and no made-up key was refused beside it.",
        )
    }
}
