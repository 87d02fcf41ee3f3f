//! All classes together, ranked causes: a table of hypotheses, each weighed against the same case.

mod account_suspended;
mod api_access_not_enabled;
mod api_version_mismatch;
mod auth_service_error;
mod balance_empty;
mod blocked_at_edge;
mod case;
mod connection_failed;
mod controls;
mod credit_exhausted;
mod dns_failure;
mod experiment;
mod group;
mod header_stripped;
mod healthy;
mod inconsistent_auth;
mod insufficient_scope;
mod key_encoded;
mod key_malformed;
mod key_missing;
mod key_placeholder;
mod key_revoked;
mod key_unrecognized;
mod key_wrong_kind;
mod keywords;
pub mod notes;
mod offline;
mod permission_denied;
mod proxy_error;
mod quota_exceeded;
mod rate_limited;
mod recognised;
mod scopes;
mod service_outage;
mod subject;
mod timeline;
mod timeout;
mod tls_error;
mod tls_intercepted;
mod unreached;
mod weighed;
mod wrong_host;

pub use case::Case;
pub use group::{Group, Seen};
pub use weighed::Weighed;

use crate::judge::words::words;
use crate::record::cause::{Cause, Side};
use crate::record::diagnosis::{Assessment, Diagnosis, Standing};
use crate::record::exit;
use crate::record::facts::{EndedBy, Facts, RunInfo};
use crate::text::list;

/// A cause with the way it is weighed.
#[derive(Debug)]
pub struct Hypothesis {
    /// The cause it claims.
    pub cause: Cause,
    /// Weighs it against a case; its rules stand above it as a numbered list.
    pub weigh: fn(&Case<'_>) -> Weighed,
}

/// Every hypothesis. Where two stand equally firm, the earlier is named: what explains more first.
pub const HYPOTHESES: &[Hypothesis] = &[
    key_missing::HYPOTHESIS,
    key_placeholder::HYPOTHESIS,
    proxy_error::HYPOTHESIS,
    dns_failure::HYPOTHESIS,
    tls_intercepted::HYPOTHESIS,
    tls_error::HYPOTHESIS,
    connection_failed::HYPOTHESIS,
    timeout::HYPOTHESIS,
    wrong_host::HYPOTHESIS,
    blocked_at_edge::HYPOTHESIS,
    service_outage::HYPOTHESIS,
    auth_service_error::HYPOTHESIS,
    account_suspended::HYPOTHESIS,
    api_access_not_enabled::HYPOTHESIS,
    insufficient_scope::HYPOTHESIS,
    quota_exceeded::HYPOTHESIS,
    credit_exhausted::HYPOTHESIS,
    rate_limited::HYPOTHESIS,
    inconsistent_auth::HYPOTHESIS,
    balance_empty::HYPOTHESIS,
    healthy::HYPOTHESIS,
    key_revoked::HYPOTHESIS,
    permission_denied::HYPOTHESIS,
    key_encoded::HYPOTHESIS,
    key_wrong_kind::HYPOTHESIS,
    key_malformed::HYPOTHESIS,
    api_version_mismatch::HYPOTHESIS,
    header_stripped::HYPOTHESIS,
    key_unrecognized::HYPOTHESIS,
];

/// Judges a run.
#[must_use]
pub fn diagnose(facts: &Facts) -> Diagnosis {
    let case = Case::new(facts);
    let mut causes: Vec<Assessment> =
        HYPOTHESES.iter().map(|hypothesis| assess(hypothesis, &case)).collect();
    causes.sort_by_key(|assessment| std::cmp::Reverse(assessment.standing));
    put_withheld_first(&case, &mut causes);
    let named = causes.first().filter(|first| first.standing >= Standing::Likely);
    let (cause, confidence) = match named {
        Some(named) => (named.cause, named.standing),
        None => (Cause::Inconclusive, Standing::Possible),
    };
    if cause == Cause::Inconclusive {
        causes.insert(0, inconclusive(facts, &causes));
    }
    Diagnosis {
        verdict: cause.verdict(),
        cause,
        confidence,
        statement: statement(cause, confidence, &causes),
        exit_code: exit::of(cause, facts.run.ended_by).code(),
        causes,
        notes: notes::notes(&case, cause),
    }
}

fn assess(hypothesis: &Hypothesis, case: &Case<'_>) -> Assessment {
    let weighed = (hypothesis.weigh)(case);
    let words = words(hypothesis.cause);
    Assessment {
        cause: hypothesis.cause,
        standing: weighed.standing,
        side: hypothesis.cause.side(),
        evidence: weighed.evidence,
        against: weighed.against,
        next_step: weighed
            .next_step
            .or_else(|| use_the_other(case, hypothesis.cause))
            .unwrap_or_else(|| words.next_step.to_owned()),
        doc_url: words.doc_url.to_owned(),
    }
}

/// Where the key of another source works, the step is to use that one.
fn use_the_other(case: &Case<'_>, cause: Cause) -> Option<String> {
    let (works, used) = case.conflict().filter(|_| cause.side() == Some(Side::Caller))?;
    Some(format!("Put the key from `{works}`, which works, in the place of the one in `{used}`."))
}

/// A key that is never sent can't have another cause, however firmly the network's faults stand.
fn put_withheld_first(case: &Case<'_>, causes: &mut [Assessment]) {
    if case.facts.credential.withheld.is_none() && offline::has_key(case) {
        return;
    }
    let own = [Cause::KeyMissing, Cause::KeyPlaceholder, Cause::KeyWrongKind];
    causes.sort_by_key(|assessment| {
        let first = own.contains(&assessment.cause) && assessment.standing >= Standing::Likely;
        (!first, std::cmp::Reverse(assessment.standing))
    });
}

fn inconclusive(facts: &Facts, causes: &[Assessment]) -> Assessment {
    let words = words(Cause::Inconclusive);
    let open: Vec<String> = causes
        .iter()
        .filter(|assessment| assessment.standing == Standing::Possible)
        .map(|assessment| assessment.cause.to_string())
        .collect();
    let text = if facts.observations.is_empty() {
        match facts.run.ended_by {
            Some(EndedBy::Deadline) => "The deadline came before any answer.".to_owned(),
            Some(EndedBy::Interrupt) => "The run was stopped before any answer.".to_owned(),
            None => "Nothing was asked.".to_owned(),
        }
    } else if open.is_empty() {
        "No cause agrees with what was seen.".to_owned()
    } else {
        format!("Still possible: {}.", list(&open))
    };
    Assessment {
        cause: Cause::Inconclusive,
        standing: Standing::Possible,
        side: None,
        evidence: vec![crate::record::diagnosis::Evidence { probes: Vec::new(), text }],
        against: Vec::new(),
        next_step: ask_more(&facts.run).unwrap_or_else(|| words.next_step.to_owned()),
        doc_url: words.doc_url.to_owned(),
    }
}

/// What would tell more, where asking everything would not or already did not.
fn ask_more(run: &RunInfo) -> Option<String> {
    match run.ended_by {
        Some(EndedBy::Deadline) => {
            let tens = run.duration_ms.div_ceil(10_000).max(6);
            Some(format!("Run it again with `--deadline {}s`: the time was too short.", tens * 20))
        }
        Some(EndedBy::Interrupt) => Some("Run it again, and let it come to its end.".to_owned()),
        None => (run.profile == "full").then(|| {
            "Send this report to HeyGen's support: everything that can be asked was asked."
                .to_owned()
        }),
    }
}

fn statement(cause: Cause, confidence: Standing, causes: &[Assessment]) -> String {
    let headline = words(cause).headline;
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
