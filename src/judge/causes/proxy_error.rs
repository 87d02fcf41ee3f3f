//! Whether the proxy keeps the request back.

use super::case::Case;
use super::weighed::Weighed;
use super::{Hypothesis, unreached};
use crate::record::cause::Cause;
use crate::record::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::ProxyError, weigh };

/// 1. Every answer is 407: likely; confirmed if the proxy said so to our own CONNECT.
/// 2. The proxy refuses CONNECT, or can't be reached: confirmed by our own socket.
/// 3. No proxy, no 407: ruled out; nothing was sent, or nobody answered in time: untested.
fn weigh(case: &Case<'_>) -> Weighed {
    let asked = case.everyone().of(&[Class::ProxyAuth]);
    if refuses(case) {
        let met = case.everyone().of(&[
            Class::Connect,
            Class::ProxyAuth,
            Class::Tls,
            Class::Reset,
            Class::Timeout,
        ]);
        let status = case.facts.network.proxy_connect.as_ref().and_then(|connect| connect.status);
        let text = status.map_or_else(
            || "The proxy can't be reached.".to_owned(),
            |status| format!("The proxy answers CONNECT with {status}."),
        );
        let weighed = Weighed::confirmed().because(&met, text);
        return match status {
            Some(407) => weighed.next(LOG_IN),
            Some(_) => weighed.next(LET_THROUGH),
            None => weighed.next(COMPARE),
        };
    }
    if unreachable(case) {
        let met = case.everyone().of(&[Class::Connect, Class::Dns, Class::Timeout]);
        return Weighed::confirmed()
            .because(&met, "The doctor's own socket can't reach the proxy either.")
            .next(COMPARE);
    }
    if case.everyone().is_empty() {
        return Weighed::untested(if case.cut_off() {
            "No answer came before the run ended."
        } else {
            "Nothing was sent."
        });
    }
    if asked.is_empty() {
        return Weighed::ruled_out(&case.everyone().answered(), "No proxy refused anything.");
    }
    if asked.len() == case.everyone().answered().len() {
        return Weighed::likely()
            .because(&asked, "Every answer is 407: a proxy asks for a login.")
            .next(log_in(case));
    }
    unreached::weigh(case, &[Class::ProxyAuth], false, "A proxy asks for a login")
        .next(log_in(case))
}

/// How to log in: there is a variable to put it into only where a proxy is set.
const fn log_in(case: &Case<'_>) -> &'static str {
    if case.facts.environment.proxy.is_some() { LOG_IN } else { ASK }
}

const ASK: &str = "Ask whoever runs this network how programs log in to its proxy: one answers, although none is set on this machine.";
const LOG_IN: &str = "Put the proxy's user name and password into `HTTPS_PROXY`, as `http://USER:PASSWORD@HOST:PORT`.";
const LET_THROUGH: &str = "Ask whoever runs the proxy to let `api.heygen.com`, port 443, through.";
const COMPARE: &str =
    "Compare host and port of the proxy that the report names with what your network prescribes.";

/// Whether the proxy let nothing through, as our own socket saw.
pub(super) fn at_fault(case: &Case<'_>) -> bool {
    refuses(case) || unreachable(case)
}

/// Whether our own CONNECT was refused, or the proxy could not be reached, and no request got through.
fn refuses(case: &Case<'_>) -> bool {
    let refused = case.facts.network.proxy_connect.as_ref().is_some_and(|connect| {
        connect.fault.is_some()
            || connect.status.is_some_and(|status| !(200..300).contains(&status))
    });
    let answered = case.everyone().answered().not_of(&[Class::ProxyAuth]);
    refused && answered.is_empty()
}

/// Whether the doctor's own sockets found no way to the proxy.
fn unreachable(case: &Case<'_>) -> bool {
    let network = &case.facts.network;
    let unnamed = network.dns.as_ref().is_some_and(|dns| dns.fault.is_some());
    let refused = !network.connections.is_empty()
        && network.connections.iter().all(|attempt| attempt.connect_ms.is_none());
    case.facts.environment.proxy.is_some()
        && (unnamed || refused)
        && case.everyone().answered().is_empty()
}
