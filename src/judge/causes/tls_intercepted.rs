//! A proxy on the way intercepts TLS.

use super::{Hypothesis, Support};
use crate::judge::case::Case;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::{Setting, SettingKind};
use crate::record::observation::TlsFault;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Intercepted TLS",
    headline: "a proxy is intercepting TLS",
    meaning: "The certificate that arrives was made by something in this network, not by a public authority. A proxy or a security program reads the traffic, and may change it.",
    told_apart: "The public roots don't accept the chain, although this machine may. It is the cause only if the handshake fails or the answers lack HeyGen's form.",
    next_step: "Ask whoever runs the network to exclude `api.heygen.com` from inspection, or give its root with `--ca-cert FILE`.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. Public roots accept the chain, or there is no TLS: ruled out, untested.
/// 2. The handshake fails on a chain that an authority signed which is not public: likely.
/// 3. This machine trusts the chain, public roots don't, and the answers lack the API's form: confirmed, for public roots could have accepted it.
/// 4. The same, and the API answers: possible; a note tells of it.
fn weigh(case: &Case<'_>) -> Weighed {
    let Some(tls) = case.facts.network.tls.as_ref() else {
        return Weighed::untested("No TLS handshake was seen.");
    };
    if tls.trusted_publicly {
        return Weighed::ruled_out(&Group::default(), "Public roots accept the certificate chain.");
    }
    let failed = case.everyone().of(&[Class::Tls]);
    if foreign_issuer(case) && failed.len() == case.everyone().len() {
        let issuer = tls.chain.first().map_or("", |leaf| leaf.issuer.as_str());
        let weighed = Weighed::likely().because(&failed, format!("The certificate was signed by `{issuer}`, which neither this machine nor the public roots trust."));
        let roots = &case.facts.environment.settings;
        return match roots.iter().find(|set| set.kind == SettingKind::Roots) {
            Some(roots) => weighed.next(same_roots(roots)),
            None => weighed,
        };
    }
    if !tls.trusted_here {
        return Weighed::ruled_out(
            &failed,
            "The certificate isn't trusted here either, and nobody but itself signed it.",
        );
    }
    if case.speaks_api() || case.everyone().answered().is_empty() {
        return Weighed::possible()
            .because(
                &Group::default(),
                "This machine trusts the certificate chain, public roots don't.",
            )
            .against(&case.everyone().answered(), "The answers have the API's form.");
    }
    Weighed::confirmed().because(
        &case.everyone().answered(),
        "This machine trusts the certificate chain, public roots don't, and no answer has the API's form.",
    )
    // Its root is known already.
    .next("Ask whoever runs the network to exclude `api.heygen.com` from inspection.")
}

/// The step where a variable names roots that another program trusts.
pub(super) fn same_roots(setting: &Setting) -> String {
    format!(
        "Run `heygen-doctor check --ca-cert FILE` with the file that {} names, if you trust it.",
        setting.name
    )
}

/// The chain that was presented has an unknown issuer other than itself.
pub(super) fn foreign_issuer(case: &Case<'_>) -> bool {
    case.facts.network.tls.as_ref().is_some_and(|tls| {
        let unknown =
            tls.fault.as_ref().is_some_and(|fault| fault.tls == Some(TlsFault::UnknownIssuer));
        let signed_by_another = tls.chain.first().is_some_and(|leaf| leaf.issuer != leaf.subject);
        !tls.trusted_here && !tls.trusted_publicly && unknown && signed_by_another
    })
}
