//! Hears what a program sends to HeyGen: a base URL and a proxy on one port of loopback, and the settings
//! that lead a program there. It judges nothing; `heard` does.

mod answer;
mod authority;
mod control;
mod count;
mod dial;
mod door;
mod event;
mod folder;
mod follow;
mod forward;
mod intercept;
mod jks;
mod pass;
mod peer;
mod place;
mod prefixed;
mod setting;
mod visit;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};
use tokio::sync::mpsc;
use url::Url;

use crate::error::{Usage, why};
use crate::files::PrivateFolder;
use crate::record::heard::Client;
use crate::serve::{Guests, Limits, Server};
use crate::simulate::Scenario;
use crate::transport::TlsSettings;
use answer::Double;
pub use answer::Valid;
use authority::Authority;
use count::Count;
pub use event::{Caller, Event, Stop};
use peer::{Looking, Ours, Peers};
pub use place::HOSTS;
use place::{Place, is_at, is_heard};
pub use setting::Setting;

/// Requests that may wait to be looked at; more of them hold the program up.
const WAITING: usize = 1024;
/// Connections that may be open at once.
const CONNECTIONS: usize = 1024;
/// How often it is looked whether such programs run still.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// The longest wait, once a program has ended, for what it left under way.
const REST: Duration = Duration::from_secs(1);

/// Who answers.
enum Answers {
    /// The double.
    Double(Double),
    /// HeyGen itself.
    HeyGen,
}

/// Settings of a listener.
#[derive(Debug)]
pub struct Options {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Other machines may connect.
    pub allow_remote: bool,
    /// The API that the base URL stands for.
    pub base_url: Url,
    /// How HeyGen's certificate is judged.
    pub tls: TlsSettings,
    /// A program is started: only what descends from it is heard without a token.
    pub has_command: bool,
    /// Who answers.
    pub answers: Answered,
}

/// Who answers a program.
#[derive(Debug)]
pub enum Answered {
    /// The double in a scenario, with this key as the valid one.
    Double(Box<Scenario>, Valid),
    /// HeyGen itself.
    HeyGen,
}

/// Everything that connections share.
struct Room {
    token: String,
    address: OnceLock<SocketAddr>,
    base_url: Url,
    guests: Guests,
    limits: Limits,
    authority: Authority,
    answers: Answers,
    peers: Peers,
    tls: TlsSettings,
    events: mpsc::Sender<Event>,
    has_command: bool,
    open: Count,
    strangers: Count,
    passed: Mutex<BTreeSet<String>>,
}

/// A listener in operation; dropping it closes its port and removes its files.
pub struct Listener {
    /// What leads a program here.
    pub settings: Vec<Setting>,
    /// What was noticed.
    pub events: mpsc::Receiver<Event>,
    room: Arc<Room>,
    _server: Server,
    folder: PrivateFolder,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("address", &self.room.address).finish_non_exhaustive()
    }
}

impl Listener {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the address can't be listened on, or the files can't be written.
    pub async fn start(options: Options) -> Result<Self, Usage> {
        let (sender, events) = mpsc::channel(WAITING);
        let listen = options.listen;
        let room = Arc::new(Room::new(options, sender)?);
        let entered = Arc::clone(&room);
        let serving =
            move |stream, activity| door::enter(stream, activity, Arc::clone(&entered)).boxed();
        let server = Server::accepting(listen, CONNECTIONS, Box::new(serving)).await;
        let server = server.map_err(|error| {
            Usage::new(
                format!("{listen} can't be listened on: {}.", why(&error)),
                "Choose another port: `--listen 127.0.0.1:0` takes a free one.",
            )
        })?;
        let _ = room.address.set(server.addr());
        let unwritable = |error| {
            Usage::new(
                format!("The folder for this run can't be written: {}.", why(&error)),
                "Name a folder for temporary files that you may write to: `TMPDIR=…`.",
            )
        };
        let folder = PrivateFolder::new().map_err(unwritable)?;
        let settings = folder::settings(&folder, &room.authority, server.addr(), &room.token);
        let settings = settings.map_err(unwritable)?;
        Ok(Self { settings, events, room, _server: server, folder })
    }

