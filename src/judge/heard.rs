//! The diagnosis of what another program sent. Nothing was asked here, so nothing is more than likely.

mod charge;
mod differences;
mod evidence;
mod mistake;
pub(crate) mod slip;

use super::causes::{ORDER, of, statement};
use crate::heygen::route;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::{Assessment, Diagnosis, Evidence, Note, NoteId, Standing};
use crate::record::facts::{CredentialInfo, Facts, Profile};
use crate::record::heard::{Answerer, Form, Heard, Slip};
use crate::text::first_few;
use evidence::gathered;

/// All that the judgement reads.
struct Scene<'a> {
    heard: &'a [Heard],
    credential: &'a CredentialInfo,
}

/// A request that speaks for a cause.
#[derive(Clone, Debug)]
struct Charge {
    cause: Cause,
    standing: Standing,
    /// The place of the request.
    request: usize,
    headline: String,
    text: String,
    next_step: String,
}

/// 1. No request for HeyGen: inconclusive.
/// 2. A request that shows a mistake, and wasn't accepted all the same: the mistake is likely.
/// 3. The answer to a request without a mistake: what it says by a code is likely, by a status alone possible.
/// 4. Refused where the same request, or one with another key, is accepted: likely.
/// 5. Nothing of all this, and each answered request is accepted: the key likely works.
/// 6. Otherwise inconclusive: what is wrong apart from the key is told, or that nobody asked.
pub(super) fn diagnose(facts: &Facts, heard: &[Heard]) -> Diagnosis {
    let asked: Vec<Heard> = heard.iter().filter(|one| is_for_heygen(one)).cloned().collect();
    let scene = Scene { heard: &asked, credential: &facts.credential };
    let charges = charge::all(&scene);
    let mut causes: Vec<Assessment> = ORDER
        .into_iter()
        .filter(|cause| *cause != Cause::Inconclusive)
        .map(|cause| assessed(cause, &scene, &charges))
        .collect();
    causes.sort_by_key(|one| std::cmp::Reverse(one.standing));
    let named = causes.first().filter(|first| first.standing >= Standing::Likely);
    let (cause, confidence) = match named {
        Some(named) => (named.cause, named.standing),
        None => (Cause::Inconclusive, Standing::Possible),
    };
    if cause == Cause::Inconclusive {
        let assessment = if asked.is_empty() {
            nothing_heard(facts, heard)
        } else {
            inconclusive(&scene, &charges, &causes)
        };
        causes.insert(0, assessment);
    }
    let headline = causes.first().and_then(|first| first.headline.clone());
    let mut diagnosis = Diagnosis {
        verdict: of(cause).verdict,
        cause,
        confidence,
        headline: headline.unwrap_or_else(|| of(cause).headline.to_owned()),
        statement: String::new(),
        exit_code: super::causes::exit(cause, facts.run.ended_by).code(),
        causes,
        notes: notes(&asked, cause),
    };
    diagnosis.statement = statement(&diagnosis);
    diagnosis
}

/// A request for HeyGen's API; what a browser asks before it says nothing of a key.
fn is_for_heygen(heard: &Heard) -> bool {
    !heard.has(Slip::NotForHeygen) && heard.method != "OPTIONS"
}

fn assessment(cause: Cause, standing: Standing) -> Assessment {
    Assessment {
        cause,
        headline: None,
        standing,
        side: of(cause).side,
        evidence: Vec::new(),
        against: Vec::new(),
        next_step: of(cause).next_step.to_owned(),
        doc_url: of(cause).doc_url.unwrap_or_default().to_owned(),
    }
}

fn piece(text: impl Into<String>) -> Evidence {
    Evidence { probes: Vec::new(), text: text.into() }
}

/// One cause, by the charges that name it; where none does, by what was looked at.
fn assessed(cause: Cause, scene: &Scene<'_>, charges: &[Charge]) -> Assessment {
    if cause == Cause::Healthy {
        return healthy(scene, charges);
    }
    let own: Vec<&Charge> = charges.iter().filter(|charge| charge.cause == cause).collect();
    let Some(firmest) = own.iter().max_by_key(|charge| charge.standing) else {
        let (standing, why) = evidence::without(cause, scene);
        return Assessment { against: vec![piece(why)], ..assessment(cause, standing) };
    };
    let told = gathered(&own, scene.heard);
    let (evidence, against) = if firmest.standing == Standing::RuledOut {
        (Vec::new(), told)
    } else {
        (told, Vec::new())
    };
    Assessment {
        headline: Some(firmest.headline.clone()),
        evidence,
        against,
        next_step: firmest.next_step.clone(),
        ..assessment(cause, firmest.standing)
    }
}

