//! Short words for what the record holds.

use crate::cause::{Side, Verdict};
use crate::class::Class;
use crate::diagnosis::Standing;
use crate::observation::{FaultKind, Outcome};
use crate::probe::Credential;
use crate::record::Judged;

/// What came back, in a word or two: `200 ok`, `401`, `403 scope`, `refused`.
pub(crate) fn outcome(judged: &Judged) -> String {
    match &judged.observation.outcome {
        Outcome::Fault(fault) => fault_word(fault.fault).to_owned(),
        Outcome::Answer(answer) => match class_word(judged.class, answer.status) {
            Some(word) => format!("{} {word}", answer.status),
            None => answer.status.to_string(),
        },
    }
}

/// The word beside a status, where the status alone could mislead.
fn class_word(class: Class, status: u16) -> Option<&'static str> {
    Some(match class {
        Class::Unauthenticated if status == 401 => return None,
        Class::RouteNotFound if status == 404 => return None,
        Class::ServerError | Class::EdgeError if status >= 500 => return None,
        Class::Ok => "ok",
        Class::Unauthenticated => "no auth",
        Class::PaymentRequired => "credit",
        Class::InsufficientScope => "scope",
        Class::Forbidden => "denied",
        Class::ApiNotEnabled => "plan",
        Class::Suspended => "blocked",
        Class::RateLimited => "rate",
        Class::QuotaExceeded => "quota",
        Class::BadRequest => "invalid",
        Class::UnsupportedMediaType => "media",
        Class::MethodNotAllowed => "method",
        Class::RouteNotFound => "no route",
        Class::ResourceNotFound => "no item",
        Class::Gone => "gone",
        Class::Redirect => "away",
        Class::EdgeBlock => "edge",
        Class::NotHeygen => "not API",
        Class::ProxyAuth => "proxy",
        Class::ServerError => "fault",
        Class::EdgeError => "gateway",
        Class::Malformed => "garbled",
        Class::Dns | Class::Connect | Class::Tls => "fault",
        Class::Timeout => "cut off",
        Class::Reset => "cut off",
        Class::Unsendable => "unsent",
    })
}

pub(crate) const fn fault_word(fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::Dns => "no DNS",
        FaultKind::Refused => "refused",
        FaultKind::Unreachable => "no route",
        FaultKind::ConnectTimeout | FaultKind::Timeout => "timeout",
        FaultKind::Tls => "TLS",
        FaultKind::Closed => "closed",
        FaultKind::NotHttp => "no HTTP",
        FaultKind::Proxy => "proxy",
        FaultKind::Unsendable => "unsent",
    }
}

/// What came back, in words for the middle of a sentence: `accepted`, `refused (401)`.
pub(crate) fn result(judged: &Judged) -> String {
    match judged.class {
        Class::Ok => "accepted".to_owned(),
        Class::Unauthenticated => format!("refused ({})", outcome(judged)),
        _ => format!("answered {}", outcome(judged)),
    }
}

pub(crate) fn credential(credential: Credential) -> String {
    match credential {
        Credential::Real => "key under test".to_owned(),
        Credential::None => "no key".to_owned(),
        Credential::MadeUp => "made-up key".to_owned(),
        Credential::KnownGood => "known key".to_owned(),
        Credential::Other(n) => format!("key of source {n}"),
    }
}

pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "Healthy",
        Verdict::Limited => "Limited",
        Verdict::Blocked => "Blocked",
        Verdict::Degraded => "Degraded",
        Verdict::Broken => "Broken",
        Verdict::Inconclusive => "Inconclusive",
    }
}

pub(crate) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::RuledOut => "ruled out",
        Standing::Untested => "untested",
        Standing::Possible => "possible",
        Standing::Likely => "likely",
        Standing::Confirmed => "confirmed",
    }
}

pub(crate) const fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Caller) => "the caller's configuration",
        Some(Side::Account) => "the account",
        Some(Side::Heygen) => "HeyGen",
        Some(Side::Network) => "the network between",
        None => "nobody",
    }
}

/// `840 ms`, `2.4 s`, `3 min 20 s`.
pub(crate) fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1_000),
    }
}
