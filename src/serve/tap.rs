//! Listening in on a connection: hyper gives header names in lower case and by name, and here
//! spelling and order count.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::Header;

/// The number of headers of one request: hyper's own default, which it refuses to exceed.
pub(super) const MAX_HEADERS: usize = 100;

/// A connection, plain or inside TLS.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin {
    /// The TCP connection beneath.
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl<S: Socket> Socket for TlsStream<S> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0.tcp()
    }
}

/// A connection whose request heads are kept until they are taken.
pub(super) struct Tap {
    socket: Box<dyn Socket>,
    heads: Heads,
}

/// The heads that a tap has heard.
#[derive(Clone)]
pub(super) struct Heads(Arc<Mutex<Heard>>);

/// One head, as it stood on the wire.
pub(super) struct Head {
    /// The target of the request line.
    pub(super) target: String,
    /// The headers.
    pub(super) headers: Vec<Header>,
    /// True if the next head can't be found, since the length of this body isn't announced.
    pub(super) last: bool,
}

struct Heard {
    /// The bytes since the last body.
    bytes: Vec<u8>,
    /// Bytes of a body that are still to come.
    body_left: u64,
    /// True once nothing more is kept.
    deaf: bool,
    /// Most bytes to keep: hyper reads no more than its buffer holds before it asks the service.
    most: usize,
}

impl Tap {
    /// Keeps at most `most` bytes at a time.
    pub(super) fn new(socket: Box<dyn Socket>, most: usize) -> Self {
        let heard = Heard { bytes: Vec::new(), body_left: 0, deaf: false, most };
        Self { socket, heads: Heads(Arc::new(Mutex::new(heard))) }
    }

    /// The heads that it hears.
    pub(super) fn heads(&self) -> Heads {
        self.heads.clone()
    }

    /// The connection, without the tap.
    pub(super) fn into_socket(self) -> Box<dyn Socket> {
        self.socket
    }
}

impl Heads {
    /// The head of the request that hyper has just read; `None` when it can't be told any more.
    pub(super) fn take(&self) -> Option<Head> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Heard {
    fn hear(&mut self, bytes: &[u8]) {
        let body = usize::try_from(self.body_left).unwrap_or(usize::MAX).min(bytes.len());
        self.body_left -= body as u64;
        let head = &bytes[body..];
        self.deaf |= self.bytes.len() + head.len() > self.most;
        if self.deaf {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(head);
        }
    }

    fn take(&mut self) -> Option<Head> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        let Ok(httparse::Status::Complete(length)) = parsed.parse(&self.bytes) else {
            self.deaf = true;
            return None;
        };
        let named = |name| parsed.headers.iter().find(|header| name_is(header, name));
        let announced = named("content-length").map_or(Some(0), |header| {
            std::str::from_utf8(header.value).ok()?.trim().parse::<u64>().ok()
        });
        let last = named("transfer-encoding").is_some() || announced.is_none();
        let head = Head {
            target: parsed.path.unwrap_or_default().to_owned(),
            headers: parsed
                .headers
                .iter()
                .map(|header| (header.name.to_owned(), header.value.trim_ascii().to_vec()))
                .collect(),
            last,
        };
        let rest = self.bytes.split_off(length);
        self.bytes = Vec::new();
        self.deaf |= last;
        self.body_left = announced.unwrap_or_default();
        self.hear(&rest);
        Some(head)
    }
}

fn name_is(header: &httparse::Header<'_>, name: &str) -> bool {
    header.name.eq_ignore_ascii_case(name)
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.socket).poll_read(cx, buffer);
        let mut heard = self.heads.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.hear(&buffer.filled()[before..]);
        read
    }
}

impl AsyncWrite for Tap {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(most: usize) -> Heard {
        Heard { bytes: Vec::new(), body_left: 0, deaf: false, most }
    }

    /// Takes heads as hyper does: as soon as one is complete.
    fn targets(heard: &mut Heard) -> Vec<String> {
        let mut targets = Vec::new();
        loop {
            let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
            let parsed = httparse::Request::new(&mut headers).parse(&heard.bytes).unwrap();
            if parsed.is_partial() {
                return targets;
            }
            targets.push(heard.take().unwrap().target);
        }
    }

    #[test]
    fn heads_are_found_between_bodies_however_the_bytes_are_cut() {
        let first =
            "POST /a HTTP/1.1\r\nX-B: 1\r\nContent-Length: 20\r\n\r\nGET /no HTTP/1.1\r\n\r\n";
        let stream = [first, "GET /b HTTP/1.0\r\n\r\n"].concat();
        for cut in 0..stream.len() {
            let mut heard = heard(1024);
            let mut found = Vec::new();
            for piece in [&stream[..cut], &stream[cut..]] {
                heard.hear(piece.as_bytes());
                found.extend(targets(&mut heard));
            }
            assert_eq!(found, ["/a", "/b"], "cut at {cut}");
        }
    }

    #[test]
    fn what_follows_a_body_of_unknown_length_is_not_taken_for_a_head() {
        let mut heard = heard(1024);
        heard.hear(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        assert!(heard.take().is_some_and(|head| head.last));
        heard.hear(b"GET / HTTP/1.1\r\n\r\n");
        assert!(heard.bytes.is_empty() && heard.take().is_none());
    }

    #[test]
    fn no_more_is_kept_than_allowed() {
        let mut heard = heard(10);
        heard.hear(&[b'a'; 6]);
        heard.hear(&[b'a'; 6]);
        assert!(heard.bytes.is_empty() && heard.take().is_none());
    }
}
