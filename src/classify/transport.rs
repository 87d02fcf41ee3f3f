//! No whole answer came. Told by the type of the error.

use super::Rule;
use crate::record::class::Class;
use crate::record::observation::{FaultKind, Outcome};

fn fault_in(outcome: &Outcome, kinds: &[FaultKind]) -> bool {
    outcome.fault().is_some_and(|fault| kinds.contains(&fault.fault))
}

fn cut_short(outcome: &Outcome) -> Option<FaultKind> {
    outcome.answer()?.body.cut_short
}

pub(super) const DNS: Rule = Rule {
    name: "dns",
    class: Class::Dns,
    reads: "the resolver's error",
    recognise: |outcome| fault_in(outcome, &[FaultKind::Dns]),
};

pub(super) const CONNECT: Rule = Rule {
    name: "connect",
    class: Class::Connect,
    reads: "the connection's error: refused, no route, or a proxy that doesn't let it through",
    recognise: |outcome| {
        fault_in(outcome, &[FaultKind::Refused, FaultKind::Unreachable, FaultKind::Proxy])
    },
};

pub(super) const TLS: Rule = Rule {
    name: "tls",
    class: Class::Tls,
    reads: "any error of the TLS library",
    recognise: |outcome| fault_in(outcome, &[FaultKind::Tls]),
};

pub(super) const TIMEOUT: Rule = Rule {
    name: "timeout",
    class: Class::Timeout,
    reads: "a time limit that passed before the answer began",
    recognise: |outcome| fault_in(outcome, &[FaultKind::Timeout, FaultKind::ConnectTimeout]),
};

pub(super) const RESET: Rule = Rule {
    name: "reset",
    class: Class::Reset,
    reads: "a connection that was closed before the answer began",
    recognise: |outcome| fault_in(outcome, &[FaultKind::Closed]),
};

pub(super) const UNSENDABLE: Rule = Rule {
    name: "unsendable",
    class: Class::Unsendable,
    reads: "a value that no HTTP header can carry (RFC 9110 §5.5)",
    recognise: |outcome| fault_in(outcome, &[FaultKind::Unsendable]),
};

pub(super) const NOT_HTTP: Rule = Rule {
    name: "not-http",
    class: Class::Malformed,
    reads: "bytes that aren't HTTP",
    recognise: |outcome| fault_in(outcome, &[FaultKind::NotHttp]),
};

pub(super) const CUT_BY_TIMEOUT: Rule = Rule {
    name: "cut-by-timeout",
    class: Class::Timeout,
    reads: "a body that didn't end in time",
    recognise: |outcome| {
        matches!(cut_short(outcome), Some(FaultKind::Timeout | FaultKind::ConnectTimeout))
    },
};

pub(super) const CUT_BY_NONSENSE: Rule = Rule {
    name: "cut-by-nonsense",
    class: Class::Malformed,
    reads: "a body whose framing breaks HTTP",
    recognise: |outcome| cut_short(outcome) == Some(FaultKind::NotHttp),
};

pub(super) const CUT_SHORT: Rule = Rule {
    name: "cut-short",
    class: Class::Reset,
    reads: "a body that ended before its announced end",
    recognise: |outcome| cut_short(outcome).is_some(),
};
