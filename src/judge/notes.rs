//! The notes, one row each: things worth knowing that ride along without being the cause.

use chrono::TimeDelta;

use super::case::{Case, ME};
use super::group::Group;
use super::timeline::{Change, change};
use crate::heygen::endpoint::ApiVersion;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::{Note, NoteId};
use crate::record::facts::{FindingId, Reason};
use crate::record::probe::Credential;

/// All that is fixed of one note.
#[derive(Debug)]
pub struct NoteRow {
    /// What it is, and whether it matters.
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
        NoteId::ClockSkew => &NoteRow {
            meaning: "This machine's clock and the server's differ. HeyGen's API doesn't mind, but certificates and log times do.",
            next_step: "Switch on time synchronisation on this machine.",
            rule: clock_skew,
        },
        NoteId::KeyConflict => &NoteRow {
            meaning: "Several places hold a key, and one that isn't used works while the one that is used doesn't.",
            next_step: "Look at the list of places with `heygen-doctor key`, and mend the one that is used.",
            rule: key_conflict,
        },
        NoteId::KeyOld => &NoteRow {
            meaning: "The time inside the key is long ago. It is no fault, but keys are best replaced from time to time.",
            next_step: "Plan a replacement: make a second key, move your programs to it, then retire this one.",
            rule: |case, _| finding(case, FindingId::KeyOld),
        },
        NoteId::KeyBlanks => &NoteRow {
            meaning: "There are blanks around the key. Many programs send them along, and some servers strip them.",
            next_step: "Remove the blanks where the key is stored.",
            rule: |case, _| finding(case, FindingId::KeyBlanks),
        },
        NoteId::LegacyRetired => &NoteRow {
            meaning: "V1 and V2 no longer answer: they reached their end of life on 1 November 2026.",
            next_step: "Move the program to V3; the same key works there.",
            rule: legacy_retired,
        },
        NoteId::LegacyDeprecated => &NoteRow {
            meaning: "V1 and V2 still answer, and announce their own end. A program that uses them may stop any day.",
            next_step: "Move the program to V3; the same key works there.",
            rule: legacy_deprecated,
        },
        NoteId::BurstThrottled => &NoteRow {
            meaning: "Requests that came together got 429; single ones didn't.",
            next_step: "Send fewer requests at once, and wait as long as `Retry-After` says.",
            rule: burst_throttled,
        },
        NoteId::LowBalance => &NoteRow {
            meaning: "The API wallet is nearly empty. Reads still work; making videos may soon be refused with 402.",
            next_step: "Add credit to the API wallet, or check that automatic reload is on.",
            rule: low_balance,
        },
        NoteId::ExpiresSoon => &NoteRow {
            meaning: "HeyGen says that the key will expire soon. Until then it works.",
            next_step: "Make a second key before that day, and move your programs to it.",
            rule: expires_soon,
        },
        NoteId::KeyReadOnly => &NoteRow {
            meaning: "The key works, and its own description lets it read and nothing else. Making a video with it would be refused.",
            next_step: "If your program makes videos, use a key with the scope for that; otherwise nothing needs to be done.",
            rule: key_read_only,
        },
        NoteId::KeyDescribedAsEnded => &NoteRow {
            meaning: "HeyGen describes the key as withdrawn or past its end, and accepts it all the same. That may end at any time.",
            next_step: "Make a new key at https://app.heygen.com/settings?nav=API and move your programs to it.",
            rule: key_described_as_ended,
        },
        NoteId::StatusPageIncident => &NoteRow {
            meaning: "HeyGen's status page reports something about the API. It may or may not concern these requests.",
            next_step: "Read status.heygen.com before changing anything.",
            rule: status_page_incident,
        },
        NoteId::BaseUrlOverride => &NoteRow {
            meaning: "The requests went to another base URL than HeyGen's, because a flag or a variable says so.",
            next_step: "Check that the base URL is meant: the key is sent there.",
            rule: base_url_override,
        },
        NoteId::ProxyInUse => &NoteRow {
            meaning: "The requests went through a proxy. With an encrypted connection it sees the host, not the key, unless it inspects traffic.",
            next_step: "Compare with a run with `NO_PROXY=api.heygen.com`, if the network allows it.",
            rule: proxy_in_use,
        },
        NoteId::TlsIntercepted => &NoteRow {
            meaning: "Something on the way opens the encrypted connection, with a certificate that this machine trusts. Answers still come from HeyGen, but that something can read the key.",
            next_step: "Ask whoever runs the network whether this is meant.",
            rule: tls_intercepted,
        },
        NoteId::UserAgentBlocked => &NoteRow {
            meaning: "Requests under the doctor's own name were blocked, and others weren't. The key was judged by the others.",
            next_step: "If your program is blocked, set a `User-Agent` that names it.",
            rule: user_agent_blocked,
        },
        NoteId::ChangedMidRun => &NoteRow {
            meaning: "The answers changed while the run was going on, so the finding may already be out of date.",
            next_step: "Run `heygen-doctor check` once more.",
            rule: changed_mid_run,
        },
        NoteId::KeyedProbingStopped => &NoteRow {
            meaning: "The doctor stopped sending the key early, because its requests began to look like an attack to what answers.",
            next_step: "Wait a few minutes, then run `heygen-doctor check --profile quick`.",
            rule: keyed_probing_stopped,
        },
        NoteId::RequirementUnmet => &NoteRow {
            meaning: "The key works, but not for what `--require` or `--strict` asked.",
            next_step: "Read in the report which scope or balance is missing.",
            rule: by_requirements,
        },
        NoteId::NotCounted => &NoteRow {
            meaning: "Something is wrong on a side that `--fail-on` leaves out, so the exit code is 0.",
            next_step: "Leave `--fail-on` out to have it counted.",
            rule: by_requirements,
        },
    }
}

