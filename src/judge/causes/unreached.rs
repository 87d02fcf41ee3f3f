//! No answer came from anyone: the name doesn't resolve, no connection comes up, or the time is
//! over. One row each, and the rule that they share.

use super::{Hypothesis, Support, auth_service_error};
use crate::judge::case::Case;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::ConnectionAttempt;
use crate::record::observation::FaultKind;
use crate::text::count;

pub(super) const DNS_FAILURE: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Name that doesn't resolve",
    headline: "the host name doesn't resolve",
    meaning: "The name of the API couldn't be turned into an address. No request was sent, and nothing is known about the key.",
    told_apart: "The resolver of this machine answers with a failure, for the doctor as it would for your program.",
    next_step: "Run `nslookup api.heygen.com` on this machine, and check its DNS settings or those of its container.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: None,
    weigh: Some(dns),
};

pub(super) const CONNECTION_FAILED: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Connection that can't be made",
    headline: "no connection to HeyGen can be made",
    meaning: "The name resolves, but no connection comes up, or it breaks before an answer. Nothing is known about the key.",
    told_apart: "Every address that was tried refused, couldn't be reached, or closed the connection.",
    next_step: "Check that the firewall lets this machine reach `api.heygen.com` on port 443.",
    for_support: Support::Nothing(
        "Nothing is needed from HeyGen, unless other networks fail as well.",
    ),
    doc_url: None,
    weigh: Some(connection),
};

pub(super) const TIMEOUT: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::TimedOut,
    title: "No answer in time",
    headline: "no answer came in time",
    meaning: "A connection may have come up, but no answer came within the time allowed. Nothing is known about the key.",
    told_apart: "Every request that could tell ran into its time limit, the controls like the key's own.",
    next_step: "Run `heygen-doctor check --timeout 30s`.",
    for_support: Support::Asked(
        "Please look whether the requests at the times in the table arrived.",
    ),
    doc_url: None,
    weigh: Some(timeout),
};

/// Weighs a fault that keeps every request from being answered; `says` is what happened, as a
/// sentence without its end.
///
/// 1. The proxy on the way is at fault, so nothing ever got to the host: untested.
/// 2. Nothing met this fault: ruled out.
/// 3. Some request was answered although it could have met it: possible.
/// 4. Everyone met it: likely; confirmed if the doctor's own socket met it as well.
pub(super) fn weigh(case: &Case<'_>, classes: &[Class], own_socket: bool, says: &str) -> Weighed {
    if case.proxy_at_fault() {
        return Weighed::untested(
            "Nothing got past the proxy, so the host itself was never reached.",
        );
    }
    let sent = case.everyone().not_of(&[Class::Unsendable]);
    let met = sent.of(classes);
    if met.is_empty() {
        return if sent.is_empty() && case.cut_off() {
            Weighed::untested("No answer came before the run ended.")
        } else if sent.is_empty() {
            Weighed::untested("Nothing was sent.")
        } else {
            let what = if sent.answered().len() == sent.len() {
                format!("Every request was answered ({}).", sent.statuses())
            } else {
                format!("Requests met something else ({}).", sent.statuses())
            };
            Weighed::ruled_out(&sent, what)
        };
    }
    let met_by = format!("{} of {}", met.len(), count(sent.len(), "request"));
    if met.len() == sent.len() {
        let all = match sent.len() {
            1 => "the one request".to_owned(),
            many => format!("all {many} requests"),
        };
        return if own_socket {
            let text = format!("{says}: {all}, and a direct connection, failed this way.");
            Weighed::confirmed().because(&met, text)
        } else {
            Weighed::likely().because(&met, format!("{says}: {all} failed this way."))
        };
    }
    let others = sent.not_of(classes);
    let real = case.real();
    let only_real = !real.is_empty() && real.all_of(classes) && !case.controls().any_of(classes);
    let mostly = met.len() * 2 > sent.len();
    let weighed = if only_real || mostly { Weighed::likely() } else { Weighed::possible() };
    let weighed = if only_real {
        weighed.named("requests with this key get no answer, and those without it are answered")
    } else {
        weighed
    };
    weighed
        .because(&met, format!("{says}: {met_by} failed this way."))
        .against(&others, "Other requests were answered.")
}

