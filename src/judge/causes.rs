//! The causes, one row each, and the judgement that weighs them all against the same case.

mod api_version_mismatch;
mod auth_service_error;
mod balance_empty;
mod blocked_at_edge;
mod header_stripped;
mod healthy;
mod inconclusive;
mod inconsistent_auth;
mod insufficient_scope;
mod key_encoded;
mod key_malformed;
mod key_revoked;
mod key_unrecognized;
mod key_wrong_kind;
mod no_key;
mod permission_denied;
mod proxy_error;
mod rate_limited;
mod recognised;
mod service_outage;
mod tls_error;
mod tls_intercepted;
mod unreached;
mod wrong_host;

use super::case::Case;
use super::notes;
use super::weighed::Weighed;
use crate::record::cause::{Cause, Side, Verdict};
use crate::record::diagnosis::{Assessment, Diagnosis, Standing};
use crate::record::exit::Exit;
use crate::record::facts::{About, CredentialInfo, EndedBy, Facts, Finding};

/// All that is fixed of one cause: what it comes to, what people read of it, how it is weighed.
#[derive(Debug)]
pub struct Hypothesis {
    /// Who can do something about it; `None` where nobody needs to or it is not known.
    pub side: Option<Side>,
    /// The verdict when this is the cause.
    pub verdict: Verdict,
    /// How `check` ends then.
    pub exit: Exit,
    /// A short noun phrase, in sentence case.
    pub title: &'static str,
    /// The same as a clause, for the end of a sentence.
    pub headline: &'static str,
    /// The cause in a few sentences.
    pub meaning: &'static str,
    /// How it is told from its rivals, and what that can't show.
    pub told_apart: &'static str,
    /// One exact, harmless thing to do next.
    pub next_step: &'static str,
    /// The request to HeyGen's support.
    pub for_support: Support,
    /// The page about it in HeyGen's own documentation, where there is one.
    pub doc_url: Option<&'static str>,
    /// Weighs it against a case; its rules stand above it as a numbered list. `None` for what is
    /// left when no cause stands.
    pub weigh: Option<fn(&Case<'_>) -> Weighed>,
}

/// The request to HeyGen's support, in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Nothing; the sentence says when that would change.
    Nothing(&'static str),
    /// Something.
    Asked(&'static str),
}

impl Support {
    /// The sentence.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Nothing(text) | Self::Asked(text) => text,
        }
    }
}

/// The row of a cause.
#[must_use]
pub const fn of(cause: Cause) -> &'static Hypothesis {
    match cause {
        Cause::Healthy => &healthy::HYPOTHESIS,
        Cause::KeyMissing => &no_key::KEY_MISSING,
        Cause::KeyPlaceholder => &no_key::KEY_PLACEHOLDER,
        Cause::KeyMalformed => &key_malformed::HYPOTHESIS,
        Cause::KeyEncoded => &key_encoded::HYPOTHESIS,
        Cause::KeyWrongKind => &key_wrong_kind::HYPOTHESIS,
        Cause::KeyUnrecognized => &key_unrecognized::HYPOTHESIS,
        Cause::KeyRevoked => &key_revoked::HYPOTHESIS,
        Cause::InsufficientScope => &insufficient_scope::HYPOTHESIS,
        Cause::BalanceEmpty => &balance_empty::HYPOTHESIS,
        Cause::PermissionDenied => &permission_denied::HYPOTHESIS,
        Cause::ApiAccessNotEnabled => &recognised::API_ACCESS_NOT_ENABLED,
        Cause::AccountSuspended => &recognised::ACCOUNT_SUSPENDED,
        Cause::CreditExhausted => &recognised::CREDIT_EXHAUSTED,
        Cause::QuotaExceeded => &recognised::QUOTA_EXCEEDED,
        Cause::RateLimited => &rate_limited::HYPOTHESIS,
        Cause::InconsistentAuth => &inconsistent_auth::HYPOTHESIS,
        Cause::ApiVersionMismatch => &api_version_mismatch::HYPOTHESIS,
        Cause::AuthServiceError => &auth_service_error::HYPOTHESIS,
        Cause::ServiceOutage => &service_outage::HYPOTHESIS,
        Cause::BlockedAtEdge => &blocked_at_edge::HYPOTHESIS,
        Cause::HeaderStripped => &header_stripped::HYPOTHESIS,
        Cause::WrongHost => &wrong_host::HYPOTHESIS,
        Cause::TlsIntercepted => &tls_intercepted::HYPOTHESIS,
        Cause::TlsError => &tls_error::HYPOTHESIS,
        Cause::DnsFailure => &unreached::DNS_FAILURE,
        Cause::ConnectionFailed => &unreached::CONNECTION_FAILED,
        Cause::ProxyError => &proxy_error::HYPOTHESIS,
        Cause::Timeout => &unreached::TIMEOUT,
        Cause::Inconclusive => &inconclusive::HYPOTHESIS,
    }
}

/// The order in which causes are named that stand equally firm: what explains more comes first.
pub const ORDER: [Cause; Cause::ALL.len()] = [
    Cause::KeyMissing,
    Cause::KeyPlaceholder,
    Cause::ProxyError,
    Cause::DnsFailure,
    Cause::TlsIntercepted,
    Cause::TlsError,
    Cause::ConnectionFailed,
    Cause::Timeout,
    Cause::WrongHost,
    Cause::BlockedAtEdge,
    Cause::ServiceOutage,
    Cause::AuthServiceError,
    Cause::AccountSuspended,
    Cause::ApiAccessNotEnabled,
    Cause::InsufficientScope,
    Cause::QuotaExceeded,
    Cause::CreditExhausted,
    Cause::RateLimited,
    Cause::InconsistentAuth,
    Cause::BalanceEmpty,
    Cause::Healthy,
    Cause::KeyRevoked,
    Cause::PermissionDenied,
    Cause::KeyEncoded,
    Cause::KeyWrongKind,
    Cause::KeyMalformed,
    Cause::ApiVersionMismatch,
    Cause::HeaderStripped,
    Cause::KeyUnrecognized,
    Cause::Inconclusive,
];

