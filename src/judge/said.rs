//! The answer that a cause rests on, where it says more than its status does.

use crate::heygen::status;
use crate::record::class::Class;
use crate::record::diagnosis::Assessment;
use crate::record::observation::{Answer, BodyKind, Observation};
use crate::record::probe::{ApiVersion, Credential, variant};

/// The parts of an answer that a reader should see beside the verdict, as the server wrote them: text
/// from outside, for a renderer to neutralise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The code in the body.
    pub code: Option<&'a str>,
    /// The message in the body; the body itself, where it is short and has a form of its own.
    pub message: Option<&'a str>,
    /// The value of `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// The target of a redirect.
    pub location: Option<&'a str>,
}

/// Codes and messages that say no more than a status of 401, 403, or 500 does, as `plain` has them.
const GENERIC: &[&str] =
    &["unauthorized", "unauthenticated", "forbidden", "error", "internalerror", "notfound"];

/// The longest body without a code and a message that is shown as it is.
const SHORT: usize = 300;

/// The answer behind the named cause: of the probes that it rests on, or of the key on any endpoint
/// where it rests on none. The key's own answers come before those of the controls.
#[must_use]
pub fn of<'a>(
    seen: impl Iterator<Item = &'a Observation> + Clone,
    named: &Assessment,
) -> Option<Said<'a>> {
    let ids: Vec<&str> = named
        .evidence
        .iter()
        .flat_map(|evidence| &evidence.probes)
        .map(|probe| probe.0.as_str())
        .collect();
    let behind = |one: &&Observation| ids.is_empty() || ids.contains(&one.probe.0.as_str());
    let own = |one: &&Observation| one.credential == Credential::Real;
    let refused = seen.filter(|one| one.class != Class::Ok).filter(behind);
    let documented = |one: &&Observation| {
        own(one) && one.api_version == ApiVersion::V3 && variant::is_documented(&one.variant)
    };
    // What was said to another header or version isn't the reason for the documented one.
    if refused.clone().any(|one| documented(&one) && one.answer().is_some()) {
        return refused.filter(documented).find_map(more);
    }
    let keyed = refused.clone().filter(own).filter_map(more);
    let controls = refused.filter(|one| !ids.is_empty() && !own(one)).filter_map(more);
    keyed.chain(controls).next()
}

/// An answer, if it says more than its status.
fn more(seen: &Observation) -> Option<Said<'_>> {
    let answer = seen.answer()?;
    let header = |name: &str| answer.headers.get(name).map(String::as_str);
    let said = Said {
        status: answer.status,
        code: answer.code.as_deref(),
        message: answer.message.as_deref().or_else(|| body(answer)),
        retry_after: header("retry-after"),
        location: header("location"),
    };
    let telling = |text: Option<&str>| text.is_some_and(|text| is_telling(answer.status, text));
    let tells = telling(said.code)
        || telling(said.message)
        || said.retry_after.is_some()
        || said.location.is_some();
    tells.then_some(said)
}

/// A body of JSON in a form that isn't HeyGen's, if it is short.
fn body(answer: &Answer) -> Option<&str> {
    let excerpt = answer.body.excerpt.as_deref()?;
    let own =
        matches!(answer.body.kind, BodyKind::Json | BodyKind::JsonOther) && answer.code.is_none();
    (own && excerpt.len() <= SHORT).then_some(excerpt)
}

/// True for words that say something which the status doesn't.
pub(super) fn is_telling(code: u16, text: &str) -> bool {
    let text = plain(text);
    let name = status::find(code).map(|known| plain(known.name));
    !text.is_empty() && !GENERIC.contains(&text.as_str()) && name != Some(text)
}

/// Letters and digits only, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
