//! A mistake in a request as a charge.

use super::{Charge, Scene, slip};
use crate::heygen::route;
use crate::judge::causes::of;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::facts::{About, Finding, FindingId, Severity};
use crate::record::heard::{Form, Heard, Presented, Slip};

/// What a finding about a value speaks for.
pub(super) fn of_value(scene: &Scene<'_>, at: usize, id: FindingId) -> Option<Charge> {
    let known = scene.credential.findings.iter().find(|finding| finding.id == id);
    if let Some(word) = unset(&scene.heard[at]).filter(|_| id == FindingId::KeyPlaceholder) {
        return Some(Charge {
            cause: Cause::KeyPlaceholder,
            standing: Standing::Likely,
            request: at,
            headline: format!("`{word}` is sent in place of the key"),
            text: format!(
                "The value is the word `{word}`: the variable was not set where the program runs."
            ),
            next_step: "Set the variable in the environment that the program runs in, and check that it reads the same name.".to_owned(),
        });
    }
    let fallback = || format!("`heygen-doctor explain {id}` tells what is wrong with the value.");
    let text = known.map_or_else(fallback, |finding| finding.message.clone());
    let (cause, standing) = match id.about() {
        _ if id == FindingId::KeyEmpty => (Cause::KeyMissing, Standing::Likely),
        // Clients and servers cut blanks off, each in its own way.
        _ if id == FindingId::KeyBlanks => {
            let is_cut_off = known.is_none_or(|finding| finding.severity < Severity::Error);
            let standing = if is_cut_off { Standing::Possible } else { Standing::Likely };
            (Cause::KeyMalformed, standing)
        }
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

/// The word that a language writes for a variable that isn't set, where it came in place of the key.
fn unset(heard: &Heard) -> Option<&'static str> {
    let is_credential = |name: &str| heard.credentials.iter().any(|one| one.header == name);
    let mut values =
        heard.headers.iter().filter(|(name, _)| is_credential(name)).map(|(_, value)| value);
    values.find_map(|value| {
        let last = value.rsplit(' ').next().unwrap_or_default();
        ["undefined", "None", "null"].into_iter().find(|word| last == *word)
    })
}

/// What a slip speaks for.
pub(super) fn of_slip(at: usize, heard: &Heard, slip: Slip) -> Option<Charge> {
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
        .replace("{where}", &outside_headers(heard))
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
        next_step: of_service(slip, heard)
            .or(replaced.filter(|_| slip == Slip::RetiredPath))
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

/// What to do where another service of HeyGen was asked.
fn of_service(slip: Slip, heard: &Heard) -> Option<String> {
    if slip != Slip::OtherHost {
        return None;
    }
    if heard.host.ends_with("liveavatar.com") {
        return Some("LiveAvatar is a product of its own: use a key of LiveAvatar there, or set the base URL to `https://api.heygen.com`.".to_owned());
    }
    let by = route::successor(&heard.target)?;
    Some(format!(
        "Set the base URL to `https://api.heygen.com`, and use {by} in place of `{}`.",
        heard.path()
    ))
}

/// The first place of a key that is no header, as words.
fn outside_headers(heard: &Heard) -> String {
    let places = heard.credentials.iter().filter_map(|one| match one.header.as_str() {
        "path" | "body" => Some(format!("the {}", one.header)),
        header => header.strip_prefix('?').map(|name| format!("the parameter `{name}`")),
    });
    places.take(1).collect()
}

/// The known key in another form than the doctor knows it.
pub(super) fn of_form(at: usize, heard: &Heard, one: &Presented) -> Option<Charge> {
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
