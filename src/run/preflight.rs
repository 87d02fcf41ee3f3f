//! Wave 1: what the doctor's own sockets see on the way to the API. No key is ever sent here.

use std::time::Duration;

use url::Url;

use crate::config::proxy::ProxyChoice;
use crate::facts::Network;
use crate::run::tls::TlsSettings;

/// Where to look, and how.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The API under test.
    pub base_url: &'a Url,
    /// The proxy in the way.
    pub proxy: Option<&'a ProxyChoice>,
    /// How the other side is judged.
    pub tls: &'a TlsSettings,
    /// The longest that any one step may take.
    pub timeout: Duration,
    /// Where the status page's `summary.json` is; it is not asked without.
    pub status_page: Option<&'a str>,
}

/// Looks at name, address, handshake, chain, proxy and status page.
pub async fn preflight(target: Target<'_>) -> Network {
    let _ = target;
    Network::default()
}
