//! The same story with another key, and by a server that echoes every credential: live, because
//! a record holds neither.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use heygen_doctor::simulate::{Scenario, Server};
use serde_json::Value;

use super::binary::doctor;
use super::wire::Ear;

/// Stories of different causes, all told by an API that answers.
const STORIES: &[&str] = &[
    "support-ticket",
    "healthy",
    "unknown-key",
    "revoked",
    "scoped",
    "forbidden",
    "no-api-plan",
    "suspended",
    "no-credit",
    "empty-wallet",
    "trial-quota",
    "rate-limited",
    "auth-500",
    "outage",
    "edge-block",
    "legacy-gone",
];

fn text(name: &str) -> String {
    fs::read_to_string(format!("{}/fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR")))
        .unwrap()
}

/// The program's words on a base URL with this key.
fn cause(base_url: &str, key: &str) -> String {
    let args = ["check", "--format", "json", "--base-url", base_url];
    let output = doctor().env("HEYGEN_API_KEY", key).args(args).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    record["diagnosis"]["cause"].as_str().unwrap().to_owned()
}

/// Runs the program while a scenario is served.
async fn told(scenario: &Scenario, between: fn(SocketAddr) -> Option<Ear>) -> String {
    let server = Server::start(scenario, "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let (address, key) = (server.addr(), scenario.key.clone().unwrap());
    tokio::task::spawn_blocking(move || match between(address) {
        Some(ear) => cause(&ear.base_url(), &key),
        None => cause(&format!("http://{address}"), &key),
    })
    .await
    .unwrap()
}

/// Another key of the same look: every letter and digit of the last twenty moved on by one.
fn renamed(key: &str) -> String {
    let next = |c: char| match c {
        '0'..='8' | 'a'..='e' | 'g'..='y' | 'A'..='Y' => char::from(u8::try_from(c).unwrap() + 1),
        'f' => 'a',
        _ => c,
    };
    let (kept, changed) = key.split_at(key.len() - 20);
    kept.to_owned() + &changed.chars().map(next).collect::<String>()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_of_the_same_shape_does_not_change_the_cause() {
    // The ticket's key and the form that works are one value; both would have to be renamed.
    for name in STORIES.iter().filter(|name| **name != "support-ticket") {
        let text = text(name);
        let key = Scenario::parse(&text).unwrap().key.unwrap();
        let scenario = Scenario::parse(&text.replace(&key, &renamed(&key))).unwrap();
        assert_ne!(scenario.key.as_deref(), Some(key.as_str()));
        assert_eq!(told(&scenario, |_| None).await, scenario.expect.cause.to_string(), "{name}");
    }
}

/// A gateway that writes the credential it saw into every message, and adds headers of its own.
#[expect(clippy::unnecessary_wraps, reason = "one of two ways to reach the double")]
fn echoing(address: SocketAddr) -> Option<Ear> {
    Some(Ear::answering(move |head| {
        let mut upstream = TcpStream::connect(address).unwrap();
        upstream
            .write_all(head.replacen("\r\n", "\r\nconnection: close\r\n", 1).as_bytes())
            .unwrap();
        let mut answer = Vec::new();
        upstream.read_to_end(&mut answer).unwrap();
        with_echo(&String::from_utf8_lossy(&answer), &credential(head)).into_bytes()
    }))
}

fn credential(head: &str) -> String {
    let line = |name: &str| {
        head.lines()
            .find_map(|line| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)))
    };
    let value = line("x-api-key")
        .or_else(|| line("authorization"))
        .map_or("none", |(_, value)| value.trim());
    format!("you sent {value}, which begins with {}", &value[..value.len().min(8)])
}

fn with_echo(answer: &str, credential: &str) -> String {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let body = body.replace("\"message\":\"", &format!("\"message\":\"({credential}) "));
    let dropped = |line: &&str| {
        let line = line.to_ascii_lowercase();
        !line.starts_with("content-length:") && !line.starts_with("connection:")
    };
    let kept: Vec<&str> = head.lines().filter(dropped).collect();
    format!(
        "{}\r\nx-gateway: edge-7\r\ncontent-length: {}\r\n\r\n{body}",
        kept.join("\r\n"),
        body.len()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_echoes_credentials_does_not_change_the_cause() {
    for name in STORIES {
        let scenario = Scenario::parse(&text(name)).unwrap();
        assert_eq!(told(&scenario, echoing).await, scenario.expect.cause.to_string(), "{name}");
    }
}
