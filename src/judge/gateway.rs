//! Gateways that answer themselves, known by the forms they publish. The name only says who answers;
//! what that means for the key is decided by the controls.

use super::case::envelope;
use super::group::Group;
use crate::record::class::Class;
use crate::record::observation::{Answer, Envelope, Observation};

/// The forms of HeyGen's API.
const OF_THE_API: &[Envelope] = &[Envelope::V1, Envelope::V2, Envelope::V3];

/// The gateway that gave all of these answers.
pub(super) fn of_all(group: &Group<'_>) -> Option<&'static str> {
    let mut names = group.iter().map(|seen| seen.answer().and_then(name));
    let first = names.next()??;
    names.all(|name| name == Some(first)).then_some(first)
}

/// True for an answer in a form of the API.
pub(super) fn is_api(seen: &Observation) -> bool {
    OF_THE_API.contains(&envelope(seen))
}

/// The sentence about a gateway that refuses whoever brings a key, where the API itself answers
/// whoever brings none: the API never saw the key.
pub(super) fn stops_keys(none: &Group<'_>, keyed: &Group<'_>) -> Option<String> {
    let bare = |seen: &Observation| envelope(seen) == Envelope::None;
    let refused = none.of(&[Class::Unauthenticated]);
    let stops = !refused.is_empty() && refused.iter().all(is_api) && keyed.iter().all(bare);
    let who = of_all(keyed).unwrap_or("Something before HeyGen's API");
    stops.then(|| format!("{who} refuses whoever brings a key; HeyGen seems not to see it."))
}

/// The gateway that wrote this answer, by its published form and headers.
fn name(answer: &Answer) -> Option<&'static str> {
    let header = |name: &str| answer.headers.get(name).map(|value| value.to_ascii_lowercase());
    let has = |name: &str| answer.body.members.iter().any(|member| member == name);
    let excerpt = answer.body.excerpt.as_deref().unwrap_or_default();
    if answer.envelope != Envelope::None {
        return None;
    }
    // Kong puts its own name there only where no upstream answered (docs.konghq.com, `headers`).
    let is_kong = header("server").is_some_and(|server| server.starts_with("kong/"))
        || header("x-kong-response-latency").is_some();
    let is_azure = header("www-authenticate")
        .is_some_and(|challenge| challenge.starts_with("azureapimanagementkey"));
    if is_kong && has("message") {
        Some("The gateway Kong")
    } else if header("x-amzn-errortype").is_some() && (has("message") || has("Message")) {
        Some("Amazon API Gateway")
    } else if has("fault") && excerpt.contains("\"faultstring\"") {
        Some("The gateway Apigee")
    } else if is_azure || (has("statusCode") && excerpt.contains("subscription key")) {
        Some("Azure API Management")
    } else {
        None
    }
}
