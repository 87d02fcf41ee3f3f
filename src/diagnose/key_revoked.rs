//! Whether the key was withdrawn.

use super::Hypothesis;
use super::case::Case;
use super::keywords::{self, Family};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyRevoked, weigh };

/// 1. Accepted at the end, or never refused: ruled out, untested.
/// 2. The server says revoked, expired, or deactivated to this key and not to a made-up one: confirmed.
/// 3. It says so to a made-up key as well: that shows nothing.
/// 4. Refused otherwise: possible, for HeyGen words a revoked key like an unknown one.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::Unauthenticated, Class::Forbidden, Class::EdgeBlock]);
    if refused.is_empty() {
        return if real.answered().is_empty() {
            Weighed::untested("No answer to the key came.")
        } else {
            Weighed::ruled_out(&real, format!("The key is answered with {}.", real.statuses()))
        };
    }
    let saying = refused.filter(|seen| keywords::says(seen, Family::Revoked));
    let controls = case.made_up().and(&case.none());
    if !saying.is_empty() && !controls.0.iter().any(|seen| keywords::says(seen, Family::Revoked)) {
        return Weighed::confirmed().because(
            &saying.and(&case.made_up()),
            "The server says so of this key, and not of a made-up one.",
        );
    }
    if !refused.any_of(&[Class::Unauthenticated]) || real.any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&real, "The server says nothing of the kind.");
    }
    Weighed::possible().against(
        &refused,
        "The server doesn't say so; a revoked key may be answered like an unknown one.",
    )
}
