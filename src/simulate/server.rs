//! The double on a socket.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::FutureExt as _;

use super::engine::Engine;
use super::scenario::Scenario;
use super::tls::{self, Certificate};
use crate::serve::{self, Guests, Handler, Limits, Options, Speaks};

/// A scenario that is being served; dropping it stops it.
pub struct Server {
    socket: serve::Server,
    engine: Arc<Engine>,
    scheme: String,
    authority: Option<&'static str>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

impl Server {
    /// Serves a scenario to programs on this machine; port 0 lets the system choose one.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub async fn start(scenario: &Scenario, listen: SocketAddr) -> io::Result<Self> {
        Self::start_for(scenario, listen, Guests::Local).await
    }

    /// Serves a scenario to these guests.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub async fn start_for(
        scenario: &Scenario,
        listen: SocketAddr,
        guests: Guests,
    ) -> io::Result<Self> {
        let front = &scenario.server;
        let speaks = match front.tls {
            _ if front.silent => Speaks::Nothing,
            Some(certificate) => Speaks::Tls(certificate.acceptor()?),
            None => Speaks::Plain,
        };
        // A proxy is asked for other hosts than itself.
        let guests = if scenario.is_proxy() { Guests::Anyone } else { guests };
        let spoken = if front.tls.is_some() { "https" } else { "http" };
        let engine = Arc::new(Engine::new(scenario.clone()));
        let options = Options { speaks, guests, limits: Limits::default() };
        Ok(Self {
            socket: serve::Server::start(listen, options, answering(Arc::clone(&engine))).await?,
            engine,
            scheme: front.scheme.clone().unwrap_or_else(|| spoken.to_owned()),
            authority: front.tls.map(|_: Certificate| tls::AUTHORITY),
        })
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.socket.addr()
    }

    /// The base URL of the API it plays.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}://{}", self.scheme, self.addr())
    }

    /// The number of requests that were read so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.engine.served()
    }

    /// The private authority behind its certificates, where it speaks TLS.
    #[must_use]
    pub const fn ca_pem(&self) -> Option<&'static str> {
        self.authority
    }

    /// Serves until the future is dropped.
    pub async fn serve_forever(self) {
        self.socket.serve_forever().await;
    }
}

/// Answers requests as a scenario says, on whatever socket they come.
#[must_use]
pub fn handler(scenario: &Scenario) -> Handler {
    answering(Arc::new(Engine::new(scenario.clone())))
}

fn answering(engine: Arc<Engine>) -> Handler {
    Arc::new(move |request| {
        let engine = Arc::clone(&engine);
        async move {
            let _under_way = engine.busy.arrives();
            let (reply, delay) = engine.reply(request);
            tokio::time::sleep(delay).await;
            reply
        }
        .boxed()
    })
}
