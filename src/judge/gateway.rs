//! Gateways that answer themselves, known by the forms they publish. The name only says who answers;
//! what that means for the key is decided by the controls.

use super::case::envelope;
use super::group::Group;
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
        Some("Kong")
    } else if header("x-amzn-errortype").is_some() && (has("message") || has("Message")) {
        Some("Amazon API Gateway")
    } else if has("fault") && excerpt.contains("\"faultstring\"") {
        Some("Apigee")
    } else if is_azure || (has("statusCode") && excerpt.contains("subscription key")) {
        Some("Azure API Management")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::record::observation::{Body, BodyKind};

    fn answer(header: (&str, &str), members: &[&str], excerpt: &str, envelope: Envelope) -> Answer {
        Answer {
            http_version: "HTTP/2".into(),
            remote_addr: None,
            connection: None,
            status: 401,
            headers: [(header.0.to_owned(), header.1.to_owned())].into(),
            body: Body {
                kind: BodyKind::Json,
                bytes: 1,
                truncated: false,
                cut_short: None,
                members: members.iter().map(|name| (*name).to_owned()).collect(),
                fields: BTreeMap::new(),
                excerpt: Some(excerpt.to_owned()),
            },
            envelope,
            code: None,
            message: None,
            ids: BTreeMap::new(),
        }
    }

    #[test]
    fn gateways_are_known_by_their_own_answers_only() {
        let (kong, none) = (("server", "kong/3.6.1"), Envelope::None);
        let fault = r#"{"fault":{"faultstring":"no","detail":{}}}"#;
        let key = "missing subscription key";
        for (wanted, seen) in [
            (Some("Kong"), answer(kong, &["message"], "", none)),
            (Some("Kong"), answer(("x-kong-response-latency", "1"), &["message"], "", none)),
            (None, answer(("via", "kong/3.6.1"), &["message"], "", none)),
            (None, answer(kong, &["error"], "", Envelope::V3)),
            (
                Some("Amazon API Gateway"),
                answer(("x-amzn-errortype", "ForbiddenException"), &["message"], "", none),
            ),
            (None, answer(("x-amzn-trace-id", "Root=1"), &["message"], "", none)),
            (Some("Apigee"), answer(("server", "x"), &["fault"], fault, none)),
            (
                Some("Azure API Management"),
                answer(("server", "x"), &["message", "statusCode"], key, none),
            ),
            (None, answer(("server", "x"), &["message", "statusCode"], "Unauthorized", none)),
        ] {
            assert_eq!(name(&seen), wanted, "{seen:?}");
        }
    }
}
