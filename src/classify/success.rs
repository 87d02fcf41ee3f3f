//! Status 2xx: accepted, or only dressed as success.

use super::Rule;
use super::answer::{is_success, is_wrapped};
use crate::record::class::Class;
use crate::record::observation::{Answer, BodyKind, Envelope, Outcome};

/// The code of a V1 success (docs.heygen.com: `{"code":100,"data":…}`).
const V1_SUCCESS: &str = "100";
/// Members by which an unwrapped profile is known (hyperframes' client tolerates it unwrapped).
const PROFILE_MEMBERS: &[&str] = &["username", "billing_type", "key_id", "scope_mode"];

fn success(outcome: &Outcome) -> Option<&Answer> {
    outcome.answer().filter(|answer| is_success(answer))
}

fn failed_by_code(answer: &Answer) -> bool {
    match answer.envelope {
        Envelope::V1 => answer.code.as_deref().is_some_and(|code| code != V1_SUCCESS),
        _ => answer.code.is_some(),
    }
}

fn has_success_shape(answer: &Answer) -> bool {
    let has = |name: &str| answer.body.members.iter().any(|member| member == name);
    match answer.body.kind {
        BodyKind::Json => {
            (is_wrapped(answer) && has("data")) || PROFILE_MEMBERS.iter().any(|name| has(name))
        }
        // Heavy lists are cut at the read limit; nothing but their beginning is known.
        BodyKind::JsonBroken => answer.body.truncated,
        _ => false,
    }
}

pub(super) const BROKEN_BODY: Rule = Rule {
    name: "broken-body",
    class: Class::Malformed,
    reads: "a success whose JSON can't be parsed although it was read to its end",
    recognise: |outcome| {
        success(outcome).is_some_and(|answer| {
            answer.body.kind == BodyKind::JsonBroken && !answer.body.truncated
        })
    },
};

pub(super) const FAILED_BY_CODE: Rule = Rule {
    name: "failed-by-code",
    class: Class::BadRequest,
    reads: "HTTP 200 with an error code in the body (V1: any code but 100)",
    recognise: |outcome| success(outcome).is_some_and(failed_by_code),
};

pub(super) const OK: Rule = Rule {
    name: "ok",
    class: Class::Ok,
    reads: "HTTP 2xx with `data` in one of the API's envelopes, or a bare profile",
    recognise: |outcome| success(outcome).is_some_and(has_success_shape),
};

pub(super) const OTHER_SHAPE: Rule = Rule {
    name: "other-shape",
    class: Class::NotHeygen,
    reads: "HTTP 2xx in a shape that HeyGen's API does not have",
    recognise: |outcome| success(outcome).is_some(),
};
