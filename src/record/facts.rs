//! Everything the diagnosis may see: a run, as data.

mod credential;
mod network;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::heard::Heard;
use crate::record::listened::Listened;
use crate::record::observation::{Observation, to_the_millisecond};
use crate::record::probe::{Credential, ProbeId};
use crate::record::wave::Wave;
use crate::text::named_enum;

pub use credential::{About, CredentialInfo, Finding, FindingId, Kind, Severity, Source};
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
    /// The network as the doctor's own sockets saw it.
    pub network: Network,
    /// Every exchange, in the order of the plan.
    pub observations: Vec<Observation>,
    /// The requests of another program, where the run was to listen or to read.
    pub heard: Option<Vec<Heard>>,
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
    /// Its duration in milliseconds.
    pub duration_ms: u64,
    /// How much was asked.
    pub profile: Profile,
    /// Origin of the API under test.
    pub base_url: String,
    /// The scenario, when the embedded double was asked.
    pub simulated: Option<String>,
    /// True if the run ended before its plan did.
    pub partial: bool,
    /// The end of a partial run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<EndedBy>,
    /// What was set for a program, where one was listened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listened: Option<Listened>,
    /// The requests of a program for which there was no room any more; nothing else is known of them.
    #[serde(default, skip_serializing_if = "is_none")]
    pub left_out: usize,
    /// A name that the user gave to this vantage point.
    pub vantage: Option<String>,
    /// True if HTTP/2 was not offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub http1_only: bool,
    /// The steps of the plan that were sent.
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

/// True for a number that isn't written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(number: &usize) -> bool {
    *number == 0
}

named_enum! {
    /// How much is asked.
    pub enum Profile {
        /// The key beside its controls, once.
        Quick = "quick",
        /// The same, and then only what separates the causes still standing.
        Adaptive = "adaptive",
        /// Everything.
        Full = "full",
        /// Nothing: another program's requests were listened to.
        Listen = "listen",
        /// Nothing: another program's requests were read.
        Inspect = "inspect",
    }
}

/// The event that ended a run before its plan did.
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
    pub waves: Vec<Wave>,
    /// The number of requests it added, those that were still under way at the end included.
    pub requests: usize,
    /// The reason for it, in one sentence.
    pub why: String,
}

/// A probe that was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotSent {
    /// The probe, or the group of probes.
    pub probe: String,
    /// The kind of reason; absent in records that were written before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The reason, in one sentence.
    pub why: String,
}

impl NotSent {
    /// A probe, or a group of probes, with the reason and the sentence that tells it.
    pub fn new(probe: impl Into<String>, reason: Reason, why: impl Into<String>) -> Self {
        Self { probe: probe.into(), reason: Some(reason), why: why.into() }
    }
}

named_enum! {
    /// Why a probe was not sent.
    pub enum Reason {
        /// The base URL is known to lead to something that isn't HeyGen's API.
        WrongHost = "wrong_host",
        /// There is no key, or its value may not be sent.
        NoKey = "no_key",
        /// No HTTP client can put the value into a header.
        Unsendable = "unsendable",
        /// `--only` or `--skip` leaves it out.
        LeftOut = "left_out",
        /// A run sends no more requests than it has.
        Limit = "limit",
        /// Another probe asks the same.
        Repeats = "repeats",
        /// Keyed probing was stopped, so as not to look like an attack.
        Stopped = "stopped",
        /// The limit on requests was met that the pattern looks for.
        Throttled = "throttled",
        /// Those before it got no answer.
        Unanswered = "unanswered",
        /// The run ended first.
        Ended = "ended",
    }
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
    /// True if certificates that the user named are trusted beside this machine's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ca_cert: bool,
    /// Settings that can't be used, or that only other programs read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
}

/// A setting that can't be used, or that only other programs read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setting {
    /// The variable.
    pub name: String,
    /// Its subject.
    pub kind: SettingKind,
    /// The fault in one sentence, without the value.
    pub message: String,
    /// The cure, without a full stop.
    pub step: String,
}

named_enum! {
    /// The subject of a setting.
    pub enum SettingKind {
        /// The proxy on the way.
        Proxy = "proxy",
        /// The certificate authorities that are trusted.
        Roots = "roots",
        /// The host that is asked.
        BaseUrl = "base_url",
    }
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

impl Proxy {
    /// The source of a proxy that was given by flag.
    pub const FLAG: &str = "--proxy";
}
