//! What really travels: the raw bytes of requests, read by a server of the test's own.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::binary::{KEY, doctor};

/// A server that keeps every byte it reads and answers everything with the same bytes.
pub(crate) struct Ear {
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Ear {
    pub(crate) fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (ear, answer) = (Arc::clone(&heard), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (ear, answer) = (Arc::clone(&ear), Arc::clone(&answer));
                thread::spawn(move || converse(stream, &ear, &*answer));
            }
        });
        Self { address, heard }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn converse(mut stream: TcpStream, ear: &Mutex<Vec<u8>>, answer: &dyn Fn(&str) -> Vec<u8>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while stream.read_exact(&mut byte).is_ok() {
        head.push(byte[0]);
        if head.ends_with(b"\r\n\r\n") {
            ear.lock().unwrap().extend_from_slice(&head);
            let reply = answer(&String::from_utf8_lossy(&head));
            if stream.write_all(&reply).is_err() {
                return;
            }
            head.clear();
        }
    }
    // What came before the connection broke was heard as well.
    ear.lock().unwrap().extend_from_slice(&head);
}

/// HeyGen's refusal of V3.
pub(crate) fn refusal() -> Vec<u8> {
    let body = r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#;
    format!("HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn header_names_are_spelled_as_their_variants_say() {
    let ear = Ear::answering(|_| refusal());
    let spelled = |only: &str| {
        let before = ear.heard().len();
        let args = ["report", "--json", "--only", only, "--base-url", &ear.base_url()];
        let run = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let heard = ear.heard()[before..].to_owned();
        let names =
            heard.lines().filter(|line| line.contains(KEY)).filter_map(|line| line.split_once(':'));
        names
            .map(|(name, value)| format!("{name}:{}", value.replace(KEY, "KEY")))
            .collect::<BTreeSet<_>>()
    };
    let set = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(spelled("v3.users-me/x-api-key.title/real"), set(&["X-Api-Key: KEY"]));
    assert_eq!(spelled("v3.users-me/x-api-key/real"), set(&["x-api-key: KEY"]));
    assert_eq!(spelled("v3.users-me/bearer/real"), set(&["authorization: Bearer KEY"]));
    assert_eq!(spelled("v3.users-me/bearer.lower/real"), set(&["authorization: bearer KEY"]));
    assert_eq!(spelled("v3.users-me/token/real"), set(&["authorization: Token KEY"]));
    assert_eq!(spelled("v3.users-me/bare/real"), set(&["authorization: KEY"]));
    assert_eq!(
        spelled("v3.users-me/both/real"),
        set(&["authorization: Bearer KEY", "x-api-key: KEY"])
    );
}

#[test]
fn only_reads_are_sent_and_every_request_names_the_doctor() {
    let ear = Ear::answering(|_| refusal());
    let args = ["report", "--json", "--pattern", "burst:3", "--base-url", &ear.base_url()];
    doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
    let heard = ear.heard();
    let requests: Vec<&str> =
        heard.split("\r\n\r\n").filter(|head| head.contains("HTTP/1.1")).collect();
    assert!(requests.len() > 60, "{} requests", requests.len());
    for request in requests {
        let (line, headers) = request.split_once("\r\n").unwrap();
        assert!(line.starts_with("GET /v"), "{line}");
        assert!(!line.contains(KEY), "the key is in a URL");
        let headers = headers.to_ascii_lowercase();
        for (name, count) in [
            ("user-agent: ", 1),
            ("x-heygen-client-source: heygen-doctor", 1),
            ("cookie:", 0),
            ("referer:", 0),
        ] {
            assert_eq!(headers.matches(name).count(), count, "{name} in {headers}");
        }
    }
}

#[test]
fn a_key_with_blanks_travels_as_it_is() {
    let ear = Ear::answering(|_| refusal());
    let spoiled = format!("\"{KEY}\"");
    let args = ["check", "--profile", "quick", "--base-url", &ear.base_url()];
    doctor().env("HEYGEN_API_KEY", &spoiled).args(args).output().unwrap();
    assert!(ear.heard().contains(&format!("x-api-key: {spoiled}\r\n")));
}

#[test]
fn no_redirect_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let thief = Ear::answering(|_| refusal());
        let target = thief.base_url();
        let ear = Ear::answering(move |_| {
            format!("HTTP/1.1 {status} Moved\r\nlocation: {target}/v3/users/me\r\ncontent-length: 0\r\n\r\n").into_bytes()
        });
        let args = ["check", "--format", "json", "--base-url", &ear.base_url()];
        let run = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
        assert_eq!(thief.heard(), "", "{status} was followed");
        let record: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(record["diagnosis"]["cause"], "wrong_host", "{status}");
    }
}

/// HeyGen's refusal of a request too many, with a wait that is short enough to be kept.
fn throttled() -> Vec<u8> {
    let body = r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down"}}"#;
    format!(
        "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\nretry-after: 1\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[test]
fn what_is_asked_again_after_a_wait_counts_too() {
    let ear = Ear::answering(|head| if head.contains(KEY) { throttled() } else { refusal() });
    let args = ["check", "--profile", "full", "--format", "json", "--base-url", &ear.base_url()];
    let output = doctor().env("HEYGEN_API_KEY", KEY).args(args).output().unwrap();
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let heard = ear.heard();
    let sent = heard.matches(" HTTP/1.1\r\n").count();
    assert!(sent > 100 && sent <= 120, "{sent} requests");
    assert_eq!(record["summary"]["requests"], sent);
    let probes = record["observations"].as_array().unwrap();
    let waited = |probe: &serde_json::Value| probe["probe"].as_str().unwrap().ends_with("wait");
    assert!(probes.iter().any(waited));
}
