//! Putting an answer onto the wire, or failing to.

use std::io;
use std::time::Duration;

use chrono::TimeDelta;
use http::StatusCode;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::answer::Answer;
use super::clock;
use super::engine::Reply;
use super::front::{Front, Part};
use super::request::Request;

/// What can go wrong with a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// No answer, ever.
    Hang,
    /// The connection is reset (RST).
    Reset,
    /// The connection is closed without a word.
    Close,
    /// Bytes without meaning, then the end.
    Garbage,
    /// This text instead of HTTP, then the end.
    Raw(String),
    /// Half of the announced body, then the end.
    Truncated,
    /// Half of the announced body, then nothing more.
    Stalled,
    /// A body without end.
    Endless,
    /// One byte of the body at a time, ten in a second.
    Drip,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// It can carry another request.
    Keep,
    /// It is over.
    Close,
}

/// A connection, plain or inside TLS.
pub(super) trait Socket: AsyncRead + AsyncWrite + Unpin {
    /// The TCP connection beneath.
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Socket for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Delivers a reply.
pub(super) async fn deliver<S: Socket>(
    socket: &mut S,
    front: &Front,
    request: &Request,
    reply: &Reply,
) -> io::Result<After> {
    let body = if request.method == "HEAD" { &[] } else { reply.answer.body.as_slice() };
    let Some(fault) = &reply.fault else {
        let length = reply.answer.body.len();
        let framing = format!("content-length: {length}");
        let mut message = head(front, &reply.answer, &framing, request.keep_alive).into_bytes();
        message.extend_from_slice(body);
        socket.write_all(&message).await?;
        return Ok(if request.keep_alive { After::Keep } else { After::Close });
    };
    fail(socket, front, &reply.answer, fault).await?;
    Ok(After::Close)
}

async fn fail<S: Socket>(
    socket: &mut S,
    front: &Front,
    answer: &Answer,
    fault: &Fault,
) -> io::Result<()> {
    let announced = |framing: &str| head(front, answer, framing, false).into_bytes();
    let length = format!("content-length: {}", answer.body.len());
    let half = &answer.body[..answer.body.len() / 2];
    match fault {
        Fault::Hang => wait_for_the_client_to_leave(socket).await,
        // An error, lest a farewell be sent before the reset.
        Fault::Reset => {
            socket.tcp().set_zero_linger()?;
            Err(io::ErrorKind::ConnectionReset.into())
        }
        Fault::Close => Ok(()),
        Fault::Garbage => {
            let noise: Vec<u8> = (0..=255_u8).map(|n| n.wrapping_mul(167) | 0x80).collect();
            socket.write_all(&noise).await
        }
        Fault::Raw(text) => socket.write_all(text.as_bytes()).await,
        Fault::Truncated => socket.write_all(&[&announced(&length), half].concat()).await,
        Fault::Stalled => {
            socket.write_all(&[&announced(&length), half].concat()).await?;
            wait_for_the_client_to_leave(socket).await
        }
        Fault::Endless => {
            let start = [announced("transfer-encoding: chunked"), chunk(half)].concat();
            socket.write_all(&start).await?;
            let more = chunk(&[b' '; 4096]);
            loop {
                socket.write_all(&more).await?;
            }
        }
        Fault::Drip => {
            socket.write_all(&announced(&length)).await?;
            for byte in &answer.body {
                tokio::time::sleep(Duration::from_millis(100)).await;
                socket.write_all(std::slice::from_ref(byte)).await?;
            }
            Ok(())
        }
    }
}

/// Answers what is no HTTP, as web servers do.
pub(super) async fn bad_request<S: Socket>(socket: &mut S, front: &Front) -> io::Result<()> {
    let page = "<html><head><title>400 Bad Request</title></head>\n<body>\n\
                <center><h1>400 Bad Request</h1></center>\n</body></html>\n";
    let answer = Answer::empty(400).body("text/html", page);
    let mut message = head(front, &answer, &format!("content-length: {}", page.len()), false);
    message.push_str(page);
    socket.write_all(message.as_bytes()).await
}

fn head(front: &Front, answer: &Answer, framing: &str, keep_alive: bool) -> String {
    let reason = StatusCode::from_u16(answer.status).ok().and_then(|s| s.canonical_reason());
    let mut lines = Vec::with_capacity(answer.headers.len() + 3);
    let mut line = |name: &str, value: &str| {
        lines.push(format!("{}: {value}\r\n", front.header_case.spell(name)));
    };
    let moment = clock::now() + TimeDelta::seconds(front.clock_skew_s);
    line("date", &clock::http_date(moment));
    for (name, value) in &answer.headers {
        line(name, value);
    }
    if let Some((name, value)) = framing.split_once(": ") {
        line(name, value);
    }
    line("connection", if keep_alive { "keep-alive" } else { "close" });
    if front.reversed.contains(&Part::Headers) {
        lines.reverse();
    }
    let reason = reason.unwrap_or_default();
    format!("HTTP/1.1 {} {reason}\r\n{}\r\n", answer.status, lines.concat())
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// Reads on without a word, until the client gives up.
pub(super) async fn wait_for_the_client_to_leave<S: Socket>(socket: &mut S) -> io::Result<()> {
    let mut rest = [0; 1024];
    while socket.read(&mut rest).await? > 0 {}
    Ok(())
}