    /// What else was noticed once the program is gone: connections that it left may still be served, and
    /// programs that it started may come late.
    pub async fn rest(&mut self) -> Vec<Event> {
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(REST, async {
            loop {
                let (closed, event) = (pin!(self.room.quiet()), pin!(self.events.recv()));
                match select(closed, event).await {
                    Either::Left(_) => return,
                    Either::Right((event, _)) => rest.extend(event),
                }
            }
        });
        let _ = closed.await;
        while let Ok(event) = self.events.try_recv() {
            rest.push(event);
        }
        rest
    }

    /// The other hosts that the program reached through this.
    #[must_use]
    pub fn passed(&self) -> Vec<String> {
        let passed = self.room.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.iter().cloned().collect()
    }

    /// Programs that the program started, and that run still.
    #[must_use]
    pub fn left(&self) -> Vec<Client> {
        if self.room.has_command { peer::running() } else { Vec::new() }
    }

    /// The languages in which our authority was added to a list of the program's own: the files for Node and
    /// Python leave a sign of it.
    #[must_use]
    pub fn widened(&self) -> Vec<String> {
        let is_signed = |language: &&str| {
            self.folder.path().join(format!("widened-{}", language.to_lowercase())).exists()
        };
        ["Node", "Python"].iter().filter(|it| is_signed(it)).map(|it| (*it).to_owned()).collect()
    }

    /// Connections that weren't known to be the program's own, and were refused.
    #[must_use]
    pub fn strangers(&self) -> usize {
        self.room.strangers.get()
    }
}

impl Room {
    fn new(options: Options, events: mpsc::Sender<Event>) -> Result<Self, Usage> {
        let answers = match options.answers {
            Answered::HeyGen => Answers::HeyGen,
            Answered::Double(scenario, valid) => Answers::Double(Double::new(&scenario, valid)),
        };
        // What a client writes in HTTP/1.1 keeps its spelling, so that is offered first. HTTP/2 can't be
        // passed on byte for byte.
        let alpn: &[&[u8]] = match answers {
            Answers::Double(_) => &[b"http/1.1", b"h2"],
            Answers::HeyGen => &[b"http/1.1"],
        };
        Ok(Self {
            token: format!("{:032x}", rand::random::<u128>()),
            address: OnceLock::new(),
            base_url: options.base_url,
            guests: if options.allow_remote { Guests::Anyone } else { Guests::Local },
            limits: Limits::default(),
            authority: Authority::new(&HOSTS, alpn, now())?,
            answers,
            peers: Peers::new(if options.has_command { Ours::Descendants } else { Ours::SameUser }),
            tls: options.tls,
            events,
            has_command: options.has_command,
            open: Count::default(),
            strangers: Count::default(),
            passed: Mutex::default(),
        })
    }

    /// True for the program that is listened to: it shows the token, or its process is known. Where the
    /// system doesn't tell processes, nothing but the double may be asked without a token.
    async fn admits(&self, token: Option<&str>, peer: &Looking) -> bool {
        if token == Some(self.token.as_str()) {
            return true;
        }
        let is_double = matches!(self.answers, Answers::Double(_));
        peer.clone().await.is_ours.unwrap_or(is_double)
    }

    /// Waits until no connection is open, and nothing runs that could open one.
    async fn quiet(&self) {
        loop {
            self.open.none().await;
            if !self.has_command {
                return;
            }
            let running = tokio::task::spawn_blocking(peer::running).await;
            if running.unwrap_or_default().is_empty() {
                return;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn tell(&self, event: Event) {
        // Nobody listens any more once the command has ended.
        let _ = self.events.send(event).await;
    }

    fn passed(&self, url: &Url) {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        if passed.len() < WAITING {
            passed.insert(host);
        }
    }

    const fn double(&self) -> Option<&Double> {
        match &self.answers {
            Answers::Double(double) => Some(double),
            Answers::HeyGen => None,
        }
    }

    /// True for a URL that leads back here.
    fn is_own(&self, url: &Url) -> bool {
        self.address.get().is_some_and(|own| is_at(url, *own))
    }
}

#[expect(clippy::disallowed_methods, reason = "a request is dated when it comes in")]
fn now() -> DateTime<Utc> {
    Utc::now()
}
