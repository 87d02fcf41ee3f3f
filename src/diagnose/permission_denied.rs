//! Whether the key is known and not permitted.

use super::Hypothesis;
use super::case::{Case, ME};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;
use crate::observation::BodyKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::PermissionDenied, weigh };

/// 1. No 403 in the API's own form: ruled out.
/// 2. The controls get it too, or the reason is a scope, the plan, or a suspension: ruled out.
/// 3. The key gets 403 where a made-up one gets 401: likely; the server may mean more than it says.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let forbidden = real.of(&[Class::Forbidden, Class::EdgeBlock]).filter(|seen| {
        seen.observation.answer().is_some_and(|answer| answer.body.kind != BodyKind::Html)
    });
    if forbidden.is_empty() {
        return if real.answered().is_empty() {
            Weighed::untested("No answer to the key came.")
        } else {
            Weighed::ruled_out(&real.answered(), "No 403 came from the API.")
        };
    }
    if !case.made_up_refused_beside(&forbidden) {
        return Weighed::ruled_out(
            &forbidden.and(&case.made_up()),
            "A made-up key isn't refused with 401, so the 403 isn't about this key.",
        );
    }
    if real.at(ME).any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&real.of(&[Class::Ok]), "The key is accepted where it counts.");
    }
    Weighed::likely().because(
        &forbidden.and(&case.made_up()),
        "The key gets 403 where a made-up one gets 401: it is recognised, and not permitted.",
    )
}
