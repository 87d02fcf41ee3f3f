//! The key as HeyGen describes it: what `/v3/api_keys/self` says where it accepts the key
//! (developers.heygen.com/reference/get-current-api-key).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::keywords;
use crate::heygen::endpoint::SELF;

impl<'a> Case<'a> {
    /// A value from a success answer to the real key.
    pub(super) fn field(&self, endpoint: &str, name: &str) -> Option<&'a serde_json::Value> {
        self.accepted_anyhow()
            .at(endpoint)
            .iter()
            .rev()
            .find_map(|seen| seen.answer()?.body.fields.get(name))
    }

    /// When the key ends, by its own description.
    pub(super) fn expires_at(&self) -> Option<DateTime<Utc>> {
        match self.field(SELF, "expires_at")? {
            serde_json::Value::String(text) => text.parse().ok(),
            number => DateTime::from_timestamp(number.as_i64()?, 0),
        }
    }

    /// The key's own description names an end in the past, or calls it withdrawn.
    pub(super) fn calls_itself_ended(&self) -> bool {
        let past = self.expires_at().is_some_and(|at| at <= self.facts.run.started_at);
        let status = self.field(SELF, "key_status").and_then(|status| status.as_str());
        past || status.is_some_and(keywords::is_withdrawn)
    }

    /// The key's own description lets it read and nothing else.
    pub(super) fn reads_only(&self) -> bool {
        let mode = self.field(SELF, "scope_mode").and_then(|mode| mode.as_str());
        let scopes = self.field(SELF, "scopes").and_then(|scopes| scopes.as_array());
        let only_reads = scopes.is_some_and(|scopes| {
            let mut scopes = scopes.iter().filter_map(|scope| scope.as_str()).peekable();
            scopes.peek().is_some() && scopes.all(|scope| scope.ends_with(":read"))
        });
        mode == Some("read_only") || (mode == Some("custom") && only_reads)
    }

    /// The key's own description lists scopes, and none covers reading this resource (`*:*`,
    /// `*:read`, and `account:read` would cover an account; write implies read).
    pub(super) fn scopes_lack(&self, resource: &str) -> bool {
        let Some(scopes) = self.field(SELF, "scopes").and_then(|scopes| scopes.as_array()) else {
            return false;
        };
        let covers = |scope: &str| {
            let (holder, right) = scope.split_once(':').unwrap_or((scope, "*"));
            (holder == "*" || holder == resource) && matches!(right, "*" | "read" | "write")
        };
        !scopes.iter().filter_map(|scope| scope.as_str()).any(covers)
    }
}
