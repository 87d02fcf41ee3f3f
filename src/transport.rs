//! Everything that touches the network: names, sockets, TLS, proxies, the HTTP clients, and what
//! went wrong on the way, told by type. It knows nothing of keys, probes, or HeyGen.

mod attempt;
mod certificate;
pub mod client;
pub mod fault;
mod handshake;
mod hooks;
pub mod proxy;
mod socket;
mod socks;
pub mod tls;
mod tunnel;
mod x509;

pub use attempt::Phases;
pub use client::{Client, Clients, Sent, Settings};
pub(crate) use handshake::shake;
pub use proxy::{ProxyChoice, is_loopback};
pub(crate) use socket::{Stream, connect, resolve};
pub use tls::TlsSettings;
pub(crate) use tunnel::open;

use std::time::{Duration, Instant};

use url::Url;

/// A server, and the way to it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The API under test.
    pub base_url: &'a Url,
    /// The proxy on the way.
    pub proxy: Option<&'a ProxyChoice>,
    /// The judges of the server's certificate.
    pub tls: &'a TlsSettings,
    /// The time limit of each single step.
    pub timeout: Duration,
}

impl Target<'_> {
    /// `host:port`, as a proxy is asked for it.
    fn authority(&self) -> String {
        let port = self.base_url.port_or_known_default().unwrap_or(443);
        format!("{}:{port}", self.base_url.host_str().unwrap_or_default())
    }
}

/// A duration in milliseconds, to the microsecond.
#[must_use]
pub fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// The clock that all phases are taken with.
#[expect(clippy::disallowed_methods, reason = "the transport takes the time of what it does")]
fn now() -> Instant {
    Instant::now()
}
