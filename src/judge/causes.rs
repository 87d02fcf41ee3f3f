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
use super::weighed::Weighed;
use super::{notes, step};
use crate::record::cause::{Cause, Side, Verdict};
use crate::record::diagnosis::{Assessment, Diagnosis, Note, Standing};
use crate::record::exit::Exit;
use crate::record::facts::{EndedBy, Facts};
use crate::text::{lower_first, upper_first};

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
    let notes = notes::notes(&case, cause);
    let named = causes.iter_mut().find(|assessed| assessed.cause == cause);
    let limit = notes.iter().find(|note| cause == Cause::Healthy && note.id.limits());
    if let (Some(named), Some(limit)) = (named, limit) {
        notes::of(limit.id).next_step.clone_into(&mut named.next_step);
    }
    let named = causes.iter().find(|assessed| assessed.cause == cause);
    let mut diagnosis = Diagnosis {
        verdict: of(cause).verdict,
        cause,
        confidence,
        headline: headline(named, &case, cause, &notes),
        statement: String::new(),
        exit_code: exit(cause, facts.run.ended_by).code(),
        causes,
        notes,
    };
    diagnosis.statement = statement(&diagnosis);
    diagnosis
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

/// A cause with its standing, evidence, and next step; `None` for what isn't weighed.
fn assess(cause: Cause, case: &Case<'_>) -> Option<Assessment> {
    let row = of(cause);
    let weighed = row.weigh?(case);
    let mut assessed = Assessment {
        cause,
        headline: weighed.headline,
        standing: weighed.standing,
        side: row.side,
        evidence: weighed.evidence,
        against: weighed.against,
        next_step: String::new(),
        doc_url: row.doc_url.unwrap_or_default().to_owned(),
    };
    assessed.next_step = weighed
        .next_step
        .or_else(|| step::of(case, &assessed))
        .unwrap_or_else(|| row.next_step.to_owned());
    Some(assessed)
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

/// The cause as a clause: in the words of this case, of the mistake that was found in the key, or of
/// the cause in general; and what limits a key that works.
fn headline(named: Option<&Assessment>, case: &Case<'_>, cause: Cause, notes: &[Note]) -> String {
    let own = named.and_then(|named| named.headline.clone()).or_else(|| {
        let words = match cause {
            Cause::KeyRevoked => "the login has ended",
            Cause::KeyUnrecognized => "HeyGen doesn't recognize the login",
            _ => return None,
        };
        case.is_oauth().then(|| words.to_owned())
    });
    let mistake = || step::mistake(cause, &case.facts.credential)?.clause.clone();
    let clause = own.or_else(mistake).unwrap_or_else(|| of(cause).headline.to_owned());
    let works = matches!(of(cause).verdict, Verdict::Healthy | Verdict::Limited);
    notes.iter().filter(|note| works && note.id.limits()).fold(clause, |clause, note| {
        format!("{clause}; {}", lower_first(note.message.trim_end_matches('.')))
    })
}

pub(super) fn statement(diagnosis: &Diagnosis) -> String {
    let reason = diagnosis.reason().unwrap_or_default();
    let undoubted = diagnosis.named().is_some_and(|named| named.against.is_empty());
    if diagnosis.cause == Cause::Healthy && diagnosis.confidence == Standing::Likely && undoubted {
        // Less was asked than could be, which is no doubt of what was seen.
        return format!("{}. {reason}", upper_first(&diagnosis.headline));
    }
    let firmness = match diagnosis.confidence {
        Standing::Confirmed => "Confirmed",
        Standing::Likely => "Most likely",
        _ => "Not certain",
    };
    format!("{firmness}: {}. {reason}", diagnosis.headline).trim_end().to_owned()
}
