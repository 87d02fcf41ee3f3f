//! The network as the doctor's own sockets saw it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::observation::Fault;

/// The network as the doctor's own sockets saw it (wave 1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Network {
    /// The lookup of the name.
    pub dns: Option<Dns>,
    /// One connection per address tried.
    pub connections: Vec<ConnectionAttempt>,
    /// The TLS handshake of the first connection that came up.
    pub tls: Option<Tls>,
    /// The server's `Date` minus this clock, in whole seconds, where an answer carried one.
    pub clock_skew_s: Option<f64>,
    /// The API's state by HeyGen's status page.
    pub status_page: Option<StatusPage>,
    /// The proxy's answer to CONNECT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_connect: Option<ProxyConnect>,
}

/// The lookup of a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Dns {
    /// The name.
    pub host: String,
    /// The addresses, in the resolver's order.
    pub addresses: Vec<String>,
    /// Its duration in milliseconds.
    pub ms: f64,
    /// The reason in words, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// One attempt to connect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConnectionAttempt {
    /// Address and port.
    pub address: String,
    /// The TCP handshake, when it came up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connect_ms: Option<f64>,
    /// The TLS handshake, when it came up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_ms: Option<f64>,
    /// The fault, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// One TLS handshake, with the chain that was presented.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tls {
    /// `TLSv1.3` or `TLSv1.2`.
    pub version: Option<String>,
    /// The protocol agreed on.
    pub alpn: Option<String>,
    /// The chain, leaf first.
    pub chain: Vec<Certificate>,
    /// True if the verifier in use (this machine's store, `--ca-cert`) accepts the chain.
    pub trusted_here: bool,
    /// True if the public roots alone accept it.
    pub trusted_publicly: bool,
    /// The objection of the verifier in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// A certificate by its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Certificate {
    /// Whom it is for.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The names it is valid for.
    pub names: Vec<String>,
    /// From when it is valid.
    pub not_before: Option<DateTime<Utc>>,
    /// Until when it is valid.
    pub not_after: Option<DateTime<Utc>>,
}

/// HeyGen's status page, the component of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusPage {
    /// `operational`, `degraded_performance`, `partial_outage`, `major_outage`, `under_maintenance`.
    pub component: Option<String>,
    /// The names of open incidents.
    pub incidents: Vec<String>,
    /// The reason, where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// A proxy's answer to CONNECT.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProxyConnect {
    /// The status, if it answered.
    pub status: Option<u16>,
    /// Its duration in milliseconds.
    pub ms: f64,
    /// The fault, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Headers of the allow-list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}
