//! Whether the account lacks access to the API.

use super::Hypothesis;
use super::case::Case;
use super::keywords::{self, Family};
use super::recognised::{self, Reason};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ApiAccessNotEnabled, weigh };

/// By a code that says so (legacy 400599; V3 `subscription_required`, `plan_upgrade_required`), or by words.
fn weigh(case: &Case<'_>) -> Weighed {
    recognised::weigh(
        case,
        &Reason {
            class: Class::ApiNotEnabled,
            words: Some(|seen| {
                matches!(seen.class, Class::Forbidden | Class::EdgeBlock)
                    && keywords::says(seen, Family::NoApiAccess)
            }),
            says: "the plan has no access to the API",
        },
    )
}
