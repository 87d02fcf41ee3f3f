//! The hooks that the HTTP client calls while it makes a connection.

use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use hyper_util::client::legacy::connect::Connection;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::watch;
use tower_layer::Layer;
use tower_service::Service;

use super::attempt::Attempt;
use super::{now, socket};

type BoxError = Box<dyn Error + Send + Sync>;

/// Resolves names as the preflight does, and takes the time.
#[derive(Debug)]
pub(super) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let since = now();
            let found = socket::lookup(name.as_str(), 0).await;
            if let Some(attempt) = Attempt::current() {
                attempt.resolved(since);
            }
            let addresses: Addrs = Box::new(found?.into_iter());
            Ok(addresses)
        })
    }
}

/// The first connection of a client that may speak HTTP/2.
///
/// All requests can share one HTTP/2 connection, but the client knows that HTTP/2 was agreed on only
/// once a connection is up, and would open one for each request until then. So the first attempt
/// goes alone. Where it agrees on HTTP/2, those that wait get its connection from the pool; in every
/// other case they go on by themselves as soon as that is known.
#[derive(Debug)]
pub(super) struct Opening {
    led: AtomicBool,
    up: OnceLock<Instant>,
    over: watch::Sender<bool>,
}

impl Opening {
    pub(super) fn new() -> Arc<Self> {
        let over = watch::Sender::new(false);
        Arc::new(Self { led: AtomicBool::new(false), up: OnceLock::new(), over })
    }

    /// When the first connection came up.
    pub(super) fn up(&self) -> Option<Instant> {
        self.up.get().copied()
    }

    /// Nobody waits any more.
    pub(super) fn over(&self) {
        self.over.send_replace(true);
    }

    /// Lets the first attempt through, and the others once they can't share its connection.
    async fn turn(&self, attempt: &Attempt) -> Result<(), BoxError> {
        if !self.led.swap(true, Ordering::Relaxed) {
            attempt.leads();
            return Ok(());
        }
        if *self.over.borrow() {
            return Ok(());
        }
        attempt.waits();
        let mut over = self.over.subscribe();
        let mut over = pin!(over.wait_for(|over| *over));
        poll_fn(|context| {
            if attempt.is_left_alone() {
                return Poll::Ready(Err("another connection carries the request".into()));
            }
            over.as_mut().poll(context).map(|_| Ok(()))
        })
        .await
    }
}

/// Follows each connection that the client makes.
#[derive(Clone, Debug)]
pub(super) struct Watch(pub(super) Option<Arc<Opening>>);

/// The client's connector, followed.
#[derive(Clone, Debug)]
pub(super) struct Watched<S> {
    connector: S,
    opening: Option<Arc<Opening>>,
}

impl<S> Layer<S> for Watch {
    type Service = Watched<S>;

    fn layer(&self, connector: S) -> Watched<S> {
        Watched { connector, opening: self.0.clone() }
    }
}

impl<S, Destination> Service<Destination> for Watched<S>
where
    S: Service<Destination, Error = BoxError>,
    S::Response: Connection,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, destination: Destination) -> Self::Future {
        let connecting = self.connector.call(destination);
        let Some(attempt) = Attempt::current() else { return Box::pin(connecting) };
        let opening = self.opening.clone().filter(|_| attempt.way.tls);
        Box::pin(async move {
            if let Some(opening) = &opening {
                opening.turn(&attempt).await?;
            }
            attempt.begin();
            let mut connecting = pin!(attempt.follow(connecting));
            let came_up = poll_fn(|context| {
                attempt.is_left_alone();
                connecting.as_mut().poll(context)
            })
            .await;
            let connected = came_up.as_ref().ok().map(Connection::connected);
            if let Some(connected) = &connected {
                attempt.came_up(connected);
            }
            if let Some(opening) = opening.filter(|_| attempt.is_leader()) {
                let _ = opening.up.set(now());
                if !connected.is_some_and(|connected| connected.is_negotiated_h2()) {
                    opening.over();
                }
            }
            came_up
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::attempt::Way;

    #[tokio::test]
    async fn a_request_that_is_sent_again_waits_again_for_the_first_connection() {
        let (opening, attempt) = (Opening::new(), Attempt::new(Way::new(true, None)));
        let leader = Attempt::new(Way::new(true, None));
        leader.follow(opening.turn(&leader)).await.unwrap();
        // Outside of its context: the request took another connection, which failed before it sent.
        assert!(opening.turn(&attempt).await.is_err());
        let again = attempt.follow(opening.turn(&attempt));
        let (again, ()) = tokio::join!(biased; again, async { opening.over() });
        again.unwrap();
    }
}
