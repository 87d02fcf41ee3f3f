//! Whether the key is known and not permitted.

use super::Hypothesis;
use super::case::{Case, ME};
use super::keywords::{self, Family};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::observation::BodyKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::PermissionDenied, weigh };

/// 1. No 403, or each is a web page or names another reason (a scope, the plan, a suspension): ruled
///    out, or untested where nobody looked at the key.
/// 2. A made-up key gets anything but 401 there: ruled out.
/// 3. The key is accepted on `users/me`: ruled out.
/// 4. The key gets 403 where a made-up one gets 401: likely; the server may mean more than it says.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.filter(|seen| seen.observation.status() == Some(403));
    let forbidden = refused.of(&[Class::Forbidden, Class::EdgeBlock]).filter(|seen| {
        let is_page =
            seen.observation.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html);
        !is_page && !OTHERS.iter().any(|family| keywords::says(seen, *family))
    });
    if refused.is_empty() {
        return case.ruled_out(&real.answered(), "The key isn't answered with 403.");
    }
    if forbidden.is_empty() {
        return case.ruled_out(&refused, "Every 403 is a web page or names another reason.");
    }
    if !case.made_up_refused_beside(&forbidden) {
        return case.ruled_out(
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

/// Reasons that have a cause of their own.
const OTHERS: [Family; 4] =
    [Family::Revoked, Family::Suspended, Family::NoApiAccess, Family::Scope];
