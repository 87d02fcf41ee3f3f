//! One request, as it came.

use std::fmt;
use std::io;

use bytes::Bytes;
use http::Version;
use http::request::Parts;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::timeout;

use super::tap::Head;
use super::{Header, Limits};

/// One request.
#[derive(Clone)]
pub struct Request {
    /// The method, as spelled.
    pub method: String,
    /// The target of the request line; for HTTP/2 the path with its query.
    pub target: String,
    /// The version of HTTP.
    pub version: Version,
    /// The headers in their order and spelling; HTTP/2 sends every name in lower case.
    pub headers: Vec<Header>,
    /// The host that the request names, in its target or in `Host`.
    pub host: Option<String>,
    /// The body, cut off at the server's limit.
    pub body: Bytes,
    /// The length of the whole body.
    pub body_bytes: u64,
    /// Its number on its connection, from 1.
    pub on_connection: u64,
}

/// A key may stand in any part of it but the method.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

impl Request {
    /// Takes the head from hyper, and spelling and order from the bytes on the wire where there are.
    pub(super) fn of(parts: &Parts, head: Option<Head>) -> Self {
        let named = parts.uri.authority().map(|authority| authority.as_str().to_owned());
        let (target, headers) = match head {
            Some(head) => (head.target, head.headers),
            None => (target(parts), headers(parts)),
        };
        let mut request = Self {
            method: parts.method.as_str().to_owned(),
            target,
            version: parts.version,
            headers,
            host: None,
            body: Bytes::new(),
            body_bytes: 0,
            on_connection: 0,
        };
        request.host = named.or_else(|| {
            let host = request.values("host").next();
            host.map(|host| String::from_utf8_lossy(host).into_owned())
        });
        request
    }

    /// Reads the body to its end.
    pub(super) async fn read(&mut self, mut body: Incoming, limits: Limits) -> io::Result<()> {
        let mut kept = Vec::new();
        while let Some(frame) = timeout(limits.wait, body.frame()).await? {
            let Ok(data) = frame.map_err(io::Error::other)?.into_data() else { continue };
            let room = limits.body_bytes.saturating_sub(kept.len());
            kept.extend_from_slice(&data[..data.len().min(room)]);
            self.body_bytes += data.len() as u64;
        }
        self.body = kept.into();
        Ok(())
    }

    /// All values of a header, however its name is spelled.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let wanted = self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        wanted.map(|(_, value)| value.as_slice())
    }

    /// The first value of a header, as text.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.values(name).next().map(String::from_utf8_lossy).unwrap_or_default().into_owned()
    }

    /// The path of the target, without the origin that a client writes for a proxy.
    #[must_use]
    pub fn path(&self) -> &str {
        self.local().split_once('?').map_or(self.local(), |(path, _)| path)
    }

    /// The query of the target, without `?`.
    #[must_use]
    pub fn query(&self) -> &str {
        self.local().split_once('?').map_or("", |(_, query)| query)
    }

    fn local(&self) -> &str {
        match self.target.split_once("://") {
            Some((scheme, rest)) if !scheme.contains(['/', '?']) => {
                rest.find(['/', '?']).map_or("/", |at| &rest[at..])
            }
            _ => &self.target,
        }
    }
}

fn target(parts: &Parts) -> String {
    let path = parts.uri.path_and_query().map(http::uri::PathAndQuery::as_str);
    path.map_or_else(|| parts.uri.to_string(), str::to_owned)
}

fn headers(parts: &Parts) -> Vec<Header> {
    let pairs = parts.headers.iter();
    pairs.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
}
