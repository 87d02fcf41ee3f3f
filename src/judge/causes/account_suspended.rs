//! Whether the account is suspended.

use super::Hypothesis;
use super::case::Case;
use super::keywords::{self, Family};
use super::recognised::{self, Reason};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::AccountSuspended, weigh };

/// By a code that says so, or by words that a made-up key is not told.
fn weigh(case: &Case<'_>) -> Weighed {
    recognised::weigh(
        case,
        &Reason {
            class: Class::Suspended,
            words: Some(|seen| keywords::says(seen, Family::Suspended)),
            says: "the account is suspended",
        },
    )
}
