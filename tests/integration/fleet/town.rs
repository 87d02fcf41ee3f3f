//! A server that knows many keys, counts what each is asked, and can change its mind.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use futures::FutureExt;
use heygen_doctor::serve::{
    Delivery, Guests, Handler, Limits, Options, Reply, Request, Server, Speaks,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::Instant;

use super::super::binary::doctor;

/// The key of a number: synthetic, and of the current shape.
pub(super) fn key(number: usize) -> String {
    format!("sk_V2_hgu_kSYNTHETICF_SyntheticKeyOfAFleet{number:012}")
}

/// What the server says to everybody from a certain request on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Never,
    /// Every key gets in, made-up ones too.
    LetsIn {
        from: usize,
    },
    /// No key gets in any more.
    LocksOut {
        from: usize,
    },
    /// A web page in front of the API answers whoever brings a key that it knows.
    Blocks {
        from: usize,
    },
    /// Everybody gets an error of the server.
    Fails {
        from: usize,
    },
    /// Whoever brings a key that it knows is told to come later, so many times.
    Throttles {
        from: usize,
        times: usize,
    },
}

impl Turn {
    const fn from(self) -> Option<usize> {
        match self {
            Self::Never => None,
            Self::LetsIn { from }
            | Self::LocksOut { from }
            | Self::Blocks { from }
            | Self::Fails { from }
            | Self::Throttles { from, .. } => Some(from),
        }
    }
}

pub(super) struct Town {
    pub(super) folder: TempDir,
    server: Server,
    pub(super) asked: Arc<Mutex<HashMap<String, usize>>>,
    pub(super) requests: Arc<AtomicUsize>,
    pub(super) most_in_flight: Arc<AtomicUsize>,
    pub(super) times: Arc<Mutex<Vec<Instant>>>,
}

/// How long a server stays as it is after its turn, and how long it takes to answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) heals_after: Duration,
    pub(super) wait: Duration,
}

const NO_END: Duration = Duration::MAX;

impl Town {
    /// A server that knows the keys of these numbers.
    pub(super) async fn new(known: impl IntoIterator<Item = usize>, turn: Turn) -> Self {
        Self::slow(known, turn, Duration::ZERO).await
    }

    /// The same, and well again half a second after its turn.
    pub(super) async fn healing(known: impl IntoIterator<Item = usize>, turn: Turn) -> Self {
        let (heals_after, wait) = (Duration::from_millis(500), Duration::from_millis(10));
        Self::paced(known, turn, Pace { heals_after, wait }).await
    }

    /// The same, with a wait before each answer.
    pub(super) async fn slow(
        known: impl IntoIterator<Item = usize>,
        turn: Turn,
        wait: Duration,
    ) -> Self {
        Self::paced(known, turn, Pace { heals_after: NO_END, wait }).await
    }

    async fn paced(
        known: impl IntoIterator<Item = usize>,
        turn: Turn,
        Pace { heals_after, wait }: Pace,
    ) -> Self {
        let times = Arc::new(Mutex::new(Vec::new()));
        let (all_times, turned) = (Arc::clone(&times), OnceLock::new());
        let known: HashSet<String> = known.into_iter().map(key).collect();
        let asked = Arc::new(Mutex::new(HashMap::new()));
        let requests = Arc::new(AtomicUsize::new(0));
        let (in_flight, most_in_flight) = (Arc::new(AtomicUsize::new(0)), Arc::default());
        let (count, all, most) =
            (Arc::clone(&asked), Arc::clone(&requests), Arc::clone(&most_in_flight));
        let handler: Handler = Arc::new(move |request: Request| {
            let number = all.fetch_add(1, Relaxed) + 1;
            let now = in_flight.fetch_add(1, Relaxed) + 1;
            AtomicUsize::fetch_max(&most, now, Relaxed);
            all_times.lock().unwrap().push(Instant::now());
            let has_turned = turn.from().is_some_and(|from| number >= from);
            let is_well = has_turned && turned.get_or_init(Instant::now).elapsed() >= heals_after;
            let turn = if is_well { Turn::Never } else { turn };
            let brought = brought(&request);
            *count.lock().unwrap().entry(brought.clone()).or_default() += 1;
            let reply = answer(&request, &brought, known.contains(&brought), (number, turn));
            let in_flight = Arc::clone(&in_flight);
            async move {
                tokio::time::sleep(wait).await;
                in_flight.fetch_sub(1, Relaxed);
                reply
            }
            .boxed()
        });
        let options =
            Options { speaks: Speaks::Plain, guests: Guests::Local, limits: Limits::default() };
        let server = Server::start("127.0.0.1:0".parse().unwrap(), options, handler).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Self { folder, server, asked, requests, most_in_flight, times }
    }

