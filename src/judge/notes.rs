//! The notes, one row each: things worth knowing that ride along without being the cause.

mod places;
mod surroundings;

use chrono::{DateTime, TimeDelta, Utc};

use super::case::Case;
use super::group::Group;
use super::lists::versions;
use super::timeline::{Change, change};
use crate::heygen::endpoint::ME;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::{Note, NoteId};
use crate::record::facts::{FindingId, Reason};
use crate::record::probe::{ApiVersion, Credential};
use crate::record::wave::Wave;

/// All that is fixed of one note.
#[derive(Debug)]
pub struct NoteRow {
    /// The note in a few sentences, and if it matters.
    pub meaning: &'static str,
    /// One harmless thing to do about it.
    pub next_step: &'static str,
    /// Where a case calls for the note beside this cause, its message.
    rule: fn(&Case<'_>, Cause) -> Option<String>,
}

/// The row of a note.
#[must_use]
pub const fn of(id: NoteId) -> &'static NoteRow {
    match id {
        NoteId::ClockSkew => &surroundings::CLOCK_SKEW,
        NoteId::KeyConflict => &KEY_CONFLICT,
        NoteId::KeyOld => &KEY_OLD,
        NoteId::KeyBlanks => &KEY_BLANKS,
        NoteId::LegacyRetired => &LEGACY_RETIRED,
        NoteId::LegacyDeprecated => &LEGACY_DEPRECATED,
        NoteId::LegacyRefuses => &LEGACY_REFUSES,
        NoteId::BurstThrottled => &BURST_THROTTLED,
        NoteId::LowBalance => &LOW_BALANCE,
        NoteId::ExpiresSoon => &EXPIRES_SOON,
        NoteId::KeyReadOnly => &KEY_READ_ONLY,
        NoteId::KeyDescribedAsEnded => &KEY_DESCRIBED_AS_ENDED,
        NoteId::EnvFileDuplicate => &places::ENV_FILE_DUPLICATE,
        NoteId::EnvFileBom => &places::ENV_FILE_BOM,
        NoteId::EnvFileReaders => &places::ENV_FILE_READERS,
        NoteId::EnvShadowed => &places::ENV_SHADOWED,
        NoteId::KeyNearName => &places::KEY_NEAR_NAME,
        NoteId::SettingUnusable => &places::SETTING_UNUSABLE,
        NoteId::StatusPageIncident => &surroundings::STATUS_PAGE_INCIDENT,
        NoteId::BaseUrlOverride => &surroundings::BASE_URL_OVERRIDE,
        NoteId::ProxyInUse => &surroundings::PROXY_IN_USE,
        NoteId::TlsIntercepted => &surroundings::TLS_INTERCEPTED,
        NoteId::UserAgentBlocked => &surroundings::USER_AGENT_BLOCKED,
        NoteId::ChangedMidRun => &CHANGED_MID_RUN,
        NoteId::KeyedProbingStopped => &KEYED_PROBING_STOPPED,
        NoteId::RequirementUnmet => &REQUIREMENT_UNMET,
        NoteId::NotCounted => &NOT_COUNTED,
    }
}

/// The notes that a case calls for beside this cause.
pub(super) fn notes(case: &Case<'_>, cause: Cause) -> Vec<Note> {
    NoteId::ALL
        .into_iter()
        .filter_map(|id| Some(Note { id, message: (of(id).rule)(case, cause)? }))
        .collect()
}

const REQUIREMENT_UNMET: NoteRow = NoteRow {
    meaning: "The key works, but not for what `--require` or `--strict` asked.",
    next_step: "Read in the report which scope or balance is missing.",
    rule: by_requirements,
};

const NOT_COUNTED: NoteRow = NoteRow {
    meaning: "Something is wrong on a side that `--fail-on` leaves out, so the exit code is 0.",
    next_step: "Leave `--fail-on` out to have it counted.",
    rule: by_requirements,
};

/// No case calls for it: what the user requires does, in `requirements`.
const fn by_requirements(_: &Case<'_>, _: Cause) -> Option<String> {
    None
}

/// The balance, in US dollars or credits, below which a wallet is called low.
const LOW: f64 = 5.0;
/// The days before its end from which on a key is said to expire soon.
const SOON: i64 = 14;

