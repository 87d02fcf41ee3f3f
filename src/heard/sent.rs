//! A request, and the answer to it, as their bytes came.

use chrono::{DateTime, Utc};

use crate::record::heard::{Answerer, Client, Slip, Via};
use crate::record::observation::FaultKind;

/// The most bytes of a body that are looked at.
pub const MOST_OF_BODY: usize = 64 << 10;

/// One request as its bytes came from a program. It holds secrets and can't be printed.
#[derive(Clone)]
pub struct Sent {
    /// When it was sent, where that is known.
    pub at: Option<DateTime<Utc>>,
    /// How it was heard.
    pub via: Via,
    /// The method.
    pub method: String,
    /// The host, with its port where that isn't the usual one.
    pub host: String,
    /// Path and query.
    pub target: String,
    /// `HTTP/1.1`, `HTTP/2`, or empty where that isn't known.
    pub http_version: String,
    /// Order and spelling are as on the wire.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The first [`MOST_OF_BODY`] bytes.
    pub body: Vec<u8>,
    /// The length of the whole body.
    pub body_bytes: u64,
    /// The program that sent it, where the system tells.
    pub client: Option<Client>,
    /// Why it couldn't be passed on.
    pub fault: Option<FaultKind>,
    /// The answer to it, where there was one.
    pub answered: Option<Reply>,
    /// True where its source leaves credentials out, as a sanitized recording does.
    pub sanitized: bool,
    /// True where the body is known, be it empty.
    pub body_known: bool,
    /// Variables that stand in it as they were typed, and whose values aren't known.
    pub unexpanded: Vec<String>,
    /// What its connection showed.
    pub noted: Vec<Slip>,
}

/// An answer as its bytes came. It may echo secrets and can't be printed.
#[derive(Clone)]
pub struct Reply {
    /// Who answered.
    pub by: Answerer,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// Its headers; empty where they aren't known.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The first [`MOST_OF_BODY`] bytes of its body, as they came or already unpacked.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sent(…)")
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reply(…)")
    }
}

impl Sent {
    /// A request of which nothing else is known.
    #[must_use]
    pub const fn new(via: Via) -> Self {
        Self {
            at: None,
            via,
            method: String::new(),
            host: String::new(),
            target: String::new(),
            http_version: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            body_bytes: 0,
            client: None,
            fault: None,
            answered: None,
            sanitized: false,
            body_known: true,
            unexpanded: Vec::new(),
            noted: Vec::new(),
        }
    }

    /// True where its host is a variable that isn't known.
    #[must_use]
    pub fn is_host_unexpanded(&self) -> bool {
        let host = self.host.to_ascii_lowercase();
        self.unexpanded.iter().any(|variable| host.contains(&variable.to_ascii_lowercase()))
    }

    /// The first value of a header, whatever its spelling.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_slice())
    }
}

/// The host without its port.
pub(super) fn bare(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
