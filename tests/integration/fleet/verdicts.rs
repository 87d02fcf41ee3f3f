//! A key comes to the same in a fleet as alone.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use futures::FutureExt;
use heygen_doctor::serve::{
    self, Delivery, Guests, Handler, Limits, Options, Reply, Request, Speaks,
};
use heygen_doctor::simulate::{Server, load};
use serde_json::{Value, json};

use super::super::binary::doctor;
use super::super::lab::Bench;
use super::town::{Town, Turn, key, results};
use super::{lines, text};

/// Stories of keys and accounts, at a server that is well otherwise.
const STORIES: [&str; 14] = [
    "healthy",
    "unknown-key",
    "revoked",
    "deactivated",
    "expired-says-so",
    "empty-wallet",
    "scoped",
    "read-only-key",
    "suspended",
    "no-credit",
    "monthly-quota",
    "expires-soon",
    "quoted-key",
    "echo-whole",
];
/// So many of 200 keys have each story but the first.
const EACH: usize = 1;

/// Hands each request to the server of the story whose key it brings.
fn front(urls: HashMap<String, String>, well: String) -> Handler {
    let urls = Arc::new(urls);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    Arc::new(move |request: Request| {
        let brought: Vec<String> = request
            .headers
            .iter()
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            .collect();
        let told = |key: &&String| brought.iter().any(|value| value.contains(key.as_str()));
        let url = urls.keys().find(told).map_or(&well, |key| &urls[key]);
        let mut sent = client.get(format!("{url}{}", request.target));
        for (name, value) in
            request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
        {
            sent = sent.header(name, value.as_slice());
        }
        async move {
            let answer = sent.send().await.unwrap();
            let status = answer.status().as_u16();
            let headers = answer.headers().iter();
            let headers = headers
                .filter(|(name, _)| {
                    !["content-length", "transfer-encoding", "connection"].contains(&name.as_str())
                })
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect();
            let body = answer.bytes().await.unwrap_or_default();
            Reply { status, headers, body, delivery: Delivery::Whole }
        }
        .boxed()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_keys_of_all_kinds_come_to_what_check_says_of_each() {
    let mut servers = Vec::new();
    let (mut urls, mut keys) = (HashMap::new(), Vec::new());
    for story in STORIES {
        let scenario = load(story).unwrap();
        let server = Server::start(&scenario, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let key = scenario.key.clone().unwrap();
        let bare = key.trim_matches(['"', '\'', ' ', '\n']).to_owned();
        urls.insert(bare, server.base_url());
        keys.push((story, key));
        servers.push(server);
    }
    let well = servers[0].base_url();
    let options =
        Options { speaks: Speaks::Plain, guests: Guests::Local, limits: Limits::default() };
    let front = serve::Server::start("127.0.0.1:0".parse().unwrap(), options, front(urls, well))
        .await
        .unwrap();
    let url = format!("http://{}", front.addr());
    let mut alone = HashMap::new();
    for (story, key) in &keys {
        let record = Bench::new(&url, &["--skip", "nothing"], key).await.examined().await;
        let diagnosis = record.diagnosis;
        alone.insert(
            *story,
            (diagnosis.verdict.to_string(), diagnosis.cause.to_string(), diagnosis.exit_code),
        );
    }
    let mut list = String::new();
    for number in 0..200 {
        let at = 1 + number / EACH;
        let (story, key) = if number % 3 == 0 || at >= keys.len() { &keys[0] } else { &keys[at] };
        let _ = writeln!(list, "{}", json!({"name": format!("{story} {number}"), "key": key}));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.ndjson");
    std::fs::write(&path, list).unwrap();
    let mut command = doctor();
    command.arg("fleet").arg(path).args(["--rate", "none", "--base-url", &url]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let lines = results(&text(&output.stdout));
    assert_eq!(lines.len(), 200);
    for (name, line) in &lines {
        let (verdict, cause, code) = &alone[name.split(' ').next().unwrap()];
        let found = (&line["verdict"], &line["cause"], &line["exit_code"]);
        assert_eq!(
            found,
            (&verdict.as_str().into(), &cause.as_str().into(), &Value::from(*code)),
            "{name}"
        );
    }
    let causes: std::collections::HashSet<&String> =
        alone.values().map(|(_, cause, _)| cause).collect();
    assert!(causes.len() >= 8, "the sample is mixed: {causes:?}");
    let all = text(&output.stdout) + &text(&output.stderr);
    assert!(!all.contains("SYNTHETIC"), "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn damage_stays_the_first_finding_beside_a_key_that_works() {
    let town = Town::new(0..1, Turn::Never).await;
    let damaged = [
        ("decoded", "key_encoded", "deadbeefdeadbeefdeadbeefdeadbeef-1700000000"),
        (
            "encoded-twice",
            "key_encoded",
            "WkdWaFpHSmxaV1prWldGa1ltVmxabVJsWVdSaVpXVm1aR1ZoWkdKbFpXWXRNVGN3TURBd01EQXdNQT09",
        ),
        (
            "token",
            "key_wrong_kind",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzeW50aGV0aWMifQ.c3ludGhldGljIHNpZ25hdHVyZQ",
        ),
    ];
    let of = |name: &str, key: &str| format!("{}\n", json!({"name": name, "key": key}));
    let list: String = damaged.iter().map(|(name, _, key)| of(name, key)).collect();
    std::fs::write(town.path("keys.ndjson"), list + &of("works", &key(0))).unwrap();
    let output = town.fleet(&[]).output().unwrap();
    let lines = lines(&output);
    for (name, cause, _) in damaged {
        let line = &lines[name];
        assert_eq!(
            (&line["cause"], &line["confidence"]),
            (&cause.into(), &"likely".into()),
            "{name}"
        );
    }
    assert_eq!(lines["works"]["cause"], "healthy");
}
