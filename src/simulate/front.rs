//! The server as a whole and the way to it: what holds for every answer.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::envelope::Refusal;
use super::terms::{HeaderCase, Legacy, Part, UnknownRoute};
use super::tls::Certificate;

/// The `[server]` table of a scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Front {
    /// The fate of V1 and V2, whose end of life was announced for 1 November 2026
    /// (developers.heygen.com/endpoint-version-comparison); what they answer since is not known.
    pub(super) legacy: Legacy,
    /// The body of a 404 of the router; the real one was never recorded.
    pub(super) unknown_route: UnknownRoute,
    /// The answer to a request without a credential.
    pub(super) missing: Refusal,
    /// The answer to a credential that is not known: the same, byte for byte (measured 2026-08-24).
    pub(super) unknown: Refusal,
    /// The time that every answer takes.
    pub(super) latency_ms: u64,
    /// Seconds by which the server's clock is ahead.
    pub(super) clock_skew_s: i64,
    /// Headers that are lost on the way, however they are spelled.
    pub(super) drops: Vec<String>,
    /// Headers that are lost on the way in exactly this spelling.
    pub(super) drops_spelled: Vec<String>,
    /// The `server` header.
    pub(super) software: String,
    /// The load balancer sets its AWSALB and AWSALBCORS cookies.
    pub(super) cookies: bool,
    /// Further headers of every answer of the API.
    pub(super) headers: BTreeMap<String, String>,
    /// The spelling of header names.
    pub(super) header_case: HeaderCase,
    /// The parts that come in reverse order.
    pub(super) reversed: Vec<Part>,
    /// A JSON object whose members are added to every envelope.
    pub(super) extra_members: Option<String>,
    /// The certificate, where the server speaks TLS.
    pub(super) tls: Option<Certificate>,
    /// It takes connections and never sends a byte on them.
    pub(super) silent: bool,
    /// The scheme of the base URL, where it contradicts what the server speaks.
    pub(super) scheme: Option<String>,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            legacy: Legacy::Alive,
            unknown_route: UnknownRoute::Html,
            missing: Refusal::unauthorized(),
            unknown: Refusal::unauthorized(),
            latency_ms: 0,
            clock_skew_s: 0,
            drops: Vec::new(),
            drops_spelled: Vec::new(),
            software: "gunicorn".to_owned(),
            cookies: true,
            headers: BTreeMap::new(),
            header_case: HeaderCase::Lower,
            reversed: Vec::new(),
            extra_members: None,
            tls: None,
            silent: false,
            scheme: None,
        }
    }
}
