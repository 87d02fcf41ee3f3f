//! What each request shows, and which cause that speaks for.

use super::differences::{Difference, between, name};
use super::mistake::{of_form, of_slip, of_value};
use super::{Charge, Scene, answerer, is_accepted};
use crate::judge::causes::of;
use crate::judge::said::is_telling;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::heard::{Answerer, Flaw, Form, Heard, Presented};
use crate::record::observation::FaultKind;
use crate::text::{list, neutralise};

/// The most letters of HeyGen's own words that are told.
const MOST_SAID: usize = 200;

/// Everything that the requests show.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Charge> {
    let each = scene.heard.iter().enumerate();
    each.flat_map(|(at, heard)| {
        let mut own = mistakes(scene, at, heard);
        if own.is_empty() && !is_accepted(heard) {
            own.extend(by_answer(scene, at, heard));
        }
        own.extend(limited(at, heard));
        own.into_iter()
            .map(|charge| answered(scene, heard, of_another_key(heard, charge)))
            .collect::<Vec<_>>()
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

/// How to ask with a key that the doctor doesn't take by itself.
pub(super) const WITH_ITS_KEY: &str = "Put the key that the program sends into a variable, and run `heygen-doctor check --key-env` with its name.";

/// A report would be about another key than the one that is sent.
fn of_another_key(heard: &Heard, charge: Charge) -> Charge {
    let is_own = |one: &Presented| matches!(one.form, Form::AsKnown | Form::Trimmed);
    if heard.credentials.iter().any(is_own) || !charge.next_step.contains("`heygen-doctor report") {
        return charge;
    }
    Charge { next_step: WITH_ITS_KEY.to_owned(), ..charge }
}

/// What the answer to a request without a mistake says.
fn by_answer(scene: &Scene<'_>, at: usize, heard: &Heard) -> Option<Charge> {
    if let Some(fault) = heard.answered.as_ref().and_then(|answered| answered.fault) {
        return Some(not_passed_on(at, fault));
    }
    let class = heard.class()?;
    let (cause, standing) = match class {
        Class::Unauthenticated => return Some(refused(scene, at, heard)),
        Class::QuotaExceeded => (Cause::QuotaExceeded, Standing::Likely),
        Class::RateLimited => (Cause::RateLimited, Standing::Likely),
        Class::Suspended => (Cause::AccountSuspended, Standing::Likely),
        Class::ApiNotEnabled => (Cause::ApiAccessNotEnabled, Standing::Likely),
        Class::ProxyAuth => (Cause::ProxyError, Standing::Likely),
        Class::NotHeygen if heard.host == "api.heygen.com" => {
            let step = "Find out which proxy or portal answers in HeyGen's place: ask the same URL from another network, or without the proxy.";
            let charge = plain(
                Cause::WrongHost,
                Standing::Likely,
                at,
                "An HTML page or something else that HeyGen's API never sends came from its own address: a proxy or a portal answers.",
            );
            return Some(Charge { next_step: step.to_owned(), ..charge });
        }
        Class::NotHeygen => (Cause::WrongHost, Standing::Likely),
        Class::RouteNotFound | Class::Redirect => (Cause::WrongHost, Standing::Possible),
        Class::Forbidden => (Cause::PermissionDenied, Standing::Possible),
        Class::EdgeBlock => (Cause::BlockedAtEdge, Standing::Possible),
        Class::ServerError | Class::EdgeError => (Cause::ServiceOutage, Standing::Possible),
        _ => (Cause::Inconclusive, Standing::Possible),
    };
    Some(plain(cause, standing, at, &said(heard, class)))
}

/// What the answer means, with the code and the words in it, and how long to wait.
fn said(heard: &Heard, class: Class) -> String {
    with_its_words(heard, class.meaning())
}

/// A sentence, and behind it the words of the answer that say more than its status.
fn with_its_words(heard: &Heard, sentence: &str) -> String {
    let Some(answered) = &heard.answered else { return sentence.to_owned() };
    let quoted = |text: &str| {
        let text: String = neutralise(text).chars().take(MOST_SAID).collect();
        format!("`{}`", text.replace('`', "'"))
    };
    let status = answered.status.unwrap_or_default();
    let message = answered.message.as_deref().filter(|message| is_telling(status, message));
    let said = answered.code.as_deref().zip(message);
    let said = said
        .map(|(code, message)| format!(" The answer says {}: {}.", quoted(code), quoted(message)));
    let wait = answered.retry_after.map(|wait| format!(" It asks to wait for {wait} s."));
    [sentence.to_owned(), said.unwrap_or_default(), wait.unwrap_or_default()].concat()
}

/// A request that the doctor couldn't pass on, by the type of the fault.
fn not_passed_on(at: usize, fault: FaultKind) -> Charge {
    let (cause, text) = match fault {
        FaultKind::Proxy => {
            (Cause::ProxyError, "The proxy can't be reached, or doesn't connect to HeyGen.")
        }
        FaultKind::Tls => (
            Cause::TlsError,
            "The TLS handshake failed: the certificate that came isn't trusted, or no TLS is spoken there.",
        ),
        FaultKind::Dns => (Cause::DnsFailure, "The name of the host isn't found."),
        FaultKind::Timeout | FaultKind::ConnectTimeout => {
            (Cause::Timeout, "No answer came in time.")
        }
        _ => (Cause::ConnectionFailed, "The host can't be connected to."),
    };
    plain(cause, Standing::Likely, at, &format!("The doctor couldn't pass it on to HeyGen. {text}"))
}

/// A key that is accepted, and held back by what belongs to the account.
fn limited(at: usize, heard: &Heard) -> Option<Charge> {
    let class = heard.class()?;
    let cause = match class {
        Class::InsufficientScope => Cause::InsufficientScope,
        Class::PaymentRequired => Cause::CreditExhausted,
        _ => return None,
    };
    Some(plain(cause, Standing::Likely, at, &said(heard, class)))
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
        let text = with_its_words(heard, "HeyGen refuses it.");
        return plain(Cause::KeyUnrecognized, Standing::Possible, at, &text);
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
        charge.text.push_str(match answerer(heard) {
            Some(Answerer::Double) => " The double accepts it, and HeyGen may not.",
            _ => " It is accepted all the same.",
        });
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
