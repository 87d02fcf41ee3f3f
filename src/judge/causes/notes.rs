//! What rides along without being the cause: a table, one row each.

use chrono::TimeDelta;

use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::Note;
use crate::record::facts::STOPPED;
use crate::record::probe::ApiVersion;
use crate::record::probe::Credential;

use super::case::{Case, ME};
use super::timeline::{Change, change};
use super::{insufficient_scope, key_revoked};

type Check = fn(&Case<'_>, Cause) -> Option<String>;

/// Every note, with what calls for it.
pub const NOTES: &[(&str, Check)] = &[
    ("clock_skew", clock_skew),
    ("key_conflict", key_conflict),
    ("key_old", |case, _| finding(case, "key_old")),
    ("key_blanks", |case, _| finding(case, "key_blanks")),
    ("legacy_retired", legacy_retired),
    ("legacy_deprecated", legacy_deprecated),
    ("burst_throttled", burst_throttled),
    ("low_balance", low_balance),
    ("expires_soon", expires_soon),
    ("key_read_only", key_read_only),
    ("key_described_as_ended", key_described_as_ended),
    ("status_page_incident", status_page_incident),
    ("base_url_override", base_url_override),
    ("proxy_in_use", proxy_in_use),
    ("tls_intercepted", tls_intercepted),
    ("user_agent_blocked", user_agent_blocked),
    ("changed_mid_run", changed_mid_run),
    ("keyed_probing_stopped", keyed_probing_stopped),
];

/// The notes that a case calls for.
#[must_use]
pub(super) fn notes(case: &Case<'_>, cause: Cause) -> Vec<Note> {
    NOTES
        .iter()
        .filter_map(|(id, check)| Some(Note { id: (*id).to_owned(), message: check(case, cause)? }))
        .collect()
}

/// Seconds of skew that signed requests and certificates begin to suffer from.
const SKEW: f64 = 60.0;
/// US dollars, or credits, below which a wallet is called low.
const LOW: f64 = 5.0;
/// Days before its expiry from which a key is called soon to expire.
const SOON: i64 = 14;

fn finding(case: &Case<'_>, id: &str) -> Option<String> {
    case.findings(&[id]).first().map(|finding| finding.message.clone())
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
    (cause == Cause::Healthy && insufficient_scope::reads_only(case)).then(|| {
        "The key's own description lets it read and nothing else: making a video would be refused."
            .to_owned()
    })
}

fn key_described_as_ended(case: &Case<'_>, _: Cause) -> Option<String> {
    (case.real().at(ME).any_of(&[Class::Ok]) && key_revoked::calls_itself_ended(case)).then(|| {
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
    let differs = |group: super::Group<'_>| {
        let early = group.filter(|seen| seen.observation.wave == 2).answered();
        let late = group.filter(|seen| seen.observation.wave == 6).answered();
        !early.is_empty() && !late.is_empty() && early.classes().is_disjoint(&late.classes())
    };
    (differs(case.none()) || differs(case.made_up()) || differs(case.unknown_route()))
        .then(|| "A control was answered differently at the end than at the start.".to_owned())
}

fn keyed_probing_stopped(case: &Case<'_>, _: Cause) -> Option<String> {
    case.facts.run.not_sent.iter().any(|entry| entry.why.starts_with(STOPPED)).then(|| {
        "Requests with the key were stopped early, so as not to look like an attack.".to_owned()
    })
}
