//! Whether no connection can be made, or it breaks.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::cause::Cause;
use crate::class::Class;
use crate::observation::FaultKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ConnectionFailed, weigh };

/// Refused, unreachable, or closed before the answer was complete.
fn weigh(case: &Case<'_>) -> Weighed {
    let own = case.everyone().all_of(&[Class::Connect])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    let weighed = unreached::weigh(
        case,
        &[Class::Connect, Class::Reset],
        own,
        "no connection, or closed before the answer was complete",
    );
    let fault = case.everyone().0.iter().find_map(|seen| seen.observation.fault());
    match fault.and_then(|fault| hint(fault.fault)) {
        Some(hint) => weighed.next(hint),
        None => weighed,
    }
}

/// One exact thing to do about this fault, where the general one doesn't fit.
const fn hint(fault: FaultKind) -> Option<&'static str> {
    match fault {
        FaultKind::Refused => Some(
            "Compare host and port of the base URL with `api.heygen.com`: nothing listens there.",
        ),
        FaultKind::Unreachable => {
            Some("Check that this machine is online and has a route to `api.heygen.com`.")
        }
        FaultKind::Closed => Some(
            "Run `heygen-doctor check --http1.1`, and once from another network: something closes the connections.",
        ),
        _ => None,
    }
}
