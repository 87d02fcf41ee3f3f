//! Servers that speak HTTP/2, or TLS, against its rules.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::stream::{self, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::run::run;
use super::{TOGETHER, problems};
use crate::loopback::{Authority, serve, stay_silent};

/// The first bytes of a client (RFC 9113 §3.4).
const PREFACE: usize = 24;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

/// One answer to the head of a stream, and what follows it without end.
struct Breach {
    name: &'static str,
    classes: &'static [&'static str],
    answer: fn(u32) -> Vec<u8>,
    then: Option<fn(u32) -> Vec<u8>>,
}

/// One frame (RFC 9113 §4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend_from_slice(&[kind, flags]);
    frame.extend_from_slice(&stream.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// The head of a 401 (RFC 7541, literals without indexing).
fn refusal(stream: u32) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, stream, b"\x08\x03401\x0f\x10\x10application/json")
}

fn reset(stream: u32, code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &code.to_be_bytes())
}

fn go_away(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat())
}

/// Where a 401 is seen, the doctor goes on to ask over HTTP/1.1, which is not offered: `tls`.
fn breaches() -> Vec<Breach> {
    let once = |name, classes, answer| Breach { name, classes, answer, then: None };
    let flood = |name, classes, answer, then| Breach { name, classes, answer, then: Some(then) };
    vec![
        once("INTERNAL_ERROR", &["reset"], |stream| reset(stream, 2)),
        once("REFUSED_STREAM", &["reset"], |stream| reset(stream, 7)),
        once("HTTP_1_1_REQUIRED", &["reset"], |stream| reset(stream, 13)),
        once("a head, then RST_STREAM", &["reset"], |stream| {
            [refusal(stream), reset(stream, 8)].concat()
        }),
        once("GOAWAY: calm down", &["reset"], |_| go_away(0, 11)),
        once("GOAWAY: no error", &["reset", "timeout"], |_| go_away(0, 0)),
        once("a body without a head", &["malformed"], |stream| frame(DATA, 1, stream, b"{}")),
        once("a head that can't be unpacked", &["malformed"], |stream| {
            frame(HEADERS, END_HEADERS, stream, &[0xff; 64])
        }),
        once("a frame that is too long", &["malformed"], |stream| {
            frame(DATA, 0, stream, &[0; 1 << 20])
        }),
        once("a pushed answer", &["malformed"], |stream| {
            frame(PUSH_PROMISE, END_HEADERS, stream, &[0, 0, 0, 2, 0x82])
        }),
        flood(
            "a head without end",
            &["malformed", "reset"],
            |stream| frame(HEADERS, 0, stream, b"\x08\x03401"),
            |stream| frame(CONTINUATION, 0, stream, b"\x00\x03x-a\x03abc"),
        ),
        flood("more than the window", &["timeout", "unauthenticated", "tls"], refusal, |stream| {
            frame(DATA, 0, stream, &[b' '; 16_384])
        }),
        flood(
            "pings without end",
            &["timeout", "malformed", "reset"],
            |_| Vec::new(),
            |_| frame(PING, 0, 0, &[7; 8]),
        ),
        flood(
            "settings without end",
            &["timeout", "malformed", "reset"],
            |_| Vec::new(),
            |_| frame(SETTINGS, 0, 0, &[]),
        ),
        flood(
            "empty frames without end",
            &["timeout", "malformed", "reset", "tls"],
            refusal,
            |stream| frame(DATA, 0, stream, &[]),
        ),
    ]
}

/// Speaks HTTP/2 up to the first request, then as badly as it can; counts requests.
async fn speak<S>(mut stream: S, breach: &Breach, asked: &AtomicUsize) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.read_exact(&mut [0; PREFACE]).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        stream.read_exact(&mut payload).await?;
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        match (head[3], head[4] & ACK) {
            (SETTINGS, 0) => stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await?,
            (HEADERS, _) => {
                asked.fetch_add(1, Ordering::SeqCst);
                stream.write_all(&(breach.answer)(id)).await?;
                stream.flush().await?;
                while let Some(then) = breach.then {
                    stream.write_all(&then(id).repeat(20)).await?;
                    tokio::task::yield_now().await;
                }
            }
            _ => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_2_against_its_rules() {
    let authority = Arc::new(Authority::new());
    let runs = breaches().into_iter().map(|breach| {
        let authority = Arc::clone(&authority);
        async move {
            let acceptor = authority.sign("127.0.0.1", -1, 90).acceptor(&[b"h2"]);
            let (breach, asked) = (Arc::new(breach), Arc::new(AtomicUsize::new(0)));
            let (told, counted) = (Arc::clone(&breach), Arc::clone(&asked));
            let port = serve(move |stream| {
                let (acceptor, told, counted) =
                    (acceptor.clone(), Arc::clone(&told), Arc::clone(&counted));
                async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let _ = speak(stream, &told, &counted).await;
                    }
                }
            })
            .await;
            let (url, ca) = (format!("https://127.0.0.1:{port}"), authority.file());
            let classes = breach.classes;
            let seen = tokio::task::spawn_blocking(move || {
                run(&url, classes, &["--ca-cert", ca.to_str().unwrap()])
            });
            let seen = seen.await.unwrap();
            let mut problems = problems(breach.name, &seen, breach.classes);
            let asked = u64::try_from(asked.load(Ordering::SeqCst)).unwrap();
            if Some(asked) > seen.record["summary"]["requests"].as_u64() {
                problems.push(format!("{}: {asked} requests were sent", breach.name));
            }
            problems
        }
    });
    let problems: Vec<String> =
        stream::iter(runs).buffer_unordered(TOGETHER).flat_map(stream::iter).collect().await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Waits for the beginning of a handshake, then says this.
async fn instead_of_a_handshake(mut stream: TcpStream, bytes: &'static [u8], slowly: bool) {
    if stream.read(&mut [0; 4096]).await.is_err() {
        return;
    }
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        if slowly {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    if !slowly {
        let _ = stream.shutdown().await;
    }
    stay_silent(stream).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_against_its_rules() {
    let cases: Vec<(&str, &[&str], &[u8], bool)> = vec![
        ("an alert", &["tls"], b"\x15\x03\x03\x00\x02\x02\x28", false),
        ("an alert that only warns", &["tls", "reset"], b"\x15\x03\x03\x00\x02\x01\x70", false),
        ("an end", &["reset", "tls"], b"", false),
        (
            "plain HTTP",
            &["tls"],
            b"HTTP/1.1 400 Bad Request\r\n\r\n::error::Healthy: the key works",
            false,
        ),
        ("a handshake of 16 MB", &["reset", "tls"], b"\x16\x03\x03\x40\x00\x02\xff\xff\xff", false),
        (
            "a handshake byte by byte",
            &["timeout"],
            &[
                0x16, 3, 3, 0x40, 0, 2, 0, 0, 0x50, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 0,
            ],
            true,
        ),
    ];
    let runs = cases.into_iter().map(|(name, classes, bytes, slowly)| async move {
        let port = serve(move |stream| instead_of_a_handshake(stream, bytes, slowly)).await;
        let url = format!("https://127.0.0.1:{port}");
        let seen = tokio::task::spawn_blocking(move || run(&url, classes, &[])).await.unwrap();
        problems(name, &seen, classes)
    });
    let problems: Vec<String> =
        stream::iter(runs).buffer_unordered(TOGETHER).flat_map(stream::iter).collect().await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
