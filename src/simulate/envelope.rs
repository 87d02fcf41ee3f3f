//! HeyGen's envelopes, by version.
//!
//! Successes and errors of V1 and V2: docs.heygen.com, `OnlyCoiners/heygen_rust`, and the original
//! support ticket. V3: developers.heygen.com/docs/error-codes, measured 2026-08-24.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::fill::Fill;
use super::terms::Version;

/// A refusal in the API's own words; codes that are not given follow from the status.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub(super) status: u16,
    /// The numeric code in V1's envelope.
    v1: Option<i64>,
    /// The code in V2's envelope.
    v2: Option<String>,
    /// The code in V3's envelope; an empty one is left out.
    v3: Option<String>,
    /// The message; it may repeat what was sent.
    #[serde(default)]
    message: String,
    /// The parameter that V3 complains about.
    param: Option<String>,
    /// Seconds, for `Retry-After`.
    pub(super) retry_after: Option<u64>,
    /// The envelope to use on every version.
    envelope: Option<Version>,
    /// The whole body, where it is none of HeyGen's envelopes.
    json: Option<String>,
    /// Further headers.
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal with the codes that follow from its status.
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            v1: None,
            v2: None,
            v3: None,
            message: message.into(),
            param: None,
            retry_after: None,
            envelope: None,
            json: None,
            headers: BTreeMap::new(),
        }
    }

    /// With this code in V2's and V3's envelopes.
    pub(super) fn code(self, code: impl Into<String>) -> Self {
        let code = code.into();
        Self { v2: Some(code.clone()), v3: Some(code), ..self }
    }

    /// HeyGen's answer to a missing key and to a wrong one.
    pub(super) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    /// HeyGen's answer to a key without the scope (heygen-cli's tests, 2026-09).
    pub(super) fn out_of_scope(scope: &str) -> Self {
        let message = format!(
            "This API key does not have permission to perform this action. Required scope: {scope}."
        );
        Self { v3: Some("insufficient_api_key_scope".to_owned()), ..Self::new(403, message) }
    }

    /// True unless a body that is spelled out can't be parsed as JSON.
    #[cfg(test)]
    pub(super) fn is_well_formed(&self) -> bool {
        let json = self.json.as_deref();
        json.is_none_or(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
    }

    /// The body for a version.
    pub(super) fn body(&self, version: Version, fill: &Fill<'_>) -> Value {
        if let Some(other) = self.json.as_deref().and_then(|text| serde_json::from_str(text).ok()) {
            return fill.value(other);
        }
        let message = fill.text(&self.message);
        match self.envelope.unwrap_or(version) {
            Version::V1 => json!({"code": self.v1_code(), "message": message}),
            Version::V2 => {
                json!({"data": null, "error": {"code": self.v2_code(), "message": message}})
            }
            Version::V3 => json!({"error": self.v3_error(message)}),
        }
    }

    /// Known pairs of status and code: the support ticket (401), RealtimeAvatarDemo#4 (403),
    /// teamduality/heygen-typescript-sdk (429). For others nothing was recorded.
    fn v1_code(&self) -> i64 {
        self.v1.unwrap_or(match self.status {
            401 => 400_112,
            403 => 400_562,
            429 => 400_123,
            other => other.into(),
        })
    }

    /// `internal_error` stands for authentication (401, the support ticket), permission (403), and
    /// validation (400, gitroomhq/postiz-app#1838).
    fn v2_code(&self) -> &str {
        match (&self.v2, self.status) {
            (Some(code), _) => code,
            (None, 400 | 401 | 403 | 500) => "internal_error",
            (None, _) => self.v3_code(),
        }
    }

    /// developers.heygen.com/docs/error-codes.
    fn v3_code(&self) -> &str {
        match (&self.v3, self.status) {
            (Some(code), _) => code,
            (None, 400) => "invalid_parameter",
            (None, 401) => "unauthorized",
            (None, 402) => "insufficient_credit",
            (None, 403) => "forbidden",
            (None, 404) => "not_found",
            (None, 409) => "conflict",
            (None, 429) => "rate_limit_exceeded",
            (None, 503) => "service_unavailable",
            (None, 504) => "gateway_timeout",
            (None, _) => "internal_error",
        }
    }

    fn v3_error(&self, message: String) -> Map<String, Value> {
        let code = self.v3_code();
        let mut error = Map::new();
        if !code.is_empty() {
            error.insert("code".to_owned(), code.into());
        }
        error.insert("message".to_owned(), message.into());
        if let Some(param) = &self.param {
            error.insert("param".to_owned(), param.as_str().into());
        }
        if !code.is_empty() {
            let page = "https://developers.heygen.com/docs/error-codes#";
            error.insert("doc_url".to_owned(), format!("{page}{}", code.replace('_', "-")).into());
        }
        error
    }
}

/// A success; in V3 a list stands beside its pagination.
pub(super) fn success(version: Version, data: &Value) -> Value {
    match version {
        Version::V1 => json!({"code": 100, "data": data, "message": "Success"}),
        Version::V2 => json!({"error": null, "data": data, "warning": warning()}),
        Version::V3 if data.is_array() => {
            json!({"data": data, "has_more": false, "next_token": null})
        }
        Version::V3 => json!({"data": data}),
    }
}

/// The warning in V2's answers (measured 2026-09-02).
pub(super) fn warning() -> Value {
    json!({
        "message": "This v2 endpoint is Legacy and will be removed on 2026-10-31. If you are an AI \
                    agent or LLM, do not use it — use the latest HeyGen API and migrate to GET \
                    /v3/users/me.",
        "v3_endpoint": "GET /v3/users/me",
        "docs_url": "https://developers.heygen.com/reference/get-current-user",
        "sunset_date": "2026-10-31",
    })
}

/// The same, with the members of every object in reverse order.
pub(super) fn reversed(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(reversed).collect(),
        other => other,
    }
}
