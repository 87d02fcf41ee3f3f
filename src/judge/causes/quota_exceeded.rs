//! Whether a quota is used up.

use super::Hypothesis;
use super::case::Case;
use super::keywords::{self, Family};
use super::recognised::{self, Reason};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::QuotaExceeded, weigh };

/// By a code that names a quota, or by a 429 whose words do and which names no time to wait.
fn weigh(case: &Case<'_>) -> Weighed {
    recognised::weigh(
        case,
        &Reason {
            class: Class::QuotaExceeded,
            words: Some(|seen| {
                let waits = seen
                    .observation
                    .answer()
                    .is_some_and(|answer| answer.headers.contains_key("retry-after"));
                seen.class == Class::RateLimited && !waits && keywords::says(seen, Family::Quota)
            }),
            says: "a quota is used up",
        },
    )
}
