//! Whether the API fails for everyone.

use super::Hypothesis;
use super::case::{Case, FAILED};
use super::timeline;
use super::weighed::Weighed;
use crate::record::cause::Cause;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ServiceOutage, weigh };

/// 1. Without a key the API answers: ruled out.
/// 2. With and without a key everything fails, for the control could have been answered:
///    likely at first; still so a moment later: confirmed. Nothing with a key was answered: likely.
/// 3. Three quarters of what carries a key fail, and part of the rest: likely. Less: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    let none = case.none().answered();
    let failed = none.of(FAILED);
    if failed.is_empty() {
        return if none.is_empty() {
            Weighed::untested("No answer to a request without a key came.")
        } else {
            Weighed::ruled_out(
                &none,
                format!("Requests without a key are answered with {}.", none.statuses()),
            )
        };
    }
    let keyed = case.real().and(&case.made_up()).answered();
    if failed.len() == none.len() && keyed.is_empty() {
        return Weighed::likely().because(&failed, "Every request without a key fails with 5xx.");
    }
    if failed.len() == none.len() && keyed.all_of(FAILED) {
        let lasts = timeline::lasts(&failed.and(&keyed));
        let weighed = if lasts { Weighed::confirmed() } else { Weighed::likely() };
        return weighed.because(
            &failed.and(&keyed).and(&case.unknown_route().of(FAILED)),
            "Requests fail with 5xx whether they carry a key or not.",
        );
    }
    let answered = keyed.not_of(FAILED);
    if keyed.of(FAILED).len() * 4 > keyed.len() * 3 {
        return Weighed::likely()
            .because(
                &failed.and(&keyed.of(FAILED)),
                "Most requests fail with 5xx, with and without a key.",
            )
            .against(&answered, "Some were answered.");
    }
    Weighed::possible()
        .because(&failed, "Some requests without a key fail with 5xx.")
        .against(&answered, "Others were answered.")
}
