//! Everything the diagnosis may see: what a run found, as data.

mod network;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::observation::{Observation, to_the_millisecond};
use crate::record::probe::{Credential, ProbeId};

pub use network::{Certificate, ConnectionAttempt, Dns, Network, ProxyConnect, StatusPage, Tls};

/// All that was seen in one run.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The run itself.
    pub run: RunInfo,
    /// The key under test, without the key.
    pub credential: CredentialInfo,
    /// The machine and its settings.
    pub environment: Environment,
    /// What the doctor's own sockets saw.
    pub network: Network,
    /// Every exchange, in the order of the plan.
    pub observations: Vec<Observation>,
}

/// The run itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunInfo {
    /// A random id.
    pub id: String,
    /// When it began (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub started_at: DateTime<Utc>,
    /// When it ended (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub finished_at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// `quick`, `adaptive`, or `full`.
    pub profile: String,
    /// Origin of the API under test.
    pub base_url: String,
    /// The scenario, when the embedded double was asked.
    pub simulated: Option<String>,
    /// Whether the run ended before its plan did.
    pub partial: bool,
    /// What ended a partial run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<EndedBy>,
    /// A name that the user gave to this vantage point.
    pub vantage: Option<String>,
    /// Why each step of the plan was sent.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Probes that were planned and not sent, with the reason.
    #[serde(default)]
    pub not_sent: Vec<NotSent>,
    /// Requests that were under way when the run ended. They may have been sent, and nobody
    /// knows what would have come of them, so they are evidence of nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Unanswered>,
}

/// What ended a run before its plan did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// `--deadline` passed.
    Deadline,
    /// Ctrl-C, SIGTERM, or SIGHUP.
    Interrupt,
}

/// One step of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// The waves in it.
    pub waves: Vec<u8>,
    /// How many requests it added, those that were still under way at the end included.
    pub requests: usize,
    /// Why it was sent.
    pub why: String,
}

/// How every reason begins that ended keyed probing early.
pub const STOPPED: &str = "Keyed probing stopped";

/// A probe that was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotSent {
    /// The probe, or the group of probes.
    pub probe: String,
    /// Why it was not sent.
    pub why: String,
}

/// A request that was under way when the run ended, and may have been sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unanswered {
    /// The probe that asked.
    pub probe: ProbeId,
    /// The endpoint's id in the catalogue.
    pub endpoint: String,
    /// Always `GET`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Whose credential was in it.
    pub credential: Credential,
    /// The id of the header variant.
    pub variant: String,
    /// When it was begun (UTC, to the millisecond).
    #[serde(serialize_with = "to_the_millisecond")]
    pub begun_at: DateTime<Utc>,
}

/// The key under test, without the key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CredentialInfo {
    /// Where the used key came from.
    pub source: Option<String>,
    /// A short SHA-256 fingerprint, `sha256:` and 12 hex digits.
    pub fingerprint: Option<String>,
    /// Length in bytes, as given.
    pub length: Option<usize>,
    /// The shape in words, for example `32 hex digits, "-", 10 digits`.
    pub shape: Option<String>,
    /// The kind: `user_key`, `legacy_key`, `decoded_legacy_key`, …
    pub kind: Option<String>,
    /// The time that is embedded in some kinds of key, to the hour.
    pub created_at: Option<DateTime<Utc>>,
    /// When the login ends, as its file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// What is wrong with it, found without sending it.
    pub findings: Vec<Finding>,
    /// Every place that was looked at.
    pub sources: Vec<Source>,
    /// Whether the key may be sent at all, and if not, why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
}

/// Something that is noteworthy about a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The stable name, for example `key_blanks`.
    pub id: String,
    /// How grave it is.
    pub severity: Severity,
    /// What it is, in one sentence.
    pub message: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// May be the cause.
    Warning,
    /// The key can't work like this.
    Error,
}

/// One place where a key can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// What it is called, for example `HEYGEN_API_KEY` or `.env`.
    pub source: String,
    /// The fingerprint of the key in it, if it holds one.
    pub fingerprint: Option<String>,
    /// Whether this one is used.
    pub used: bool,
    /// What is wrong with the source itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The machine and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Environment {
    /// The operating system.
    pub os: String,
    /// The processor architecture.
    pub arch: String,
    /// The proxy in use, without user-info, and where it was set.
    pub proxy: Option<Proxy>,
    /// This program and its version.
    pub tool: String,
    /// Where the base URL was overridden, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url_override: Option<String>,
    /// Variables about proxies that are set, `NO_PROXY` among them; by name only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proxy_variables: Vec<String>,
}

/// A proxy, without its user-info.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Proxy {
    /// Scheme, host and port.
    pub url: String,
    /// The flag or variable that set it.
    pub source: String,
}