const KEY_OLD: NoteRow = NoteRow {
    meaning: "The time inside the key is long ago. It is no fault, and a key that is never replaced stays good for whoever has copied it.",
    next_step: "Plan a replacement: make a second key, move your programs to it, then retire this one.",
    rule: |case, _| finding(case, FindingId::KeyOld),
};

const KEY_BLANKS: NoteRow = NoteRow {
    meaning: "There are spaces before or after the key. Many programs send them along, and some servers strip them.",
    next_step: "Remove the spaces where the key is stored.",
    rule: |case, _| finding(case, FindingId::KeyBlanks),
};

fn finding(case: &Case<'_>, id: FindingId) -> Option<String> {
    let findings = &case.facts.credential.findings;
    findings.iter().find(|finding| finding.id == id).map(|finding| finding.message.clone())
}

const KEY_CONFLICT: NoteRow = NoteRow {
    meaning: "Several places hold a key, and one that isn't used works while the one that is used doesn't.",
    next_step: "Look at the list of places with `heygen-doctor key`, and mend the one that is used.",
    rule: key_conflict,
};

fn key_conflict(case: &Case<'_>, _: Cause) -> Option<String> {
    let (name, used) = case.conflict()?;
    Some(format!(
        "The key in `{name}` works; the one in `{used}`, which is used instead of it, does not."
    ))
}

const LEGACY_RETIRED: NoteRow = NoteRow {
    meaning: "V1 and V2 no longer answer: they reached their end of life on 1 November 2026.",
    next_step: "Move the program to V3; the same key works there.",
    rule: legacy_retired,
};

fn legacy_retired(case: &Case<'_>, _: Cause) -> Option<String> {
    let legacy = case
        .seen
        .filter(|seen| seen.api_version != ApiVersion::V3 && seen.credential == Credential::Real);
    let retired =
        legacy.of(&[Class::Gone, Class::RouteNotFound, Class::Redirect, Class::NotHeygen]);
    (!retired.is_empty()
        && retired.len() == legacy.len()
        && case.none().any_of(&[Class::Unauthenticated]))
    .then(|| {
        format!("V1 and V2 answer {}: they are past their end of life. Use V3.", retired.statuses())
    })
}

const LEGACY_DEPRECATED: NoteRow = NoteRow {
    meaning: "V1 and V2 still answer, and announce their own end. A program that uses them may stop any day.",
    next_step: "Move the program to V3; the same key works there.",
    rule: legacy_deprecated,
};

fn legacy_deprecated(case: &Case<'_>, _: Cause) -> Option<String> {
    case.seen
        .iter()
        .filter(|seen| seen.api_version != ApiVersion::V3)
        .filter_map(|seen| seen.answer())
        .any(|answer| {
            answer.headers.contains_key("deprecation") || answer.headers.contains_key("sunset")
        })
        .then(|| {
            "V1 and V2 announce their own end in `deprecation` and `sunset` headers. Move to V3."
                .to_owned()
        })
}

const LEGACY_REFUSES: NoteRow = NoteRow {
    meaning: "V3 accepts the key, and V1 or V2 refuse it. A program that still uses them gets 401.",
    next_step: "Move the program to V3; the same key works there.",
    rule: legacy_refuses,
};

fn legacy_refuses(case: &Case<'_>, _: Cause) -> Option<String> {
    let legacy = case.legacy(Credential::Real);
    // 401 on a streaming path means that there is no session (docs.heygen.com/reference/errors).
    let refused = legacy
        .of(&[Class::Unauthenticated])
        .filter(|seen| !seen.endpoint.starts_with("v1.streaming"));
    let gets = if legacy.any_of(&[Class::Ok]) { "can get" } else { "gets" };
    (!refused.is_empty() && !case.agent_blocked() && case.accepted_and_not_made_up())
        .then(|| format!("A program on {} {gets} 401 with it.", versions(&refused)))
}

const BURST_THROTTLED: NoteRow = NoteRow {
    meaning: "Requests that came together got 429; single ones didn't.",
    next_step: "Send fewer requests at once, with a pause between them.",
    rule: burst_throttled,
};

fn burst_throttled(case: &Case<'_>, cause: Cause) -> Option<String> {
    let real = case.real().and(&case.of_load);
    let throttled = real.of(&[Class::RateLimited]).len();
    (throttled > 0 && cause != Cause::RateLimited && throttled < real.len()).then(|| {
        format!(
            "{throttled} of {} requests with the key were answered with 429 when they came together.",
            real.len()
        )
    })
}

