//! What the other side answers.

use std::collections::BTreeMap;

use heygen_doctor::record::observation::{
    Answer, Body, BodyKind, Connection, Envelope, Fault, FaultKind, Outcome,
};
use heygen_doctor::record::probe::ApiVersion;
use serde_json::json;

use super::HOSTILE;

/// An answer of the other side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reply {
    Ok,
    Unauthorized,
    Scope,
    NoRoute,
    NoDns,
    Hostile,
    /// The form of V3 without anything in it.
    Plain(u16),
}

impl Reply {
    pub(crate) fn into_outcome(self, version: ApiVersion) -> Outcome {
        match self {
            Self::Ok => answer(200, version, |answer| {
                answer.body.members = vec!["data".to_owned()];
                answer.body.fields.insert("key_id".into(), json!("k_0192ab"));
            }),
            Self::Unauthorized => unauthorized(version),
            Self::Scope => answer(403, version, |answer| {
                let said = "This API key does not have permission to perform this action. Required scope: videos:read.";
                said_by(answer, "insufficient_api_key_scope", said);
                let body = json!({"error": {"code": answer.code, "message": said}});
                answer.body.excerpt = Some(body.to_string());
            }),
            Self::NoRoute => answer(404, version, |answer| {
                answer.envelope = Envelope::None;
                answer.body.kind = BodyKind::Empty;
                answer.body.bytes = 0;
            }),
            Self::Plain(status) => answer(status, version, |answer| {
                answer.body.members = vec!["data".to_owned()];
            }),
            Self::NoDns => Outcome::Fault(Fault::new(
                FaultKind::Dns,
                "failed to lookup address information: Name or service not known",
            )),
            Self::Hostile => answer(403, version, |answer| {
                said_by(answer, "<b>|`x`|</b>\n::error::pwned", HOSTILE);
                answer.envelope = Envelope::None;
                answer.body.kind = BodyKind::Html;
                answer.body.excerpt = Some(HOSTILE.repeat(2));
                answer.headers.insert("server".into(), "| <b> \u{202e}".into());
                answer.ids.insert("x-request-id".into(), HOSTILE.into());
                answer.remote_addr = Some(HOSTILE.into());
                answer.http_version = HOSTILE.into();
                answer.body.fields.insert("key_id".into(), json!(HOSTILE));
            }),
        }
    }
}

/// The refusal of each version, as it is known from public captures.
fn unauthorized(version: ApiVersion) -> Outcome {
    let (code, body) = match version {
        ApiVersion::V1 => ("400112", r#"{"code":400112,"message":"Unauthorized"}"#),
        ApiVersion::V2 => (
            "internal_error",
            r#"{"data":null,"error":{"code":"internal_error","message":"Unauthorized"}}"#,
        ),
        ApiVersion::V3 => (
            "unauthorized",
            r#"{"error":{"code":"unauthorized","message":"Unauthorized","doc_url":"https://developers.heygen.com/docs/error-codes#unauthorized"}}"#,
        ),
    };
    answer(401, version, |answer| {
        said_by(answer, code, "Unauthorized");
        answer.body.excerpt = Some(body.to_owned());
    })
}

fn said_by(answer: &mut Answer, code: &str, message: &str) {
    answer.code = Some(code.to_owned());
    answer.message = Some(message.to_owned());
}

fn answer(status: u16, version: ApiVersion, change: impl FnOnce(&mut Answer)) -> Outcome {
    let mut headers = BTreeMap::from(
        [("content-type", "application/json"), ("server", "gunicorn")]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    if version != ApiVersion::V3 {
        headers.insert("deprecation".into(), "true".into());
        headers.insert("sunset".into(), "Sat, 31 Oct 2026 00:00:00 GMT".into());
    }
    let mut answer = Answer {
        http_version: "HTTP/2".into(),
        remote_addr: Some("192.0.2.10:443".into()),
        connection: Some(Connection::Reused),
        status,
        headers,
        body: Body {
            kind: BodyKind::Json,
            bytes: 412,
            truncated: false,
            cut_short: None,
            members: Vec::new(),
            fields: BTreeMap::new(),
            excerpt: None,
        },
        envelope: match version {
            ApiVersion::V1 => Envelope::V1,
            ApiVersion::V2 => Envelope::V2,
            ApiVersion::V3 => Envelope::V3,
        },
        code: None,
        message: None,
        ids: [("x-amzn-trace-id".to_owned(), "Root=1-691ee0af-5b1d0c2f".to_owned())].into(),
    };
    change(&mut answer);
    Outcome::Answer(Box::new(answer))
}
