//! New and kept connections: which one carried a request, and how long it took to make it.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use std::convert::Infallible;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use heygen_doctor::config::{proxy, tls};
use heygen_doctor::record::observation::{Connection, FaultKind};
use heygen_doctor::transport::{Client, Phases, Sent, Settings, TlsSettings};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio::time::{Instant, sleep};

use crate::binary::KEY;
use crate::loopback::{Authority, dead_port, head, serve, stay_silent};
use crate::wire::refusal;

/// The same through the whole program.
mod program;

/// Longer than any of these servers takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the server holds back its part of a TLS handshake.
const HANDSHAKE: Duration = Duration::from_millis(60);
/// How long the server thinks before it answers.
const THOUGHT: Duration = Duration::from_millis(40);

/// Answers as HeyGen does: the key gets in, others are refused, and no other path is known. The
/// answers to requests that belong together come once all of them are there.
async fn answer(
    request: Request<Incoming>,
    together: Arc<Barrier>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    together.wait().await;
    sleep(THOUGHT).await;
    let known = matches!(request.uri().path(), "/v3/api_keys/self" | "/v3/users/me");
    let keyed = request.headers().get("x-api-key").is_some_and(|key| key == KEY);
    let (status, body) = match (known, keyed) {
        (false, _) => (StatusCode::NOT_FOUND, r#"{"error":{"code":"not_found","message":"No"}}"#),
        (true, true) => (StatusCode::OK, r#"{"data":{"key_id":"k"}}"#),
        (true, false) => {
            (StatusCode::UNAUTHORIZED, r#"{"error":{"code":"unauthorized","message":"No"}}"#)
        }
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert("content-type", json);
    Ok(response)
}

/// HTTPS that counts its connections.
struct Https {
    authority: Authority,
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Https {
    async fn speaking(alpn: &'static [u8]) -> Self {
        Self::answering_together(1, alpn).await
    }

    async fn answering_together(requests: usize, alpn: &'static [u8]) -> Self {
        let together = Arc::new(Barrier::new(requests));
        let authority = Authority::new();
        let acceptor = authority.sign("localhost", -1, 90).acceptor(&[alpn]);
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        let port = serve(move |stream| {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            let together = Arc::clone(&together);
            async move {
                counted.fetch_add(1, Ordering::SeqCst);
                sleep(HANDSHAKE).await;
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let service = service_fn(move |request| answer(request, Arc::clone(&together)));
                let io = TokioIo::new(stream);
                let _ = match alpn {
                    b"h2" => {
                        let http2 = http2::Builder::new(TokioExecutor::new());
                        http2.serve_connection(io, service).await
                    }
                    _ => http1::Builder::new().serve_connection(io, service).await,
                };
            }
        })
        .await;
        Self { authority, port, connections }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}/v3/users/me", self.port)
    }

    fn tls(&self) -> TlsSettings {
        tls::settings(Some(&self.authority.file())).unwrap()
    }
}

fn settings(tls: &TlsSettings) -> Settings<'_> {
    Settings { tls, proxy: None, timeout: PATIENCE, http1_only: false }
}

/// A request that was answered to its end, and how long its head took.
async fn ask(client: &Client, url: &str) -> (Sent, Duration) {
    ask_on(client, false, url).await
}

async fn ask_on(client: &Client, fresh: bool, url: &str) -> (Sent, Duration) {
    let began = Instant::now();
    let mut sent = client
        .send(client.request(Method::GET, url.parse().unwrap()), fresh, began + PATIENCE)
        .await;
    let took = began.elapsed().checked_sub(sent.waited).unwrap();
    if let Ok(response) = &mut sent.answer {
        while response.chunk().await.unwrap().is_some() {}
    }
    (sent, took)
}

/// A connection that was made over TLS, by name: each step took its time, and the rest is the
/// server's thought.
fn assert_made(sent: &Sent, took: Duration) {
    let Phases { dns: Some(dns), connect: Some(connect), tls: Some(tls) } = sent.phases else {
        panic!("{sent:?}")
    };
    assert_eq!(sent.connection, Some(Connection::New));
    assert!(tls >= HANDSHAKE, "{sent:?}");
    assert!(dns + connect + tls + THOUGHT <= took, "{sent:?} took {took:?}");
}

fn assert_kept(sent: &Sent) {
    assert!(sent.answer.is_ok(), "{sent:?}");
    assert_eq!((sent.connection, sent.phases), (Some(Connection::Reused), Phases::default()));
}

#[tokio::test]
async fn each_step_towards_a_new_connection_is_timed_and_none_towards_a_kept_one() {
    for alpn in [&b"h2"[..], b"http/1.1"] {
        let server = Https::speaking(alpn).await;
        let client = Client::new(settings(&server.tls())).unwrap();
        let (first, took) = ask(&client, &server.url()).await;
        assert_made(&first, took);
        assert_kept(&ask(&client, &server.url()).await.0);
        for _ in 0..2 {
            let (fresh, took) = ask_on(&client, true, &server.url()).await;
            assert_made(&fresh, took);
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn a_step_that_was_not_taken_is_absent() {
    let port = serve(async |mut stream| {
        while !head(&mut stream).await.is_empty() {
            stream.write_all(&refusal()).await.unwrap();
        }
    })
    .await;
    let tls = tls::settings(None).unwrap();
    let client = Client::new(settings(&tls)).unwrap();
    let plain = ask(&client, &format!("http://127.0.0.1:{port}/")).await.0;
    assert_eq!(plain.connection, Some(Connection::New));
    assert!(plain.phases.connect.is_some(), "{plain:?}");
    assert_eq!((plain.phases.dns, plain.phases.tls), (None, None));
    assert_kept(&ask(&client, &format!("http://127.0.0.1:{port}/")).await.0);
}

#[tokio::test]
async fn requests_that_start_together_share_one_http2_connection() {
    let server = Https::answering_together(16, b"h2").await;
    let client = Client::new(settings(&server.tls())).unwrap();
    let url = server.url();
    let asked = (0..16).map(|_| ask(&client, &url));
    let answers = futures::future::join_all(asked).await;
    let new: Vec<_> =
        answers.iter().filter(|(sent, _)| sent.connection == Some(Connection::New)).collect();
    let [(sent, took)] = &new[..] else { panic!("{} new", new.len()) };
    assert_made(sent, *took);
    for (sent, took) in answers.iter().filter(|(sent, _)| sent.connection != Some(Connection::New))
    {
        assert_kept(sent);
        // The wait for the connection of another is none of its own time.
        assert!(sent.waited >= HANDSHAKE && *took >= THOUGHT, "{sent:?} took {took:?}");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn where_http2_is_not_spoken_nobody_waits_for_the_answer_of_another() {
    let server = Https::answering_together(4, b"http/1.1").await;
    let client = Client::new(settings(&server.tls())).unwrap();
    let url = server.url();
    let answers = futures::future::join_all((0..4).map(|_| ask(&client, &url))).await;
    for (sent, took) in &answers {
        assert!(sent.answer.is_ok(), "{sent:?}");
        assert_made(sent, *took);
    }
}

#[tokio::test]
async fn a_first_connection_that_fails_holds_nobody_back() {
    let tls = tls::settings(None).unwrap();
    let client = Client::new(settings(&tls)).unwrap();
    let url = format!("https://127.0.0.1:{}/", dead_port().await);
    for (sent, _) in futures::future::join_all((0..4).map(|_| ask(&client, &url))).await {
        let fault = sent.answer.unwrap_err();
        assert_eq!((fault.fault, fault.connection), (FaultKind::Refused, None));
    }
}

#[tokio::test]
async fn one_limit_holds_from_the_connection_to_the_answer() {
    let silent = serve(stay_silent).await;
    let tls = tls::settings(None).unwrap();
    let client = Client::new(settings(&tls)).unwrap();
    let limited = async |url: String| {
        let limit = Instant::now() + Duration::from_millis(50);
        client.send(client.request(Method::GET, url.parse().unwrap()), false, limit).await
    };
    let unanswered = limited(format!("http://127.0.0.1:{silent}/")).await;
    assert!(unanswered.phases.connect.is_some(), "{unanswered:?}");
    let fault = unanswered.answer.unwrap_err();
    assert_eq!((fault.fault, fault.connection), (FaultKind::Timeout, Some(Connection::New)));
    let unconnected = limited(format!("https://127.0.0.1:{silent}/")).await;
    assert!(unconnected.phases.connect.is_some() && unconnected.phases.tls.is_none());
    let fault = unconnected.answer.unwrap_err();
    assert_eq!((fault.fault, fault.connection), (FaultKind::ConnectTimeout, None));
}

#[tokio::test]
async fn through_a_proxy_only_what_can_be_told_apart_is_timed() {
    let server = Https::speaking(b"h2").await;
    let target = server.port;
    let port = serve(move |mut stream: TcpStream| async move {
        let asked = head(&mut stream).await;
        assert!(asked.starts_with("CONNECT doctor.test:443 "), "{asked}");
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", target)).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    })
    .await;
    let named = format!("http://localhost:{port}");
    let env = |name: &str| (name == "HTTPS_PROXY").then(|| OsString::from(&named));
    let url = "https://doctor.test/";
    let choice = proxy::choose(None, &env, &url.parse().unwrap()).unwrap();
    // The certificate is for another name: the handshake comes to its end, and is refused.
    let tls = server.tls();
    let client = Client::new(Settings { proxy: choice.as_ref(), ..settings(&tls) }).unwrap();
    let sent = ask(&client, url).await.0;
    assert_eq!(sent.answer.unwrap_err().fault, FaultKind::Tls);
    assert!(sent.phases.dns.is_some(), "the name of the proxy is resolved here");
    assert_eq!((sent.phases.connect, sent.phases.tls), (None, None));
}
