//! Whether the key's header is lost on the way.

use super::Hypothesis;
use super::case::Case;
use super::group::{Group, answered_alike};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::HeaderStripped, weigh };

/// 1. The key gets another answer than no key: ruled out, it arrives.
/// 2. TLS runs end to end to public roots: ruled out, nothing in between can take it out.
/// 3. No key and a made-up one are told apart, and the key gets the answer of no key: likely.
/// 4. Over plain HTTP or an intercepted connection with one answer for all: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real().of(&[Class::Unauthenticated]);
    let (none, made_up) =
        (case.none().of(&[Class::Unauthenticated]), case.made_up().of(&[Class::Unauthenticated]));
    if real.is_empty() {
        let real = case.real().answered();
        return if real.is_empty() {
            Weighed::untested("No answer to the key came.")
        } else {
            Weighed::ruled_out(
                &real,
                "The key is answered otherwise than no key: the header arrives.",
            )
        };
    }
    if answered_alike(&real, &none) == Some(false) {
        return Weighed::ruled_out(
            &real.and(&none),
            "The key is answered otherwise than no key: the header arrives.",
        );
    }
    if case.facts.network.tls.as_ref().is_some_and(|tls| tls.trusted_publicly) {
        return Weighed::ruled_out(
            &Group::default(),
            "TLS runs end to end to public roots, so nothing in between can take a header out.",
        );
    }
    if answered_alike(&none, &made_up) == Some(false) {
        return Weighed::likely().because(
            &real.and(&none).and(&made_up),
            "No key and a made-up key get different answers, and the key gets the answer of no key.",
        );
    }
    Weighed::possible()
        .because(&real.and(&none), "The key gets the answer of no key.")
        .against(&made_up, "So does a made-up key, and HeyGen answers both alike.")
}
