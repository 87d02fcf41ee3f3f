//! What each request shows, and which cause that speaks for.

use super::differences::{Difference, between, name};
use super::{Scene, is_accepted, slip};
use crate::heygen::route;
use crate::judge::causes::of;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::facts::{About, Finding, FindingId};
use crate::record::heard::{Flaw, Form, Heard, Presented, Slip};
use crate::text::list;

/// A request that speaks for a cause.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub(super) cause: Cause,
    pub(super) standing: Standing,
    /// The place of the request.
    pub(super) request: usize,
    pub(super) headline: String,
    pub(super) text: String,
    pub(super) next_step: String,
}

/// Everything that the requests show.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Charge> {
    let each = scene.heard.iter().enumerate();
    each.flat_map(|(at, heard)| {
        let mut own = mistakes(scene, at, heard);
        if own.is_empty() && !is_accepted(heard) {
            own.extend(by_answer(scene, at, heard));
        }
        own.extend(limited(at, heard));
        own.into_iter().map(|charge| answered(scene, heard, charge)).collect::<Vec<_>>()
    })
    .collect()
}

/// The mistakes in a request, told by its own look.
fn mistakes(scene: &Scene<'_>, at: usize, heard: &Heard) -> Vec<Charge> {
    let findings = heard.findings.iter().filter_map(|flaw| match flaw {
        Flaw::Key(id) => of_value(scene, at, *id),
        Flaw::Request(slip) => of_slip(at, heard, *slip),
    });
    let mut charges: Vec<Charge> = findings.collect();
    charges.extend(heard.credentials.iter().filter_map(|one| of_form(at, heard, one)));
    // One mistake may be seen in two ways.
    let mut told = Vec::new();
    charges.retain(|charge| {
        let is_new = !told.contains(&charge.cause) || charge.cause == Cause::Inconclusive;
        told.push(charge.cause);
        is_new
    });
    charges
}

fn of_value(scene: &Scene<'_>, at: usize, id: FindingId) -> Option<Charge> {
    let known = scene.credential.findings.iter().find(|finding| finding.id == id);
    let fallback = || format!("`heygen-doctor explain {id}` tells what is wrong with the value.");
    let text = known.map_or_else(fallback, |finding| finding.message.clone());
    let (cause, standing) = match id.about() {
        _ if id == FindingId::KeyEmpty => (Cause::KeyMissing, Standing::Likely),
        // Clients and servers cut blanks off, each in its own way.
        _ if id == FindingId::KeyBlanks => (Cause::KeyMalformed, Standing::Possible),
        About::Placeholder => (Cause::KeyPlaceholder, Standing::Likely),
        About::Damage | About::Copying => (Cause::KeyMalformed, Standing::Likely),
        About::Layers => (Cause::KeyEncoded, Standing::Likely),
        About::Foreign => (Cause::KeyWrongKind, Standing::Likely),
        About::Place | About::Form | About::Age => return None,
    };
    let own = |part: fn(&Finding) -> Option<&String>| known.and_then(part).cloned();
    let empty = (id == FindingId::KeyEmpty).then(|| "the header of the key is empty".to_owned());
    let headline = own(|finding| finding.clause.as_ref()).or(empty);
    let step = own(|finding| finding.step.as_ref()).map(|step| format!("{step}."));
    Some(Charge {
        cause,
        standing,
        request: at,
        headline: headline.unwrap_or_else(|| of(cause).headline.to_owned()),
        text,
        next_step: step.unwrap_or_else(|| of(cause).next_step.to_owned()),
    })
}

