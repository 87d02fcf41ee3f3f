//! The double on a socket.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::deliver::{self, After, Socket};
use super::engine::Engine;
use super::front::Front;
use super::request::{self, Incoming};
use super::scenario::Scenario;
use super::tls;

/// A scenario that is being served; dropping it stops it.
pub struct Server {
    address: SocketAddr,
    scheme: String,
    authority: Option<&'static str>,
    shared: Arc<Shared>,
    task: JoinSet<()>,
}

struct Shared {
    engine: Engine,
    front: Front,
    acceptor: Option<TlsAcceptor>,
    requests: AtomicUsize,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

impl Server {
    /// Serves a scenario on an address; port 0 lets the system choose one.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub async fn start(scenario: &Scenario, listen: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let front = scenario.server.clone();
        let acceptor = front.tls.map(tls::Certificate::acceptor).transpose()?;
        let speaks = if acceptor.is_some() { "https" } else { "http" };
        let shared = Arc::new(Shared {
            engine: Engine::new(scenario.clone()),
            acceptor,
            requests: AtomicUsize::new(0),
            front,
        });
        let mut task = JoinSet::new();
        let address = listener.local_addr()?;
        task.spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            scheme: scenario.server.scheme.clone().unwrap_or_else(|| speaks.to_owned()),
            authority: scenario.server.tls.map(|_| tls::AUTHORITY),
            shared,
            task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of the API it plays.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// How many requests were read so far.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::Relaxed)
    }

    /// The private authority behind its certificates, where it speaks TLS.
    #[must_use]
    pub const fn ca_pem(&self) -> Option<&'static str> {
        self.authority
    }

    /// Serves until the future is dropped.
    pub async fn serve_forever(mut self) {
        while self.task.join_next().await.is_some() {}
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with this task, and with it every connection.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&shared)));
                }
                // Out of file descriptors: connections that end will free some.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// A broken connection concerns nobody but its client.
async fn connection(mut stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    if shared.front.silent {
        let _ = deliver::wait_for_the_client_to_leave(&mut stream).await;
        return;
    }
    let _ = match &shared.acceptor {
        Some(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => converse(stream, &shared).await,
            Err(error) => Err(error),
        },
        None => converse(stream, &shared).await,
    };
}

async fn converse<S: Socket>(mut socket: S, shared: &Shared) -> io::Result<()> {
    use tokio::io::AsyncWriteExt as _;

    let mut buffer = Vec::new();
    loop {
        let request = match request::read(&mut socket, &mut buffer).await? {
            Incoming::Request(request) => request,
            Incoming::Unreadable => {
                deliver::bad_request(&mut socket, &shared.front).await?;
                break;
            }
            Incoming::Nothing => break,
        };
        shared.requests.fetch_add(1, Ordering::Relaxed);
        let reply = shared.engine.reply(request.clone());
        tokio::time::sleep(reply.delay).await;
        if deliver::deliver(&mut socket, &shared.front, &request, &reply).await? == After::Close {
            break;
        }
    }
    socket.shutdown().await
}
