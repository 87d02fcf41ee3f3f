//! The answer of a handler, and the way it is delivered.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;

use super::Header;
use super::activity::Busy;

/// The body of a response; it fails where the delivery does.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The time between two bytes of a body that drips.
const DRIP: Duration = Duration::from_millis(100);

/// An answer; `date` and `content-length` are added where they are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers in their order; ones that HTTP can't carry are left out.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Bytes,
    /// The way it is delivered.
    pub delivery: Delivery,
}

/// A way to deliver a reply, most of them broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// As HTTP wants it.
    Whole,
    /// Header names and their order as they stand, nothing added, then the end of the connection.
    /// HTTP/2, which has one spelling only, delivers it as `Whole`.
    Verbatim,
    /// Half of the announced body, then the end of the connection, or of the stream of HTTP/2.
    Truncated,
    /// Half of the announced body, then nothing more.
    Stalled,
    /// A body without end.
    Endless,
    /// One byte of the body at a time, ten in a second.
    Drip,
    /// No answer until the client leaves.
    Hang,
    /// These bytes in place of an answer, then the end. HTTP/2 resets the stream.
    Raw(Bytes),
    /// The end of the connection, without a byte. HTTP/2 resets the stream.
    Close,
    /// The connection is reset (RST). HTTP/2 resets the stream.
    Reset,
}

/// The end of an HTTP/1 connection, which hyper can't write.
#[derive(Debug)]
pub(super) struct Cut {
    /// The last bytes.
    pub(super) bytes: Bytes,
    /// True if a reset follows, in place of a regular end.
    pub(super) reset: bool,
}

impl Reply {
    /// An answer without headers and body.
    #[must_use]
    pub const fn new(status: u16) -> Self {
        let body = Bytes::new();
        Self { status, headers: Vec::new(), body, delivery: Delivery::Whole }
    }

    /// With a body of this type.
    #[must_use]
    pub fn body(self, kind: &str, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..self }.header("content-type", kind)
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The end of the connection, if hyper can't write it.
    pub(super) fn cut(&self, answers_head: bool) -> Option<Cut> {
        let bytes = match &self.delivery {
            Delivery::Verbatim if answers_head => self.written(&self.headers, &[]),
            Delivery::Verbatim => self.written(&self.headers, &self.body),
            Delivery::Truncated => {
                let announced = self.body.len().to_string();
                let closing = self.clone().header("content-length", announced);
                let closing = closing.header("connection", "close");
                self.written(&closing.headers, &self.half())
            }
            Delivery::Raw(bytes) => bytes.clone(),
            Delivery::Close | Delivery::Reset => Bytes::new(),
            Delivery::Whole
            | Delivery::Stalled
            | Delivery::Endless
            | Delivery::Drip
            | Delivery::Hang => return None,
        };
        Some(Cut { bytes, reset: self.delivery == Delivery::Reset })
    }

    /// The answer for hyper; `None` where there is none to give.
    pub(super) fn response(self, last: bool, busy: Busy) -> Option<Response<Body>> {
        let body = self.stream()?.map_frame(move |frame| {
            // The connection is busy until its answer was written.
            let _ = &busy;
            frame
        });
        let mut response = Response::new(body.boxed_unsync());
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
                headers.append(name, value);
            }
        }
        if self.delivery != Delivery::Endless {
            headers.entry(CONTENT_LENGTH).or_insert_with(|| self.body.len().into());
        }
        if last {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Some(response)
    }

    /// The body in the pieces in which it is sent.
    fn stream(&self) -> Option<Body> {
        let half = stream::iter([Ok(self.half())]);
        let pieces: BoxStream<'static, io::Result<Bytes>> = match &self.delivery {
            Delivery::Whole | Delivery::Verbatim => {
                return Some(
                    Full::new(self.body.clone()).map_err(|never| match never {}).boxed_unsync(),
                );
            }
            Delivery::Truncated => half.boxed(),
            Delivery::Stalled => half.chain(stream::pending()).boxed(),
            Delivery::Endless => {
                let blanks = Bytes::from_static(&[b' '; 4096]);
                half.chain(stream::repeat_with(move || Ok(blanks.clone()))).boxed()
            }
            Delivery::Drip => stream::unfold(self.body.clone(), |mut left| async move {
                tokio::time::sleep(DRIP).await;
                (!left.is_empty()).then(|| (Ok(left.split_to(1)), left))
            })
            .boxed(),
            Delivery::Hang | Delivery::Raw(_) | Delivery::Close | Delivery::Reset => return None,
        };
        Some(StreamBody::new(pieces.map(|piece| piece.map(Frame::data))).boxed_unsync())
    }

    fn half(&self) -> Bytes {
        self.body.slice(..self.body.len() / 2)
    }

    /// The answer as HTTP/1.1 writes it.
    fn written(&self, headers: &[Header], body: &[u8]) -> Bytes {
        let reason = StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason());
        let reason = reason.unwrap_or_default();
        let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", self.status).into_bytes();
        for (name, value) in headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        bytes.into()
    }
}

/// The error of a body that is cut off on purpose.
pub(super) fn cut_off() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}
