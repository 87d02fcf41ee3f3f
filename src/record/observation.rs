//! One HTTP exchange with the base URL. It states what was seen, and its class.

mod fault;
mod timing;

pub use fault::{Fault, FaultKind, TlsFault};
pub use timing::Timing;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::class::Class;
use crate::record::probe::{ApiVersion, Credential, ProbeId, variant};
use crate::record::request::Request;
use crate::record::wave::Wave;
use crate::text::named_enum;

/// One exchange, already redacted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Observation {
    /// The probe that asked.
    pub probe: ProbeId,
    /// The wave it was sent in.
    pub wave: Wave,
    /// The endpoint's id in the catalogue.
    pub endpoint: String,
    /// The API version of the endpoint.
    pub api_version: ApiVersion,
    /// Always `GET`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Whose credential was sent.
    pub credential: Credential,
    /// The id of the header variant.
    pub variant: String,
    /// The timing pattern it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// When it was handed to the wire (UTC, to the millisecond).
    #[serde(serialize_with = "to_the_millisecond")]
    pub sent_at: DateTime<Utc>,
    /// Its durations.
    pub timing_ms: Timing,
    /// True if it was sent for another key that is examined on the same site: its moment may lie
    /// before this run. Only controls are shared.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// An answer, or a fault.
    pub outcome: Outcome,
    /// The meaning of the outcome, taken alone.
    pub class: Class,
}

/// The outcome of one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// HTTP came back.
    Answer(Box<Answer>),
    /// No HTTP answer came.
    Fault(Fault),
}

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer {
    /// `HTTP/1.1` or `HTTP/2`.
    pub http_version: String,
    /// The address that answered, or the proxy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote_addr: Option<String>,
    /// The connection it came on: made for this request, or kept from an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// The HTTP status.
    pub status: u16,
    /// Headers of the allow-list, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Body,
    /// The form in which the API wrapped its answer.
    pub envelope: Envelope,
    /// The error code inside the envelope, numbers as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The message inside the envelope, the sent credential masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Opaque ids that support may or may not be able to look up.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<String, String>,
}

/// Where the connection of a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Made for this request.
    New,
    /// Kept from an earlier one.
    Reused,
}

/// The parts of a body that are kept; success bodies are not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Body {
    /// Its kind, by its bytes rather than by its label.
    pub kind: BodyKind,
    /// Bytes read, at most 65536.
    pub bytes: u64,
    /// True if reading stopped at the limit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// The fault that ended the body before its announced end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_short: Option<FaultKind>,
    /// The names of the top-level JSON members, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Allow-listed values of a success body.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
    /// The redacted text of an error body, at most 2048 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

named_enum! {
    /// The kind of a body, judged by its bytes.
    pub enum BodyKind {
        /// Nothing.
        Empty = "empty",
        /// A JSON object.
        Json = "json",
        /// JSON, but not an object.
        JsonOther = "json_other",
        /// Starts like JSON, but can't be parsed to its end.
        JsonBroken = "json_broken",
        /// A web page.
        Html = "html",
        /// Other readable text.
        Text = "text",
        /// Neither text nor JSON.
        Binary = "binary",
    }
}

named_enum! {
    /// The form in which an API wraps its answers.
    pub enum Envelope {
        /// `{"code": number, "message": …, "data": …}`.
        V1 = "v1",
        /// `{"data": …, "error": null or object}`.
        V2 = "v2",
        /// `{"data": …}` or `{"error": {"code", "message", …}}`.
        V3 = "v3",
        /// `{"detail": …}`, Django REST Framework.
        Drf = "drf",
        /// `{"error": "text"}`.
        Oauth = "oauth",
        /// `{"type", "title", "status", "detail"}`, a problem document (RFC 9457).
        Problem = "problem",
        /// None that HeyGen is known to use.
        None = "none",
    }
}

impl Outcome {
    /// The answer, if one came.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answer(answer) => Some(answer),
            Self::Fault(_) => None,
        }
    }

    /// The fault, if no answer came.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            Self::Answer(_) => None,
        }
    }

    /// The HTTP status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status)
    }
}

impl Observation {
    /// The request that was sent, by a doctor that called itself `user_agent`; `None` where this
    /// version doesn't know the variant.
    #[must_use]
    pub fn request(&self, user_agent: &str) -> Option<Request> {
        let variant = variant::find(&self.variant)?;
        Some(Request::read(&self.path, self.credential, variant, user_agent))
    }

    /// The answer, if one came.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        self.outcome.answer()
    }

    /// The fault, if no answer came.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        self.outcome.fault()
    }

    /// True if a request was made of it: a value that no header can carry is not sent.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.fault().is_none_or(|fault| fault.fault != FaultKind::Unsendable)
    }

    /// True if the request was lost with a connection that was kept from earlier ones, before an
    /// answer began. A server may close such a connection at any time, so this says nothing of it.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.fault().is_some_and(|fault| {
            fault.fault == FaultKind::Closed && fault.connection == Some(Connection::Reused)
        })
    }

    /// The HTTP status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.outcome.status()
    }
}

/// RFC 3339 with milliseconds, always three digits, so that support can search for it.
///
/// # Errors
/// When the serializer fails.
pub fn to_the_millisecond<S: serde::Serializer>(
    time: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
