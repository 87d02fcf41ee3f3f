//! Whether no connection can be made, or it breaks.

use super::case::Case;
use super::proxy_error;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::cause::Cause;
use crate::class::Class;

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
    unreached::weigh(
        case,
        &[Class::Connect, Class::Reset],
        own,
        "no connection, or closed before the answer was complete",
    )
}