// A cause that is forgotten in the order, or stands in it twice, doesn't compile.
const _: () = {
    let mut found = [false; ORDER.len()];
    let mut at = 0;
    while at < ORDER.len() {
        assert!(!found[ORDER[at] as usize], "a cause stands in the order twice");
        found[ORDER[at] as usize] = true;
        at += 1;
    }
};

/// The diagnosis of a run.
#[must_use]
pub fn diagnose(facts: &Facts) -> Diagnosis {
    let case = Case::new(facts);
    let mut causes: Vec<Assessment> =
        ORDER.into_iter().filter_map(|cause| assess(cause, &case)).collect();
    causes.sort_by_key(|assessment| std::cmp::Reverse(assessment.standing));
    put_withheld_first(&case, &mut causes);
    let named = causes.first().filter(|first| first.standing >= Standing::Likely);
    let (cause, confidence) = match named {
        Some(named) => (named.cause, named.standing),
        None => (Cause::Inconclusive, Standing::Possible),
    };
    if cause == Cause::Inconclusive {
        causes.insert(0, inconclusive::assessment(facts, &causes));
    }
    Diagnosis {
        verdict: of(cause).verdict,
        cause,
        confidence,
        statement: statement(cause, confidence, &causes, &facts.credential),
        exit_code: exit(cause, facts.run.ended_by).code(),
        causes,
        notes: notes::notes(&case, cause),
    }
}

/// How a run ends that came to this cause. What ended the run early counts only where no cause
/// could be named.
#[must_use]
pub const fn exit(cause: Cause, ended_by: Option<EndedBy>) -> Exit {
    match (cause, ended_by) {
        (Cause::Inconclusive, Some(EndedBy::Deadline)) => Exit::TimedOut,
        (Cause::Inconclusive, Some(EndedBy::Interrupt)) => Exit::Interrupted,
        _ => of(cause).exit,
    }
}

/// The cause as a clause; where a finding about the key names the mistake, in its words.
#[must_use]
pub fn headline(cause: Cause, credential: &CredentialInfo) -> &str {
    let told = mistake(cause, credential).and_then(|finding| finding.clause.as_deref());
    told.unwrap_or(of(cause).headline)
}

/// The finding about the key that a cause rests on.
fn mistake(cause: Cause, credential: &CredentialInfo) -> Option<&Finding> {
    let about: &[About] = match cause {
        Cause::KeyPlaceholder => &[About::Placeholder],
        Cause::KeyMalformed => &[About::Damage, About::Copying],
        Cause::KeyEncoded => &[About::Layers],
        Cause::KeyWrongKind => &[About::Foreign],
        _ => return None,
    };
    credential.findings.iter().find(|finding| about.contains(&finding.id.about()))
}

/// A cause with its standing, evidence, and next step; `None` for what isn't weighed.
fn assess(cause: Cause, case: &Case<'_>) -> Option<Assessment> {
    let row = of(cause);
    let weighed = row.weigh?(case);
    Some(Assessment {
        cause,
        standing: weighed.standing,
        side: row.side,
        evidence: weighed.evidence,
        against: weighed.against,
        next_step: weighed
            .next_step
            .or_else(|| use_the_other(case, row.side))
            .or_else(|| mend(cause, case))
            .unwrap_or_else(|| row.next_step.to_owned()),
        doc_url: row.doc_url.unwrap_or_default().to_owned(),
    })
}

/// Where the mistake is known, its cure is the step.
fn mend(cause: Cause, case: &Case<'_>) -> Option<String> {
    if cause == Cause::KeyMissing && case.facts.run.simulated.is_some() {
        return Some("Nothing is to be done: this scenario is one without a key.".to_owned());
    }
    let cure = mistake(cause, &case.facts.credential)?.step.as_deref()?;
    Some(match case.facts.run.simulated {
        // The scenario's key stands in no setting of the reader's.
        Some(_) => format!("{cure}."),
        None => format!("{cure}, then run `heygen-doctor check` again."),
    })
}

/// Where the key of another source works, the step is to use that one.
fn use_the_other(case: &Case<'_>, side: Option<Side>) -> Option<String> {
    let (works, used) = case.conflict().filter(|_| side == Some(Side::Caller))?;
    Some(format!("Put the key from `{works}`, which works, in the place of the one in `{used}`."))
}

/// A key that is never sent can't have another cause, however firmly the network's faults stand.
fn put_withheld_first(case: &Case<'_>, causes: &mut [Assessment]) {
    if case.facts.credential.withheld.is_none() && case.has_key() {
        return;
    }
    let own = [Cause::KeyMissing, Cause::KeyPlaceholder, Cause::KeyWrongKind];
    causes.sort_by_key(|assessment| {
        let first = own.contains(&assessment.cause) && assessment.standing >= Standing::Likely;
        (!first, std::cmp::Reverse(assessment.standing))
    });
}

fn statement(
    cause: Cause,
    confidence: Standing,
    causes: &[Assessment],
    credential: &CredentialInfo,
) -> String {
    let headline = headline(cause, credential);
    let strongest = causes
        .first()
        .and_then(|first| first.evidence.last())
        .map_or("", |evidence| evidence.text.as_str());
    let firmness = match confidence {
        Standing::Confirmed => "Confirmed",
        Standing::Likely => "Most likely",
        _ => "Not certain",
    };
    format!("{firmness}: {headline}. {strongest}").trim_end().to_owned()
}
