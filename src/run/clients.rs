//! The HTTP clients: one per wire. None follows a redirect, resends, or keeps a cookie.

use std::time::Duration;

use reqwest::redirect::Policy;

use crate::config::proxy::ProxyChoice;
use crate::error::Usage;
use crate::run::tls::TlsSettings;

/// What all clients share.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// How the other side's certificate is judged.
    pub tls: &'a TlsSettings,
    /// The proxy in the way.
    pub proxy: Option<&'a ProxyChoice>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// Whether HTTP/2 is out of the question.
    pub http1_only: bool,
}

/// One client per wire.
#[derive(Clone, Debug)]
pub struct Clients {
    /// HTTP/2 where offered; names in lower case.
    pub negotiated: reqwest::Client,
    /// HTTP/1.1, names in lower case: carries values that HTTP/2 forbids.
    pub http1: reqwest::Client,
    /// HTTP/1.1, names in title case.
    pub title_case: reqwest::Client,
    /// A connection of its own for each request.
    pub fresh: reqwest::Client,
}

impl Clients {
    /// Builds the clients.
    ///
    /// # Errors
    /// When the proxy's address can't be used.
    pub fn new(settings: Settings<'_>) -> Result<Self, Usage> {
        let build = |http1: bool, shape: fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder| {
            let http1 = http1 || settings.http1_only;
            let alpn: &[&[u8]] = if http1 { &[b"http/1.1"] } else { &[b"h2", b"http/1.1"] };
            let mut builder = reqwest::Client::builder()
                .tls_backend_preconfigured(settings.tls.client_config(alpn))
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .no_proxy()
                .timeout(settings.timeout)
                .connect_timeout(settings.timeout);
            if http1 {
                builder = builder.http1_only();
            }
            if let Some(proxy) = settings.proxy {
                builder = builder.proxy(proxy.reqwest()?);
            }
            shape(builder).build().map_err(|error| {
                Usage::new(
                    format!("The HTTP client can't be set up: {}", error.without_url()),
                    "Check `--proxy` and `--ca-cert`.",
                )
            })
        };
        Ok(Self {
            negotiated: build(false, |builder| builder)?,
            http1: build(true, |builder| builder)?,
            title_case: build(true, reqwest::ClientBuilder::http1_title_case_headers)?,
            fresh: build(false, |builder| builder.pool_max_idle_per_host(0))?,
        })
    }
}
