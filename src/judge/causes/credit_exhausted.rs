//! Whether the credit is used up.

use super::Hypothesis;
use super::case::Case;
use super::recognised::{self, Reason};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::CreditExhausted, weigh };

/// By status 402, or by a code that names credit.
fn weigh(case: &Case<'_>) -> Weighed {
    recognised::weigh(
        case,
        &Reason { class: Class::PaymentRequired, words: None, says: "credit is missing" },
    )
}