fn of_slip(at: usize, heard: &Heard, slip: Slip) -> Option<Charge> {
    let row = slip::of(slip)?;
    let shown = heard.credentials.first();
    let is_beside_the_answer = match slip {
        // It answers still, and a note tells what replaces it.
        Slip::RetiredPath => !is_past(heard),
        // Another answer would have come of these.
        Slip::OtherMethod | Slip::NoBody | Slip::NoContentType => {
            heard.has(Slip::RetiredPath) && heard.class().is_some() && is_past(heard)
        }
        _ => false,
    };
    if is_beside_the_answer {
        return None;
    }
    let replaced = route::successor(&heard.target).map(|by| format!("Use {by} in its place."));
    let source = shown.and_then(|one| one.source.as_deref());
    let whose =
        source.map_or_else(String::new, |it| format!(" The key from `{it}` is a part of it."));
    let filled = row
        .text
        .replace("{header}", shown.map_or("", |one| one.header.trim_start_matches('?')))
        .replace("{place}", &place(shown))
        .replace("{host}", &heard.host)
        .replace("{path}", heard.path())
        .replace("{whose}", &whose)
        .replace("{successor}", &route::fate(&heard.target));
    Some(Charge {
        cause: row.cause,
        standing: row.standing,
        request: at,
        headline: row.headline.to_owned(),
        text: filled,
        next_step: replaced
            .filter(|_| slip == Slip::RetiredPath)
            .unwrap_or_else(|| row.next_step.to_owned()),
    })
}

/// Nothing shows that this retired path answers still.
pub(super) fn is_past(heard: &Heard) -> bool {
    matches!(heard.class(), None | Some(Class::Gone | Class::RouteNotFound))
}

/// Where a credential stands, with the word before it.
fn place(shown: Option<&Presented>) -> String {
    let Some(one) = shown else { return String::new() };
    let words = [one.header.as_str(), one.scheme.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(": ")
}

/// The known key in another form than the doctor knows it.
fn of_form(at: usize, heard: &Heard, one: &Presented) -> Option<Charge> {
    let source = one.source.as_deref()?;
    if heard.has(Slip::KeyInAuthorization) || heard.has(Slip::OtherScheme) {
        return None;
    }
    let (cause, headline, how, step) = match one.form {
        Form::Encoded => (
            Cause::KeyEncoded,
            "the key is encoded once too often",
            "encoded once more",
            "Send the key as HeyGen shows it; don't encode it.",
        ),
        Form::Decoded => (
            Cause::KeyEncoded,
            "the key is decoded before it is sent",
            "decoded from base64",
            "Send the key as HeyGen shows it; don't decode it.",
        ),
        Form::Quoted => (
            Cause::KeyMalformed,
            "the key is sent with quotes around it",
            "with quotes around it",
            "Take the quotes off where the program reads the key.",
        ),
        Form::Truncated => (
            Cause::KeyMalformed,
            "only a part of the key is sent",
            "and a part of it is missing",
            "Find out where the program cuts the key: a length limit, or a sign that it splits at.",
        ),
        Form::AsKnown | Form::Trimmed | Form::OtherSource | Form::Placeholder | Form::Unknown => {
            return None;
        }
    };
    Some(Charge {
        cause,
        standing: Standing::Likely,
        request: at,
        headline: headline.to_owned(),
        text: format!("It is the key from `{source}`, {how}."),
        next_step: step.to_owned(),
    })
}

/// What the answer to a request without a mistake says.
fn by_answer(scene: &Scene<'_>, at: usize, heard: &Heard) -> Option<Charge> {
    let class = heard.class()?;
    let (cause, standing) = match class {
        Class::Unauthenticated => return Some(refused(scene, at, heard)),
        Class::QuotaExceeded => (Cause::QuotaExceeded, Standing::Likely),
        Class::RateLimited => (Cause::RateLimited, Standing::Likely),
        Class::Suspended => (Cause::AccountSuspended, Standing::Likely),
        Class::ApiNotEnabled => (Cause::ApiAccessNotEnabled, Standing::Likely),
        Class::ProxyAuth => (Cause::ProxyError, Standing::Likely),
        Class::NotHeygen => (Cause::WrongHost, Standing::Likely),
        Class::RouteNotFound | Class::Redirect => (Cause::WrongHost, Standing::Possible),
        Class::Forbidden => (Cause::PermissionDenied, Standing::Possible),
        Class::EdgeBlock => (Cause::BlockedAtEdge, Standing::Possible),
        Class::ServerError | Class::EdgeError => (Cause::ServiceOutage, Standing::Possible),
        _ => (Cause::Inconclusive, Standing::Possible),
    };
    Some(plain(cause, standing, at, class.meaning()))
}

/// A key that is accepted, and held back by what belongs to the account.
fn limited(at: usize, heard: &Heard) -> Option<Charge> {
    let class = heard.class()?;
    let cause = match class {
        Class::InsufficientScope => Cause::InsufficientScope,
        Class::PaymentRequired => Cause::CreditExhausted,
        _ => return None,
    };
    Some(plain(cause, Standing::Likely, at, class.meaning()))
}

fn plain(cause: Cause, standing: Standing, at: usize, text: &str) -> Charge {
    Charge {
        cause,
        standing,
        request: at,
        headline: of(cause).headline.to_owned(),
        text: text.to_owned(),
        next_step: of(cause).next_step.to_owned(),
    }
}

/// The requests that are accepted, each with what differs in this one.
fn accepted<'a>(
    scene: &'a Scene<'_>,
    heard: &'a Heard,
) -> impl Iterator<Item = (usize, Vec<Difference>)> + 'a {
    let accepted = scene.heard.iter().enumerate().filter(|(_, one)| is_accepted(one));
    accepted.map(|(at, one)| (at, between(one, heard)))
}

