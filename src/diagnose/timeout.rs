//! Whether no answer comes in time.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::Timeout, weigh };

/// No answer began, or none was complete, within `--timeout`.
fn weigh(case: &Case<'_>) -> Weighed {
    let own = case.everyone().all_of(&[Class::Timeout])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    unreached::weigh(case, &[Class::Timeout], own, "no answer in time")
}