const LOW_BALANCE: NoteRow = NoteRow {
    meaning: "The API wallet is nearly empty. Reads still work; making videos may soon be refused with 402.",
    next_step: "Add credit to the API wallet, or check that automatic reload is on.",
    rule: low_balance,
};

fn low_balance(case: &Case<'_>, cause: Cause) -> Option<String> {
    let balance = case.field(ME, "balance")?.as_f64()?;
    (balance > 0.0 && balance < LOW && cause != Cause::BalanceEmpty)
        .then(|| format!("The wallet is down to {balance:.2}."))
}

const EXPIRES_SOON: NoteRow = NoteRow {
    meaning: "HeyGen says that the key will expire soon. Until then it works.",
    next_step: "Make a second key before that day, and move your programs to it.",
    rule: expires_soon,
};

fn expires_soon(case: &Case<'_>, _: Cause) -> Option<String> {
    let at = case.expires_at()?;
    let left = at - case.facts.run.started_at;
    (left > TimeDelta::zero() && left < TimeDelta::days(SOON)).then(|| expires(at).message)
}

/// The note about a key that ends then.
pub(crate) fn expires(at: DateTime<Utc>) -> Note {
    let message = format!("It expires at {}.", at.format("%Y-%m-%d %H:%M UTC"));
    Note { id: NoteId::ExpiresSoon, message }
}

const KEY_READ_ONLY: NoteRow = NoteRow {
    meaning: "The key works, and by its own description it can only read. Making a video with it would be refused.",
    next_step: "If your program makes videos, use a key with the scope for that; otherwise nothing needs to be done.",
    rule: key_read_only,
};

fn key_read_only(case: &Case<'_>, cause: Cause) -> Option<String> {
    (cause == Cause::Healthy && case.reads_only()).then(|| {
        "By its own description it can only read: making a video would be refused.".to_owned()
    })
}

const KEY_DESCRIBED_AS_ENDED: NoteRow = NoteRow {
    meaning: "HeyGen describes the key as revoked or expired, and accepts it all the same. That may end at any time.",
    next_step: "Make a new key at https://app.heygen.com/settings?nav=API and move your programs to it.",
    rule: key_described_as_ended,
};

fn key_described_as_ended(case: &Case<'_>, _: Cause) -> Option<String> {
    (case.real().at(ME).any_of(&[Class::Ok]) && case.calls_itself_ended()).then(|| {
        "HeyGen describes it as revoked or expired, and accepts it all the same.".to_owned()
    })
}

const CHANGED_MID_RUN: NoteRow = NoteRow {
    meaning: "The answers changed while the run was going on, so the finding may already be out of date.",
    next_step: "Run `heygen-doctor check` once more.",
    rule: changed_mid_run,
};

fn changed_mid_run(case: &Case<'_>, _: Cause) -> Option<String> {
    match change(&case.real()) {
        Change::AcceptedThenRefused => {
            return Some("The key was accepted at first and refused later in this run.".to_owned());
        }
        Change::RefusedThenAccepted => {
            return Some("The key was refused at first and accepted later in this run.".to_owned());
        }
        _ => {}
    }
    let differs = |group: Group<'_>| {
        let early = group.filter(|seen| seen.wave == Wave::Controls).answered();
        let late = group.filter(|seen| seen.wave == Wave::Closing).answered();
        !early.is_empty() && !late.is_empty() && early.classes().is_disjoint(&late.classes())
    };
    (differs(case.none()) || differs(case.made_up()) || differs(case.unknown_route()))
        .then(|| "A control was answered differently at the end than at the start.".to_owned())
}

const KEYED_PROBING_STOPPED: NoteRow = NoteRow {
    meaning: "The doctor stopped sending the key early, because its requests began to look like an attack to what answers.",
    next_step: "Wait a few minutes, then run `heygen-doctor check --profile quick`.",
    rule: keyed_probing_stopped,
};

fn keyed_probing_stopped(case: &Case<'_>, _: Cause) -> Option<String> {
    case.facts.run.not_sent.iter().any(|entry| entry.reason == Some(Reason::Stopped)).then(|| {
        "Requests with the key were stopped early, so as not to look like an attack.".to_owned()
    })
}