/// The place of the request that is accepted and differs least, and in what.
fn nearest(scene: &Scene<'_>, heard: &Heard) -> Option<(usize, Vec<Difference>)> {
    accepted(scene, heard).min_by_key(|(_, found)| found.len())
}

/// V3 refuses what V1 or V2 accepts, and accepts it nowhere.
fn is_accepted_by_legacy_alone(scene: &Scene<'_>, heard: &Heard) -> bool {
    let is_v3 = |one: &Heard| one.path().starts_with("/v3/");
    let mut alike = accepted(scene, heard)
        .filter(|(_, found)| !found.iter().any(|one| one.is_of_key()))
        .map(|(at, _)| &scene.heard[at])
        .peekable();
    is_v3(heard) && alike.peek().is_some() && !alike.any(is_v3)
}

/// Refused, and nothing in the request says why: what is accepted beside it may.
fn refused(scene: &Scene<'_>, at: usize, heard: &Heard) -> Charge {
    let Some((_, differences)) = nearest(scene, heard) else {
        return plain(Cause::KeyUnrecognized, Standing::Possible, at, "HeyGen refuses it.");
    };
    if differences.is_empty() {
        let text = "HeyGen refuses it, and accepts the same request at another time.";
        return plain(Cause::InconsistentAuth, Standing::Likely, at, text);
    }
    if differences.contains(&Difference::Credential) {
        let text = "HeyGen refuses the key in it, and accepts another one.";
        return plain(Cause::KeyUnrecognized, Standing::Likely, at, text);
    }
    if is_accepted_by_legacy_alone(scene, heard) {
        let text = "V3 refuses the key, and V1 or V2 accepts the same one.";
        return plain(Cause::ApiVersionMismatch, Standing::Likely, at, text);
    }
    let text = "HeyGen refuses it, and accepts the same key in another request.";
    plain(Cause::Inconclusive, Standing::Possible, at, text)
}

/// The charge beside the answer: accepted all the same, or refused where another request is accepted.
fn answered(scene: &Scene<'_>, heard: &Heard, mut charge: Charge) -> Charge {
    let Some(answer) = &heard.answered else { return charge };
    let is_limit = matches!(charge.cause, Cause::InsufficientScope | Cause::CreditExhausted);
    if is_accepted(heard) && !is_limit {
        charge.standing = Standing::RuledOut;
        charge.text.push_str(" It is accepted all the same.");
        return charge;
    }
    if let Some(status) = answer.status {
        charge.text = format!("{} It got {status}.", charge.text);
    }
    if let Some((at, differences)) = nearest(scene, heard).filter(|(_, found)| !found.is_empty()) {
        let words: Vec<&str> = differences.iter().map(|one| one.words()).collect();
        charge.text = format!(
            "{} Request {} ({}) is accepted, and differs in {}.",
            charge.text,
            at + 1,
            name(&scene.heard[at]),
            list(&words)
        );
    }
    charge
}