/// Every request, and the doctor's own look-up, fail to resolve the name.
fn dns(case: &Case<'_>) -> Weighed {
    let own = case.facts.network.dns.as_ref().is_some_and(|dns| dns.fault.is_some());
    // A resolver that stays silent shows as a timeout of the request.
    let classes: &[Class] = if own { &[Class::Dns, Class::Timeout] } else { &[Class::Dns] };
    let weighed = weigh(case, classes, own, "The resolver gives no address");
    match plain_host(&case.facts.run.base_url) {
        Some(host) => {
            weighed.next(format!("Compare `{host}` with `api.heygen.com`, letter by letter."))
        }
        None => weighed,
    }
}

/// Another host than HeyGen's, if its name has nothing but letters, digits, dots and hyphens.
fn plain_host(base_url: &str) -> Option<String> {
    let host = url::Url::parse(base_url).ok()?.host_str()?.to_owned();
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (plain && host != "api.heygen.com").then_some(host)
}

/// Refused, unreachable, or closed before the answer was complete.
fn connection(case: &Case<'_>) -> Weighed {
    let own = case.everyone().all_of(&[Class::Connect])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    let classes = &[Class::Connect, Class::Reset];
    let faults: Vec<FaultKind> = case
        .everyone()
        .of(classes)
        .iter()
        // An answer that broke off has no fault of its own.
        .map(|seen| seen.fault().map_or(FaultKind::Closed, |fault| fault.fault))
        .collect();
    let first = faults.first().copied();
    let alike = faults.iter().all(|fault| Some(*fault) == first);
    let says = first.filter(|_| alike).map_or(MIXED, words);
    let weighed = weigh(case, classes, own, says);
    match first.and_then(|fault| hint(fault, case)) {
        Some(hint) => weighed.next(hint),
        None => weighed,
    }
}

/// The sentence where requests met different faults of these.
const MIXED: &str = "No connection comes up, or it is closed before the answer is complete";

/// The fault as a sentence without its end.
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
fn hint(fault: FaultKind, case: &Case<'_>) -> Option<&'static str> {
    match fault {
        FaultKind::Refused => Some(
            "Compare host and port of the base URL with `api.heygen.com`: nothing listens there.",
        ),
        FaultKind::Unreachable => {
            Some("Check that this machine is online and has a route to `api.heygen.com`.")
        }
        FaultKind::Closed if may_use_http_2(case) => Some(
            "Run `heygen-doctor check --http1.1`, and compare: something closes the connections.",
        ),
        FaultKind::Closed => Some(ELSEWHERE),
        _ => None,
    }
}

/// The step where this machine's own settings are tried through.
pub(super) const ELSEWHERE: &str = "Run `heygen-doctor check` from another network, and compare.";

/// True if requests may go over HTTP/2, so that doing without it is worth a try.
pub(super) fn may_use_http_2(case: &Case<'_>) -> bool {
    !case.facts.run.http1_only && case.facts.run.base_url.starts_with("https:")
}

/// The time limit that the step of a timeout asks for, in milliseconds.
const LONGER_MS: f64 = 30_000.0;

/// No answer began, or none was complete, within `--timeout`.
fn timeout(case: &Case<'_>) -> Weighed {
    if auth_service_error::hangs(case) {
        return Weighed::possible()
            .against(&case.none(), "Requests without a key are answered at once.");
    }
    let own = case.everyone().all_of(&[Class::Timeout])
        && !case.facts.network.connections.is_empty()
        && case.facts.network.connections.iter().all(|attempt| attempt.fault.is_some());
    if stuck_handshake(case) {
        let says = "The TCP connection comes up, and the TLS handshake gets no answer in time";
        return weigh(case, &[Class::Timeout], own, says).next(ELSEWHERE);
    }
    let says = "The time limit passes without a whole answer";
    let weighed = weigh(case, &[Class::Timeout], own, says);
    let waited = case.everyone().of(&[Class::Timeout]);
    if waited.iter().any(|seen| seen.timing_ms.total >= LONGER_MS) {
        // That much time was given, and more of it is no help.
        return weighed.next(ELSEWHERE);
    }
    weighed
}

/// The doctor's own sockets connected and then waited for TLS in vain.
fn stuck_handshake(case: &Case<'_>) -> bool {
    let connections = &case.facts.network.connections;
    let stuck = |attempt: &ConnectionAttempt| {
        attempt.connect_ms.is_some() && attempt.tls_ms.is_none() && attempt.fault.is_some()
    };
    case.facts.run.base_url.starts_with("https:")
        && !connections.is_empty()
        && connections.iter().all(stuck)
}
