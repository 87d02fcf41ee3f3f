//! One request's attempt at a connection of its own, and how long each step of it took.
//!
//! The HTTP client hands a request to a connection that is open, or asks its connector for one from
//! within the request. [`Attempt::follow`] marks that context, so the hooks that run in it (see
//! `hooks`) know whose attempt it is, also where the client finishes it in the background because
//! another connection became free first.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::Extensions;
use hyper_util::client::legacy::connect::{Connected, HttpInfo};

use super::{ProxyChoice, now};
use crate::record::observation::{Connection, FaultKind};

tokio::task_local! {
    /// The attempt of the request that is being sent, or whose connection is being made.
    static CURRENT: Arc<Attempt>;
}

/// The steps towards a new connection. One that was not taken, or can't be told apart from the
/// next, is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phases {
    /// Resolving names: the server's, or the proxy's.
    pub dns: Option<Duration>,
    /// The TCP handshake, with the proxy if one is on the way. Absent where a CONNECT without TLS
    /// to the proxy, or SOCKS, follows it: the client doesn't show where one ends.
    pub connect: Option<Duration>,
    /// The TLS handshake with the server.
    pub tls: Option<Duration>,
}

/// The way of a connection, as far as it bounds what can be timed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// True if the server is spoken to in TLS.
    pub(super) tls: bool,
    proxy_tls: bool,
    /// True if a proxy's own handshake follows TCP before anything that can be seen.
    opaque: bool,
}

impl Way {
    pub(super) fn new(tls: bool, proxy: Option<&ProxyChoice>) -> Self {
        let scheme = proxy.map(|proxy| proxy.url().scheme());
        let opaque = match scheme {
            None | Some("https") => false,
            Some("http") => tls,
            Some(_) => true,
        };
        Self { tls, proxy_tls: scheme == Some("https"), opaque }
    }
}

/// Both ends of a connection: they tell it from every other that is open.
type Ends = (SocketAddr, SocketAddr);

/// One request's attempt at a connection of its own.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) way: Way,
    marks: Mutex<Marks>,
}

#[derive(Debug, Default)]
struct Marks {
    waits: bool,
    leads: bool,
    begun: Option<Instant>,
    resolving: Option<Duration>,
    resolved: Option<Instant>,
    hellos: Vec<Instant>,
    up: Option<Up>,
    left_alone: bool,
}

/// A connection that came up.
#[derive(Clone, Copy, Debug)]
struct Up {
    at: Instant,
    ends: Option<Ends>,
    http2: bool,
}

impl Attempt {
    pub(super) fn new(way: Way) -> Arc<Self> {
        Arc::new(Self { way, marks: Mutex::default() })
    }

    /// The attempt in whose context this is called.
    pub(super) fn current() -> Option<Arc<Self>> {
        CURRENT.try_with(Arc::clone).ok()
    }

    /// Runs a future in the context of this attempt.
    pub(super) async fn follow<F: Future>(self: &Arc<Self>, future: F) -> F::Output {
        CURRENT.scope(Arc::clone(self), future).await
    }

    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asked for a connection while the client's first one is still being made.
    pub(super) fn waits(&self) {
        let mut marks = self.marks();
        marks.waits = true;
        marks.left_alone = false;
    }

    /// Makes the client's first connection.
    pub(super) fn leads(&self) {
        self.marks().leads = true;
    }

    /// True if it makes the client's first connection.
    pub(super) fn is_leader(&self) -> bool {
        self.marks().leads
    }

    /// A connection is being made. The client may do so again for a request that never left.
    pub(super) fn begin(&self) {
        let mut marks = self.marks();
        let (waits, leads) = (marks.waits, marks.leads);
        *marks = Marks { waits, leads, begun: Some(now()), ..Marks::default() };
    }

    /// A name was resolved, or failed to be.
    pub(super) fn resolved(&self, since: Instant) {
        let (mut marks, now) = (self.marks(), now());
        marks.resolved = Some(now);
        *marks.resolving.get_or_insert_default() += now - since;
    }

    /// A TLS handshake begins.
    pub(super) fn hello(&self) {
        self.marks().hellos.push(now());
    }

    /// True if the attempt goes on without its request, because another connection took that. The
    /// client may send the request again, and then there is a new attempt in the same place.
    pub(super) fn is_left_alone(&self) -> bool {
        let with_request =
            CURRENT.try_with(|current| std::ptr::eq(Arc::as_ptr(current), self)).unwrap_or(false);
        self.marks().left_alone |= !with_request;
        !with_request
    }

    /// The connection came up.
    pub(super) fn came_up(&self, connected: &Connected) {
        let mut extensions = Extensions::new();
        connected.get_extras(&mut extensions);
        let (ends, http2) = (ends(&extensions), connected.is_negotiated_h2());
        self.marks().up = Some(Up { at: now(), ends, http2 });
    }

    /// When a request that had to wait could go on: with a connection of its own, or with the
    /// client's first one, which came up at `first`.
    pub(super) fn waited_until(&self, first: Option<Instant>) -> Option<Instant> {
        let marks = self.marks();
        marks.begun.or(first).filter(|_| marks.waits)
    }

    /// On which connection something came back, by both ends of that connection.
    pub(super) fn carried_by(&self, extensions: &Extensions) -> Option<Connection> {
        let carrier = ends(extensions)?;
        let own = self.marks().up.and_then(|up| up.ends);
        Some(if own == Some(carrier) { Connection::New } else { Connection::Reused })
    }

    /// The fault of a request whose time is over, and its connection where that is sure.
    pub(super) fn timed_out(&self, pooled: bool) -> (FaultKind, Option<Connection>) {
        let marks = self.marks();
        match (marks.begun, marks.up) {
            _ if marks.left_alone => (FaultKind::Timeout, Some(Connection::Reused)),
            (_, Some(up)) => {
                // Of several HTTP/2 connections that come up at once, the client keeps one.
                let sure = !up.http2 || marks.leads || !pooled;
                (FaultKind::Timeout, sure.then_some(Connection::New))
            }
            (None, None) if !marks.waits => (FaultKind::Timeout, Some(Connection::Reused)),
            _ => (FaultKind::ConnectTimeout, None),
        }
    }

    /// The time of each step, as far as the attempt came. None where another connection carried
    /// the request, or may have.
    pub(super) fn phases(&self, carrier: Option<Connection>) -> Phases {
        let marks = self.marks();
        let up = marks.up.map(|up| up.at);
        let own = carrier == Some(Connection::New) || (carrier.is_none() && up.is_none());
        let Some(begun) = marks.begun.filter(|_| own) else { return Phases::default() };
        let way = self.way;
        let tcp_end = match (way.tls || way.proxy_tls, marks.hellos.first()) {
            _ if way.opaque => None,
            (true, first) => first.copied(),
            (false, _) => up,
        };
        let handshakes = usize::from(way.tls) + usize::from(way.proxy_tls);
        let server_hello =
            marks.hellos.last().filter(|_| way.tls && marks.hellos.len() == handshakes);
        Phases {
            dns: marks.resolving,
            connect: tcp_end.map(|end| end - marks.resolved.unwrap_or(begun)),
            tls: server_hello.zip(up).map(|(hello, up)| up - *hello),
        }
    }
}

fn ends(extensions: &Extensions) -> Option<Ends> {
    extensions.get().map(|info: &HttpInfo| (info.local_addr(), info.remote_addr()))
}