    /// The longest time in which nobody asked anything.
    pub(super) fn longest_rest(&self) -> Duration {
        let times = self.times.lock().unwrap();
        times.windows(2).map(|two| two[1] - two[0]).max().unwrap_or_default()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A list of the keys of these numbers.
    pub(super) fn list(&self, numbers: impl IntoIterator<Item = usize>) -> PathBuf {
        let text = numbers.into_iter().fold(String::new(), |mut text, number| {
            let _ = writeln!(text, "{}", json!({"name": name(number), "key": key(number)}));
            text
        });
        let path = self.path("keys.ndjson");
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.server.addr())
    }

    /// The program, asking this server as fast as it may.
    pub(super) fn fleet(&self, args: &[&str]) -> Command {
        let mut command = doctor();
        command.arg("fleet").arg(self.path("keys.ndjson"));
        command.args(["--base-url", &self.url()]);
        if !args.contains(&"--rate") {
            command.args(["--rate", "none"]);
        }
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// How often each key was asked.
    pub(super) fn asked(&self, number: usize) -> usize {
        self.asked.lock().unwrap().get(&key(number)).copied().unwrap_or_default()
    }
}

pub(super) fn name(number: usize) -> String {
    format!("customer-{number}")
}

/// The lines of a result, the later one of a name in the place of the earlier.
pub(super) fn results(text: &str) -> HashMap<String, Value> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|line| (line["name"].as_str().unwrap().to_owned(), line)).collect()
}

fn brought(request: &Request) -> String {
    let mut all = request.values("x-api-key").chain(request.values("authorization"));
    let value = all.next().map(|value| String::from_utf8_lossy(value).into_owned());
    value.unwrap_or_default().trim_start_matches("Bearer ").to_owned()
}

fn json_reply(status: u16, body: &Value) -> Reply {
    let headers = vec![("content-type".to_owned(), b"application/json".to_vec())];
    Reply { status, headers, body: body.to_string().into(), delivery: Delivery::Whole }
}

fn answer(request: &Request, brought: &str, known: bool, (number, turn): (usize, Turn)) -> Reply {
    let is_on = |from: usize| number >= from;
    let known = match turn {
        Turn::LetsIn { from } if is_on(from) => !brought.is_empty(),
        Turn::LocksOut { from } if is_on(from) => false,
        Turn::Blocks { from } if is_on(from) && known => {
            let headers = vec![("content-type".to_owned(), b"text/html".to_vec())];
            let body = "<html><title>Just a moment</title>Request blocked</html>".into();
            return Reply { status: 403, headers, body, delivery: Delivery::Whole };
        }
        Turn::Fails { from } if is_on(from) => {
            return json_reply(503, &json!({"error": {"code": "service_unavailable"}}));
        }
        Turn::Throttles { from, times } if known && is_on(from) && number < from + times => {
            return json_reply(
                429,
                &json!({"error": {"code": "rate_limit_exceeded", "message": "Too many requests"}}),
            );
        }
        _ => known,
    };
    let path = request.path();
    let routes = [
        "/v3/users/me",
        "/v3/api_keys/self",
        "/v3/voices",
        "/v3/videos",
        "/v3/avatars",
        "/v1/user/me",
        "/v2/user/me",
    ];
    if !routes.contains(&path) {
        return json_reply(404, &json!({"error": {"code": "not_found", "message": "Not Found"}}));
    }
    if !known {
        return json_reply(
            401,
            &json!({"error": {"code": "unauthorized", "message": "Unauthorized"}}),
        );
    }
    #[expect(clippy::disallowed_methods, reason = "a server has a clock")]
    let soon = chrono::Utc::now() + chrono::TimeDelta::days(3);
    json_reply(
        200,
        &match path {
            "/v3/users/me" => {
                json!({"data": {"username": "synthetic", "billing_type": "wallet", "wallet": {"currency": "usd", "remaining_balance": 12.5}}})
            }
            // Every seventh key ends in three days.
            "/v3/api_keys/self" => {
                json!({"data": {"key_id": "k", "status": "active", "scope_mode": "full", "scopes": ["*:*"],
                "expires_at": brought.ends_with('7').then(|| soon.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))}})
            }
            _ => json!({"data": []}),
        },
    )
}
