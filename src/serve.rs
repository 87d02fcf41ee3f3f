//! A small HTTP server that gives each request to a handler and sends its reply, intact or broken.
//!
//! hyper serves HTTP/1.0, HTTP/1.1, and HTTP/2 where a client asks for it by ALPN. Added here are
//! bounds, the check of `Host`, request heads as the client spelled them, and broken deliveries.

mod activity;
mod connection;
mod guests;
mod reply;
mod request;
mod tap;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, select};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

pub(crate) use activity::Activity;
pub use guests::Guests;
pub use reply::{Delivery, Reply};
pub use request::Request;
pub(crate) use tap::Socket;

/// A header as it stands in a message: its name as spelled, its value without surrounding blanks.
pub type Header = (String, Vec<u8>);

/// Answers one request.
pub type Handler = Arc<dyn Fn(Request) -> BoxFuture<'static, Reply> + Send + Sync>;

/// The protocol of a server's connections.
#[derive(Clone)]
pub enum Speaks {
    /// HTTP/1 in the clear.
    Plain,
    /// HTTP inside TLS; HTTP/2 where the acceptor offers `h2` and the client takes it.
    Tls(TlsAcceptor),
    /// None: connections are taken, and no byte is ever sent on them.
    Nothing,
}

impl fmt::Debug for Speaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "Plain",
            Self::Tls(_) => "Tls",
            Self::Nothing => "Nothing",
        })
    }
}

/// Bounds on what clients can make a server hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Open connections; one more closes the one that has been idle the longest.
    pub connections: usize,
    /// Bytes of a request's head; a longer one is refused.
    pub head_bytes: usize,
    /// Bytes of a body that are kept; the rest is counted and dropped.
    pub body_bytes: usize,
    /// The time for a handshake, for the next head to be complete, and for each piece of a body.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            head_bytes: 32 * 1024,
            body_bytes: 64 * 1024,
            wait: Duration::from_secs(30),
        }
    }
}

/// Settings of a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The protocol.
    pub speaks: Speaks,
    /// The names under which it can be asked.
    pub guests: Guests,
    /// Its bounds.
    pub limits: Limits,
}

/// A running server; dropping it closes its port and its connections.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    accepting: JoinSet<()>,
}

/// The settings and the handler, which all connections of a server share.
struct Shared {
    options: Options,
    handler: Handler,
}

/// Serves one connection to its end.
pub(crate) type Serving =
    Box<dyn Fn(TcpStream, Arc<Activity>) -> BoxFuture<'static, ()> + Send + Sync>;

/// Serves HTTP to the end of a connection that was accepted, and perhaps begun, elsewhere.
pub(crate) async fn serve_on(
    socket: Box<dyn Socket>,
    http2: bool,
    (options, handler): (Options, Handler),
    activity: Arc<Activity>,
) -> io::Result<()> {
    let shared = Arc::new(Shared { options, handler });
    if http2 {
        connection::http2(socket, shared, activity).await
    } else {
        connection::http1(socket, shared, activity).await
    }
}

impl Server {
    /// Listens on an address; port 0 lets the system choose one.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub async fn start(listen: SocketAddr, options: Options, handler: Handler) -> io::Result<Self> {
        let most = options.limits.connections;
        let shared = Arc::new(Shared { options, handler });
        let serving = move |stream, activity| {
            connection::serve(stream, Arc::clone(&shared), activity).boxed()
        };
        Self::accepting(listen, most, Box::new(serving)).await
    }

    /// Listens on an address, and gives each connection away; at most so many are open.
    ///
    /// # Errors
    /// When the address can't be listened on.
    pub(crate) async fn accepting(
        listen: SocketAddr,
        most: usize,
        serving: Serving,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, most, serving));
        Ok(Self { address, accepting })
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the future is dropped.
    pub async fn serve_forever(mut self) {
        while self.accepting.join_next().await.is_some() {}
    }
}

async fn accept(listener: TcpListener, most: usize, serving: Serving) {
    let mut connections = Connections::default();
    loop {
        let accepted = {
            let mut over = pin!(async { while connections.tasks.join_next().await.is_some() {} });
            // Without any connection there is nothing to wait for but the next one.
            match select(pin!(listener.accept()), &mut over).await {
                Either::Left((accepted, _)) => accepted,
                Either::Right(((), accepting)) => accepting.await,
            }
        };
        if let Ok((stream, _)) = accepted {
            let _ = stream.set_nodelay(true);
            connections.keep_below(most);
            connections.open(|activity| serving(stream, activity));
        } else {
            // Out of file descriptors: close a connection, and give the system a moment.
            let fewer = connections.open.len();
            connections.keep_below(fewer);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// The open connections, the oldest first; dropping it closes them.
#[derive(Default)]
struct Connections {
    tasks: JoinSet<()>,
    open: VecDeque<(AbortHandle, Arc<Activity>)>,
}

impl Connections {
    fn open<F>(&mut self, serve: impl FnOnce(Arc<Activity>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let activity = Arc::new(Activity::default());
        let task = self.tasks.spawn(serve(Arc::clone(&activity)));
        self.open.push_back((task, activity));
    }

    /// Closes connections until fewer than this many are open: first those without a request.
    fn keep_below(&mut self, most: usize) {
        self.open.retain(|(task, _)| !task.is_finished());
        while self.open.len() >= most.max(1) {
            let idle = self.open.iter().position(|(_, activity)| !activity.is_busy());
            if let Some((task, _)) = self.open.remove(idle.unwrap_or_default()) {
                task.abort();
            }
        }
    }
}