/// The key was accepted wherever an answer is known, and nothing else is likely.
fn healthy(scene: &Scene<'_>, charges: &[Charge]) -> Assessment {
    // The double takes one of two credentials; which one HeyGen takes isn't documented.
    let is_open =
        |one: &Heard| one.has(Slip::TwoCredentials) && answerer(one) == Some(Answerer::Double);
    let answered = scene.heard.iter().filter(|one| one.class().is_some() && !is_open(one));
    let answered: Vec<&Heard> = answered.collect();
    let accepted: Vec<&&Heard> = answered.iter().filter(|one| is_accepted(one)).collect();
    let is_doubted = charges.iter().any(|charge| charge.standing >= Standing::Likely);
    let blank = |standing, why| Assessment {
        against: vec![piece(why)],
        ..assessment(Cause::Healthy, standing)
    };
    if accepted.is_empty() {
        return blank(Standing::Untested, "No answer that accepts a key is known.");
    }
    if is_doubted || accepted.len() < answered.len() {
        return blank(Standing::Possible, "Some of the requests are accepted, and others aren't.");
    }
    let by_double = accepted.iter().all(|one| answerer(one) == Some(Answerer::Double));
    let (headline, who) = if by_double {
        (
            "the key is sent as HeyGen takes it",
            "The doctor answered as HeyGen would; HeyGen itself wasn't asked.",
        )
    } else {
        ("the key works", "This is what was written down; nothing was asked anew.")
    };
    let count = format!("{} of {} answered requests are accepted.", accepted.len(), answered.len());
    Assessment {
        headline: Some(headline.to_owned()),
        evidence: vec![piece(format!("{count} {who}{}", evidence::identity(accepted[0])))],
        next_step: "Nothing to mend here. `heygen-doctor check` asks HeyGen itself.".to_owned(),
        ..assessment(Cause::Healthy, Standing::Likely)
    }
}

fn answerer(heard: &Heard) -> Option<Answerer> {
    heard.answered.as_ref().map(|answered| answered.by)
}

/// The answer shows that the key is taken.
fn is_accepted(heard: &Heard) -> bool {
    heard.class().is_some_and(Class::shows_acceptance)
}

/// No cause is likely: what is wrong apart from the key, what wasn't written down, or that nobody asked.
fn inconclusive(scene: &Scene<'_>, charges: &[Charge], causes: &[Assessment]) -> Assessment {
    let own: Vec<&Charge> =
        charges.iter().filter(|charge| charge.cause == Cause::Inconclusive).collect();
    let blank = assessment(Cause::Inconclusive, Standing::Possible);
    if let Some(first) = own.first() {
        return Assessment {
            headline: Some(first.headline.clone()),
            evidence: gathered(&own, scene.heard),
            next_step: first.next_step.clone(),
            ..blank
        };
    }
    if causes.iter().any(|one| one.standing >= Standing::Possible) {
        return Assessment { evidence: vec![piece("No cause stands out.")], ..blank };
    }
    let first = &scene.heard[0];
    let is_known = first.credentials.iter().any(|one| one.form == Form::AsKnown);
    let step = if is_known { "Run `heygen-doctor check`." } else { charge::WITH_ITS_KEY };
    let text = format!(
        "As far as it shows, nothing in the request is wrong.{}",
        evidence::identity(first)
    );
    Assessment {
        headline: Some("the request shows no mistake, and HeyGen's answer isn't known".to_owned()),
        evidence: vec![piece(text)],
        next_step: step.to_owned(),
        ..blank
    }
}

/// How to be heard, where nothing else is known.
const POINT_IT_HERE: &str = "Read the base URL from HEYGEN_API_BASE in the program, or give its HTTP client the proxy in HTTPS_PROXY and the certificates in SSL_CERT_FILE, and run it again; docs/listen.md tells how for the common clients.";

/// Nothing for HeyGen was heard, or stands in the file.
fn nothing_heard(facts: &Facts, heard: &[Heard]) -> Assessment {
    let mut hosts: Vec<String> = heard.iter().map(|one| format!("`{}`", one.host)).collect();
    hosts.dedup();
    let stopped = facts.run.listened.iter().flat_map(|listened| &listened.stopped).next();
    let (headline, none, step) = if facts.run.profile == Profile::Listen {
        (
            "your program didn't reach HeyGen through this",
            "No request to HeyGen was heard.",
            stopped.map_or(POINT_IT_HERE, |stopped| stopped.how.next_step()),
        )
    } else if heard.iter().any(|one| one.method == "OPTIONS" && !one.has(Slip::NotForHeygen)) {
        (
            "only what a browser asks before a request is in it, not the request itself",
            "A preflight (`OPTIONS`) carries no key.",
            "Record it again until the request itself is in the list, and inspect that; HeyGen's API isn't meant to be called from a page.",
        )
    } else {
        (
            "no request to HeyGen is in it",
            "Nothing in it is for HeyGen's API.",
            "Copy the request to `api.heygen.com` itself, for example as a curl line, and inspect that.",
        )
    };
    let others = match hosts.as_slice() {
        [] => String::new(),
        _ => format!(" There are requests to {}.", first_few(hosts, 3)),
    };
    let refused = stopped.map_or_else(String::new, |stopped| format!(" {}", stopped.told()));
    Assessment {
        headline: Some(headline.to_owned()),
        evidence: vec![piece(format!("{none}{refused}{others}"))],
        next_step: step.to_owned(),
        ..assessment(Cause::Inconclusive, Standing::Possible)
    }
}

/// What replaces the retired paths that were asked, where the cause doesn't tell it.
fn notes(heard: &[Heard], cause: Cause) -> Vec<Note> {
    let mut told = Vec::new();
    let is_told = |one: &Heard| cause == Cause::Inconclusive && mistake::is_past(one);
    for one in heard.iter().filter(|one| one.has(Slip::RetiredPath) && !is_told(one)) {
        let by = format!("`{}` {}", one.path(), route::fate(&one.target));
        if !told.contains(&by) {
            told.push(by);
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    told.truncate(4);
    let message =
        format!("V1 and V2 reached their end of life on 1 November 2026. {}.", told.join("; "));
    vec![Note { id: NoteId::LegacyRetired, message }]
}
