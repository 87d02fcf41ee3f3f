//! Whether no answer comes in time.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, auth_service_error, unreached};
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::Timeout, weigh };

/// No answer began, or none was complete, within `--timeout`.
fn weigh(case: &Case<'_>) -> Weighed {
    if auth_service_error::hangs(case) {
        return Weighed::possible()
            .against(&case.none(), "Requests without a key are answered at once.");
    }
    let own = case.everyone().all_of(&[Class::Timeout])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    unreached::weigh(case, &[Class::Timeout], own, "no answer in time")
}