/// The notes that a case calls for beside this cause.
pub(super) fn notes(case: &Case<'_>, cause: Cause) -> Vec<Note> {
    NoteId::ALL
        .into_iter()
        .filter_map(|id| Some(Note { id, message: (of(id).rule)(case, cause)? }))
        .collect()
}

/// No case calls for it: what the user requires does, in `requirements`.
const fn by_requirements(_: &Case<'_>, _: Cause) -> Option<String> {
    None
}

/// Seconds of skew that signed requests and certificates begin to suffer from.
const SKEW: f64 = 60.0;
/// US dollars, or credits, below which a wallet is called low.
const LOW: f64 = 5.0;
/// Days before its expiry from which a key is called soon to expire.
const SOON: i64 = 14;

fn finding(case: &Case<'_>, id: FindingId) -> Option<String> {
    let findings = &case.facts.credential.findings;
    findings.iter().find(|finding| finding.id == id).map(|finding| finding.message.clone())
}

fn clock_skew(case: &Case<'_>, _: Cause) -> Option<String> {
    let skew = case.facts.network.clock_skew_s.filter(|skew| skew.abs() > SKEW)?;
    let direction = if skew > 0.0 { "behind" } else { "ahead of" };
    Some(format!("This machine's clock is {:.0} s {direction} the server's.", skew.abs()))
}

fn key_conflict(case: &Case<'_>, _: Cause) -> Option<String> {
    let (name, used) = case.conflict()?;
    Some(format!(
        "The key in `{name}` works; the one in `{used}`, which is used instead of it, does not."
    ))
}

fn legacy_retired(case: &Case<'_>, _: Cause) -> Option<String> {
    let legacy = case.seen.filter(|seen| {
        seen.observation.api_version != ApiVersion::V3
            && seen.observation.credential == Credential::Real
    });
    let retired =
        legacy.of(&[Class::Gone, Class::RouteNotFound, Class::Redirect, Class::NotHeygen]);
    (!retired.is_empty()
        && retired.len() == legacy.len()
        && case.none().any_of(&[Class::Unauthenticated]))
    .then(|| {
        format!("V1 and V2 answer {}: they are past their end of life. Use V3.", retired.statuses())
    })
}

fn legacy_deprecated(case: &Case<'_>, _: Cause) -> Option<String> {
    case.seen
        .0
        .iter()
        .filter(|seen| seen.observation.api_version != ApiVersion::V3)
        .filter_map(|seen| seen.observation.answer())
        .any(|answer| {
            answer.headers.contains_key("deprecation") || answer.headers.contains_key("sunset")
        })
        .then(|| {
            "V1 and V2 announce their own end in `deprecation` and `sunset` headers. Move to V3."
                .to_owned()
        })
}

