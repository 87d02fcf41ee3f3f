//! An answer: read off the wire, then cleaned and described.

use std::mem;
use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode, Version};
use tokio::time::{Instant, timeout_at};

use crate::answer::{self, MOST_BYTES, Part, Wire};
use crate::key::ApiKey;
use crate::record::observation::{Connection, Fault, FaultKind, Outcome};
use crate::redact::{Ledger, Redactor};
use crate::transport::fault;

/// An answer as it came off the wire.
pub(super) struct Received {
    version: Version,
    remote: Option<SocketAddr>,
    connection: Option<Connection>,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
    truncated: bool,
    cut_short: Option<FaultKind>,
}

/// Takes secrets out of one answer, and counts them.
pub(super) struct Cleaner {
    /// Nothing that could be a part of a secret is kept where there is none.
    redactor: Option<Redactor>,
    echo: Option<ApiKey>,
    ledger: Ledger,
}

/// So many characters are too few for a part of a secret.
const HARMLESS: usize = 11;

impl Received {
    /// Reads an answer to its last byte, to the last that is read, or until `limit`.
    pub(super) async fn whole(
        mut response: Response,
        connection: Option<Connection>,
        limit: Instant,
    ) -> Self {
        let (bytes, truncated, cut_short) = read_body(&mut response, limit).await;
        Self {
            version: response.version(),
            remote: response.remote_addr(),
            connection,
            status: response.status(),
            headers: mem::take(response.headers_mut()),
            bytes,
            truncated,
            cut_short,
        }
    }

    /// The server has had too many requests.
    pub(super) fn is_throttled(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS
    }

    fn read(&self, cleaner: &mut Cleaner) -> Outcome {
        let wire = Wire {
            http_version: format!("{:?}", self.version).replace("HTTP/2.0", "HTTP/2"),
            remote_addr: self.remote.map(|address| address.to_string()),
            connection: self.connection,
            status: self.status,
            headers: &self.headers,
            bytes: &self.bytes,
            truncated: self.truncated,
            cut_short: self.cut_short,
        };
        let mut clean = |text: &str, part| cleaner.clean_part(text, part);
        Outcome::Answer(Box::new(answer::read(wire, &mut clean)))
    }
}

impl Cleaner {
    /// Takes out every secret, and what is echoed of the key that was sent.
    pub(super) fn new(redactor: Redactor, echo: Option<ApiKey>) -> Self {
        Self { redactor: Some(redactor), echo, ledger: Ledger::default() }
    }

    /// Keeps short words and dates alone, for which no secret has to be known.
    pub(super) fn terse() -> Self {
        Self { redactor: None, echo: None, ledger: Ledger::default() }
    }

    /// The outcome of a request, and the count of what was taken out of it.
    pub(super) fn state(mut self, answered: Result<Received, Fault>) -> (Outcome, Ledger) {
        let outcome = match answered {
            Ok(received) => received.read(&mut self),
            Err(mut fault) => {
                fault.detail = self.clean(&fault.detail);
                Outcome::Fault(fault)
            }
        };
        (outcome, self.ledger)
    }

    fn clean(&mut self, text: &str) -> String {
        let is_harmless = || text.len() <= HARMLESS || text.parse::<DateTime<Utc>>().is_ok();
        match &self.redactor {
            Some(redactor) => redactor.redact(text, &mut self.ledger),
            None if is_harmless() => text.to_owned(),
            None => String::new(),
        }
    }

    /// Takes out what was sent first, so that a server that echoes it answers the key and its
    /// controls alike; then every secret.
    fn clean_part(&mut self, text: &str, part: Part) -> String {
        let masked = self.echo.as_ref().filter(|_| part == Part::Refusal);
        let masked = masked.map(|key| key.mask_echo(text));
        self.clean(masked.as_deref().unwrap_or(text))
    }
}

async fn read_body(response: &mut Response, limit: Instant) -> (Vec<u8>, bool, Option<FaultKind>) {
    let mut bytes = Vec::new();
    loop {
        match timeout_at(limit, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = MOST_BYTES - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (bytes, true, None);
                }
            }
            Ok(Ok(None)) => return (bytes, false, None),
            Ok(Err(error)) => return (bytes, false, Some(fault::of_reqwest(&error).fault)),
            Err(_) => return (bytes, false, Some(FaultKind::Timeout)),
        }
    }
}
