//! The site where keys are tried, and the questions that are the same for every key.

use std::time::Duration;

use crate::text::Glob;
use url::Url;

use crate::heygen::host;
use crate::plan::{Pattern, Profile};
use crate::record::facts::Setting;
use crate::redact::Other;
use crate::transport::{ProxyChoice, TlsSettings};

/// Where keys are tried, and how.
#[derive(Debug)]
pub struct Site {
    /// The API under test.
    pub base_url: Url,
    /// The flag or variable that overrode the default base URL, if one did.
    pub base_url_source: Option<String>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The longest that the examination of one key may take.
    pub deadline: Duration,
    /// The most requests in flight, those for all keys together.
    pub concurrency: usize,
    /// The average time between two requests, those for all keys together; unbounded without.
    pub interval: Option<Duration>,
    /// The proxy in the way.
    pub proxy: Option<ProxyChoice>,
    /// The logins in variables about proxies, also where the proxy is not used.
    pub proxy_logins: Vec<Other>,
    /// Variables about proxies that are set, by name.
    pub proxy_variables: Vec<String>,
    /// Settings that can't be used, or that only other programs read.
    pub settings: Vec<Setting>,
    /// True if `tls` trusts certificates that the user named.
    pub ca_cert: bool,
    /// The roots and rules by which the other side's certificate is judged.
    pub tls: TlsSettings,
    /// HTTP/2 is never offered.
    pub http1_only: bool,
    /// HeyGen's status page is asked, which is so for HeyGen's own host only.
    pub status_page: bool,
    /// A name for this vantage point.
    pub vantage: Option<String>,
    /// The scenario, when the embedded double is asked.
    pub simulated: Option<String>,
    /// The questions.
    pub asked: Asked,
}

/// The extent of the questions about each key.
#[derive(Debug)]
pub struct Asked {
    /// Their number, roughly.
    pub profile: Profile,
    /// The timing patterns to run.
    pub patterns: Vec<Pattern>,
    /// Probe ids to keep; all when empty.
    pub only: Vec<Glob>,
    /// Probe ids to leave out.
    pub skip: Vec<Glob>,
    /// The random path of the identity control.
    pub unknown_path: String,
}

impl Site {
    /// The service at this host, if it is known not to be the API.
    #[must_use]
    pub fn other_service(&self) -> Option<&'static str> {
        host::other_service(self.base_url.as_str())
    }

    /// The base URL as it is shown and recorded.
    #[must_use]
    pub fn shown_base_url(&self) -> String {
        self.base_url.as_str().trim_end_matches('/').to_owned()
    }
}