fn burst_throttled(case: &Case<'_>, cause: Cause) -> Option<String> {
    let real = case.real();
    let throttled = real.of(&[Class::RateLimited]);
    (!throttled.is_empty() && cause != Cause::RateLimited && throttled.len() < real.len()).then(
        || {
            format!(
                "{} of {} requests with the key were answered with 429 when they came together.",
                throttled.len(),
                real.len()
            )
        },
    )
}

fn low_balance(case: &Case<'_>, cause: Cause) -> Option<String> {
    let balance = case.field(ME, "balance")?.as_f64()?;
    (balance > 0.0 && balance < LOW && cause != Cause::BalanceEmpty)
        .then(|| format!("The wallet is down to {balance:.2}."))
}

fn expires_soon(case: &Case<'_>, _: Cause) -> Option<String> {
    let at = case.expires_at()?;
    let left = at - case.facts.run.started_at;
    (left > TimeDelta::zero() && left < TimeDelta::days(SOON))
        .then(|| format!("The key expires at {}.", at.format("%Y-%m-%d %H:%M UTC")))
}

fn key_read_only(case: &Case<'_>, cause: Cause) -> Option<String> {
    (cause == Cause::Healthy && case.reads_only()).then(|| {
        "The key's own description lets it read and nothing else: making a video would be refused."
            .to_owned()
    })
}

fn key_described_as_ended(case: &Case<'_>, _: Cause) -> Option<String> {
    (case.real().at(ME).any_of(&[Class::Ok]) && case.calls_itself_ended()).then(|| {
        "The key's own description says that it was withdrawn or is past its end, and it is accepted nevertheless.".to_owned()
    })
}

fn status_page_incident(case: &Case<'_>, _: Cause) -> Option<String> {
    let page = case.facts.network.status_page.as_ref()?;
    let component = page.component.as_deref()?;
    (component != "operational").then(|| match page.incidents.first() {
        Some(incident) => {
            format!("HeyGen's status page says `{component}` of the API: {incident}.")
        }
        None => format!("HeyGen's status page says `{component}` of the API."),
    })
}

fn base_url_override(case: &Case<'_>, _: Cause) -> Option<String> {
    let source = case.facts.environment.base_url_override.as_deref()?;
    Some(format!("The base URL {} was set by {source}.", case.facts.run.base_url))
}

fn proxy_in_use(case: &Case<'_>, _: Cause) -> Option<String> {
    let proxy = case.facts.environment.proxy.as_ref()?;
    Some(format!("Requests go through the proxy {}, set by {}.", proxy.url, proxy.source))
}

fn tls_intercepted(case: &Case<'_>, cause: Cause) -> Option<String> {
    let tls = case.facts.network.tls.as_ref()?;
    (tls.trusted_here && !tls.trusted_publicly && cause != Cause::TlsIntercepted).then(|| {
        let issuer = tls.chain.first().map_or("an authority that isn't public", |leaf| leaf.issuer.as_str());
        format!("The TLS connection is opened on the way: this machine trusts its certificate, signed by `{issuer}`; public roots don't.")
    })
}

fn user_agent_blocked(case: &Case<'_>, _: Cause) -> Option<String> {
    case.agent_blocked().then(|| {
        "Requests under the doctor's own user agent are blocked; the key was judged under another.".to_owned()
    })
}

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
        let early = group.filter(|seen| seen.observation.wave == 2).answered();
        let late = group.filter(|seen| seen.observation.wave == 6).answered();
        !early.is_empty() && !late.is_empty() && early.classes().is_disjoint(&late.classes())
    };
    (differs(case.none()) || differs(case.made_up()) || differs(case.unknown_route()))
        .then(|| "A control was answered differently at the end than at the start.".to_owned())
}

fn keyed_probing_stopped(case: &Case<'_>, _: Cause) -> Option<String> {
    case.facts.run.not_sent.iter().any(|entry| entry.reason == Some(Reason::Stopped)).then(|| {
        "Requests with the key were stopped early, so as not to look like an attack.".to_owned()
    })
}
