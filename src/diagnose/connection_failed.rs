//! Whether no connection can be made, or it breaks.

use super::case::Case;
use super::proxy_error;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::cause::Cause;
use crate::class::Class;
use crate::observation::FaultKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ConnectionFailed, weigh };

/// 1. A proxy is in the way and does not let the connection through: ruled out, that is another cause.
/// 2. Refused, unreachable, or closed before the answer was complete.
fn weigh(case: &Case<'_>) -> Weighed {
    if proxy_error::refuses(case) {
        return Weighed::ruled_out(&case.everyone(), "The proxy is reached and refuses.");
    }
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
