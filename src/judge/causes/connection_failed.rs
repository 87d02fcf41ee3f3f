//! Whether no connection can be made, or it breaks.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::observation::FaultKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ConnectionFailed, weigh };

/// Refused, unreachable, or closed before the answer was complete.
fn weigh(case: &Case<'_>) -> Weighed {
    let own = case.everyone().all_of(&[Class::Connect])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    let classes = &[Class::Connect, Class::Reset];
    let faults: Vec<FaultKind> = case
        .everyone()
        .of(classes)
        .0
        .iter()
        // An answer that broke off has no fault of its own.
        .map(|seen| seen.observation.fault().map_or(FaultKind::Closed, |fault| fault.fault))
        .collect();
    let first = faults.first().copied();
    let alike = faults.iter().all(|fault| Some(*fault) == first);
    let says = first.filter(|_| alike).map_or(MIXED, words);
    let weighed = unreached::weigh(case, classes, own, says);
    match first.and_then(hint) {
        Some(hint) => weighed.next(hint),
        None => weighed,
    }
}

const MIXED: &str = "No connection comes up, or it is closed before the answer is complete";

/// What happened.
const fn words(fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::Refused => "The connection is refused",
        FaultKind::Unreachable => "There is no way to the address",
        FaultKind::ConnectTimeout => "No connection comes up in time",
        FaultKind::Closed => "The connection is closed before the answer is complete",
        _ => MIXED,
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
            "Run `heygen-doctor check --http1.1`, and compare: something closes the connections.",
        ),
        _ => None,
    }
}
