//! The HTTP clients: one per wire. None follows a redirect, resends, or keeps a cookie.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Method, RequestBuilder, Response};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::attempt::{Attempt, Phases, Way};
use super::hooks::{Opening, Resolver, Watch};
use super::{ProxyChoice, TlsSettings, fault, now};
use crate::error::Usage;
use crate::record::observation::{Connection, Fault, FaultKind};

/// The settings that all clients share.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The judges of the server's certificate.
    pub tls: &'a TlsSettings,
    /// The proxy on the way.
    pub proxy: Option<&'a ProxyChoice>,
    /// The time limit of one request. An attempt at a connection is given up after twice that,
    /// although its request is served by another connection.
    pub timeout: Duration,
    /// True if HTTP/2 is not offered.
    pub http1_only: bool,
}

/// One HTTP client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Keeps its connections for later requests.
    pooled: reqwest::Client,
    /// Makes a connection for each request.
    fresh: reqwest::Client,
    proxy: Option<ProxyChoice>,
    opening: Option<Arc<Opening>>,
}

/// One client per wire.
#[derive(Clone, Debug)]
pub struct Clients {
    /// HTTP/2 where offered; names in lower case.
    pub negotiated: Client,
    /// HTTP/1.1, names in lower case: carries values that HTTP/2 forbids.
    pub http1: Client,
    /// HTTP/1.1, names in title case.
    pub title_case: Client,
}

/// A request that was sent, up to the head of its answer.
#[derive(Debug)]
pub struct Sent {
    /// The head of the answer, with the body still to be read; or why there is none.
    pub answer: Result<Response, Fault>,
    /// The connection that carried it, where that is known.
    pub connection: Option<Connection>,
    /// The steps towards its own connection; none where it went on another.
    pub phases: Phases,
    /// The time it waited for the client's first connection, before anything was done for it.
    pub waited: Duration,
}

impl Clients {
    /// Builds the clients.
    ///
    /// # Errors
    /// When the proxy's address can't be used.
    pub fn new(settings: Settings<'_>) -> Result<Self, Usage> {
        let http1 = Settings { http1_only: true, ..settings };
        Ok(Self {
            negotiated: Client::new(settings)?,
            http1: Client::new(http1)?,
            title_case: Client::build(http1, ClientBuilder::http1_title_case_headers)?,
        })
    }
}

impl Client {
    /// A client that spells header names in lower case.
    ///
    /// # Errors
    /// When the proxy's address can't be used.
    pub fn new(settings: Settings<'_>) -> Result<Self, Usage> {
        Self::build(settings, |builder| builder)
    }

    fn build(
        settings: Settings<'_>,
        shape: fn(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self, Usage> {
        let opening = (!settings.http1_only).then(Opening::new);
        let built = |builder: ClientBuilder| {
            shape(builder).build().map_err(|error| {
                Usage::new(
                    format!("The HTTP client can't be set up: {}", error.without_url()),
                    "Check `--proxy` and `--ca-cert`.",
                )
            })
        };
        let pooled = builder(settings)?.connector_layer(Watch(opening.clone()));
        let fresh = builder(settings)?.connector_layer(Watch(None)).pool_max_idle_per_host(0);
        Ok(Self {
            pooled: built(pooled)?,
            fresh: built(fresh)?,
            proxy: settings.proxy.cloned(),
            opening,
        })
    }

    /// A request of this client, to be completed and then sent by it.
    pub fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.pooled.request(method, url)
    }

    /// Sends a request of this client, and waits for the head of the answer until `limit`. If
    /// `fresh`, a connection is made for it, and closed after it.
    pub async fn send(&self, request: RequestBuilder, fresh: bool, limit: Instant) -> Sent {
        let client = if fresh { &self.fresh } else { &self.pooled };
        let request = match request.build() {
            Ok(request) => request,
            Err(error) => return Sent::failed(fault::of_reqwest(&error)),
        };
        let way = Way::new(request.url().scheme() == "https", self.proxy.as_ref());
        let attempt = Attempt::new(way);
        let (since, lead) = (now(), Lead { opening: self.opening.as_deref(), attempt: &attempt });
        let sending = attempt.follow(async { client.execute(request).await });
        let outcome = timeout_at(limit, sending).await;
        let (answer, connection) = match outcome {
            Ok(Ok(response)) => {
                let carrier = attempt.carried_by(response.extensions());
                (Ok(response), carrier)
            }
            Ok(Err(error)) => {
                let carrier = fault::carrier(&error);
                let carrier = carrier.and_then(|extensions| attempt.carried_by(&extensions));
                (Err(fault::of_reqwest(&error)), carrier)
            }
            Err(_) => {
                let (kind, connection) = attempt.timed_out(!fresh);
                (Err(late(kind)), connection)
            }
        };
        drop(lead);
        let answer = answer.map_err(|fault| Fault { connection, ..fault });
        let first = self.opening.as_ref().and_then(|opening| opening.up());
        let waited =
            attempt.waited_until(first).map(|until| until.saturating_duration_since(since));
        let phases = attempt.phases(connection);
        Sent { answer, connection, phases, waited: waited.unwrap_or_default() }
    }
}

impl Sent {
    /// A request that was never sent.
    #[must_use]
    pub fn failed(fault: Fault) -> Self {
        let (connection, phases) = (None, Phases::default());
        Self { answer: Err(fault), connection, phases, waited: Duration::ZERO }
    }
}

/// Ends the wait for the client's first connection with the request that made it, however it ends.
struct Lead<'a> {
    opening: Option<&'a Opening>,
    attempt: &'a Attempt,
}

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        if let Some(opening) = self.opening.filter(|_| self.attempt.is_leader()) {
            opening.over();
        }
    }
}

/// A client that does nothing by itself, on the doctor's own TLS and proxy settings.
fn builder(settings: Settings<'_>) -> Result<ClientBuilder, Usage> {
    let http1 = settings.http1_only;
    let alpn: &[&[u8]] = if http1 { &[b"http/1.1"] } else { &[b"h2", b"http/1.1"] };
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(settings.tls.client_config(alpn))
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .dns_resolver(Resolver)
        .connect_timeout(settings.timeout * 2);
    if http1 {
        builder = builder.http1_only();
    }
    if let Some(proxy) = settings.proxy {
        builder = builder.proxy(proxy.reqwest()?);
    }
    Ok(builder)
}

/// A request that was given up when its time was over.
fn late(fault: FaultKind) -> Fault {
    let detail = match fault {
        FaultKind::ConnectTimeout => "No connection in time",
        _ => "No answer in time",
    };
    Fault::new(fault, detail)
}
