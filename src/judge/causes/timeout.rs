//! Whether no answer comes in time.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, auth_service_error, unreached};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::facts::ConnectionAttempt;

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
    if stuck_handshake(case) {
        let says = "The TCP connection comes up, and the TLS handshake gets no answer in time";
        return unreached::weigh(case, &[Class::Timeout], own, says)
            .next("Run `heygen-doctor check` from another network, and compare.");
    }
    let says = "The time limit passes without a whole answer";
    unreached::weigh(case, &[Class::Timeout], own, says)
}

/// Whether the doctor's own sockets connected and then waited for TLS in vain.
fn stuck_handshake(case: &Case<'_>) -> bool {
    let connections = &case.facts.network.connections;
    let stuck = |attempt: &ConnectionAttempt| {
        attempt.connect_ms.is_some() && attempt.tls_ms.is_none() && attempt.fault.is_some()
    };
    case.facts.run.base_url.starts_with("https:")
        && !connections.is_empty()
        && connections.iter().all(stuck)
}
