//! The TLS handshake fails.

use super::tls_intercepted;
use super::{Hypothesis, Support, unreached};
use crate::heygen::host;
use crate::judge::case::Case;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::SettingKind;
use crate::record::observation::{FaultKind, TlsFault};

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Failed encryption",
    headline: "no encrypted connection can be made",
    meaning: "The connection comes up, but the encryption can't be agreed on: a certificate isn't trusted, has expired, or is for another name, or the other side doesn't speak it.",
    told_apart: "The fault is told by its type, before any request was sent.",
    next_step: "Check the date and time of this machine, and update its root certificates.",
    for_support: Support::Nothing(
        "Nothing is needed from HeyGen, unless the certificate in the report is HeyGen's own.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. The chain was signed by an authority that is not public: possible, interception explains more.
/// 2. Every handshake fails.
fn weigh(case: &Case<'_>) -> Weighed {
    if tls_intercepted::foreign_issuer(case) {
        let failed = case.everyone().of(&[Class::Tls]);
        return Weighed::possible().because(&failed, "The TLS handshake failed.").against(
            &Group::default(),
            "The chain was signed by an authority that isn't public, which interception explains.",
        );
    }
    let own = case.facts.network.tls.as_ref().is_some_and(|tls| tls.fault.is_some())
        || case.facts.network.connections.iter().any(|attempt| {
            attempt.fault.as_ref().is_some_and(|fault| fault.fault == FaultKind::Tls)
        });
    let kind = case.everyone().iter().find_map(|seen| seen.fault()?.tls);
    let says = kind.map_or("The TLS handshake fails", words);
    let weighed = unreached::weigh(case, &[Class::Tls], own, says);
    let roots = case.facts.environment.settings.iter().find(|set| set.kind == SettingKind::Roots);
    if let Some(roots) = roots.filter(|_| kind == Some(TlsFault::UnknownIssuer)) {
        return weighed.next(tls_intercepted::same_roots(roots));
    }
    match kind.and_then(|kind| hint(kind, case)) {
        Some(hint) => weighed.next(hint),
        None => weighed,
    }
}

/// One exact thing to do about this fault, where the general one doesn't fit.
fn hint(fault: TlsFault, case: &Case<'_>) -> Option<&'static str> {
    match fault {
        TlsFault::UnknownIssuer => Some(
            "Give the root of whoever signed the certificate with `--ca-cert FILE`, if you trust it.",
        ),
        TlsFault::Expired | TlsFault::NotYetValid => Some(
            "Check this machine's clock; if it is right, the server's certificate is out of date.",
        ),
        TlsFault::WrongName => {
            Some("Compare the host of the base URL, letter by letter, with `api.heygen.com`.")
        }
        TlsFault::NotTls if case.facts.environment.proxy.is_some() => Some(
            "Compare scheme and port of the proxy's URL with what your network prescribes: what answers there speaks plain text.",
        ),
        TlsFault::NotTls if host::is_the_api(&case.facts.run.base_url) => {
            Some(unreached::ELSEWHERE)
        }
        TlsFault::NotTls => Some(
            "Set the base URL to `https://api.heygen.com`: what answers at the present one speaks plain text.",
        ),
        TlsFault::Alert if unreached::may_use_http_2(case) => {
            Some("Run `heygen-doctor check --http1.1`, and compare.")
        }
        TlsFault::Alert => Some(unreached::ELSEWHERE),
        TlsFault::Revoked | TlsFault::Other => None,
    }
}

const fn words(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::UnknownIssuer => "The certificate isn't signed by anyone this machine trusts",
        TlsFault::Expired => "The certificate has expired",
        TlsFault::NotYetValid => "The certificate isn't valid yet",
        TlsFault::WrongName => "The certificate is for another name",
        TlsFault::Revoked => "The certificate was revoked",
        TlsFault::NotTls => "The other side doesn't speak TLS",
        TlsFault::Alert => "The other side refuses the TLS handshake",
        TlsFault::Other => "The TLS handshake fails",
    }
}
