//! Reading one HTTP/1.1 request, with header names as they were spelled.
//!
//! A server crate would hand them over in lower case; whether `X-Api-Key` and `x-api-key` are
//! treated alike on the way is one of the questions here.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

const LONGEST_HEAD: usize = 64 * 1024;

/// One request; its body was read and dropped.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The method, in upper case.
    pub(super) method: String,
    /// The path, without query.
    pub(super) path: String,
    /// The query, without `?`.
    pub(super) query: String,
    /// Names as spelled, values without surrounding blanks.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// Whether the client wants the connection kept.
    pub(super) keep_alive: bool,
}

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request.
    Request(Request),
    /// Bytes that are no HTTP.
    Unreadable,
    /// The client is done.
    Nothing,
}

impl Request {
    /// All values of a header, however its name is spelled.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let wanted = self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        wanted.map(|(_, value)| value.as_slice())
    }

    /// The first value of a header, as text.
    pub(super) fn text(&self, name: &str) -> String {
        self.values(name).next().map(String::from_utf8_lossy).unwrap_or_default().into_owned()
    }

    /// The value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Reads the next request; `buffer` keeps what was read too far.
pub(super) async fn read<S>(stream: &mut S, buffer: &mut Vec<u8>) -> io::Result<Incoming>
where
    S: AsyncRead + Unpin,
{
    loop {
        match head(buffer) {
            Ok(Some((request, length))) => {
                buffer.drain(..length);
                return body(stream, buffer, request).await.map(Incoming::Request);
            }
            Ok(None) if buffer.len() <= LONGEST_HEAD => {}
            Ok(None) | Err(_) => return Ok(Incoming::Unreadable),
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(if buffer.is_empty() { Incoming::Nothing } else { Incoming::Unreadable });
        }
    }
}

fn head(bytes: &[u8]) -> Result<Option<(Request, usize)>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = parsed.parse(bytes)? else {
        return Ok(None);
    };
    let (path, query) = split(parsed.path.unwrap_or("/"));
    let headers: Vec<_> = parsed
        .headers
        .iter()
        .map(|header| (header.name.to_owned(), header.value.trim_ascii().to_vec()))
        .collect();
    let mut request = Request {
        method: parsed.method.unwrap_or_default().to_ascii_uppercase(),
        path,
        query,
        headers,
        keep_alive: parsed.version == Some(1),
    };
    request.keep_alive &= !request.text("connection").eq_ignore_ascii_case("close");
    Ok(Some((request, length)))
}

/// Path and query of a target, which a client that takes us for a proxy writes with its origin.
fn split(target: &str) -> (String, String) {
    let local = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => target,
    };
    let (path, query) = local.split_once('?').unwrap_or((local, ""));
    (path.to_owned(), query.to_owned())
}

/// Drops the body; after one of unknown length the connection can't be used again.
async fn body<S>(stream: &mut S, buffer: &mut Vec<u8>, mut request: Request) -> io::Result<Request>
where
    S: AsyncRead + Unpin,
{
    if request.values("transfer-encoding").next().is_some() {
        request.keep_alive = false;
        return Ok(request);
    }
    let mut left: usize = request.text("content-length").parse().unwrap_or(0);
    loop {
        let read = left.min(buffer.len());
        buffer.drain(..read);
        left -= read;
        if left == 0 || stream.read_buf(buffer).await? == 0 {
            return Ok(request);
        }
    }
}
