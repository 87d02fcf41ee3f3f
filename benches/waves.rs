//! Waves 2 to 4 of the full profile beside `curl --parallel`, over TLS and HTTP/2, with a round
//! trip of 80 ms.
//!
//! `cargo bench --bench waves [RUNS]` plays a server on loopback, puts a proxy in front of it that
//! holds everything back for half a round trip each way, and runs both programs through it in
//! turns. A span reaches from the first connection to the last byte of an answer, as the proxy
//! sees them. At the polite concurrency, and for `check` of a working key, it stands alone.
//! DOCTOR names another program to measure, such as one of the profile `dist`, which is handed out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that can't go on says where"
)]
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::convert::Infallible;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::unbounded_channel;
use tokio_rustls::TlsAcceptor;

const ROUND_TRIP: Duration = Duration::from_millis(80);
const KEY: &str = "sk_V2_hgu_kSyntheticK_00000000000000000000000000000000";
/// Probes that follow waves 2 to 4 in the first step.
const LATER: [&str; 6] =
    ["*/fresh-*", "*/steady-*", "*/keep-alive-*", "*/spaced-*", "*/burst-*", "*/closing*"];
/// The waves that are compared, all at once as far as may be.
const WAVES: [&str; 4] = ["--profile", "full", "--concurrency", "64"];

/// Traffic through the proxy in one run.
#[derive(Default)]
struct Passed {
    connections: usize,
    first: Option<Instant>,
    last: Option<Instant>,
}

fn program() -> OsString {
    std::env::var_os("DOCTOR").unwrap_or_else(|| env!("CARGO_BIN_EXE_heygen-doctor").into())
}

#[tokio::main]
async fn main() {
    // Cargo itself adds `--bench`.
    let runs = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(9);
    let requests = Arc::new(AtomicUsize::new(0));
    let server = serve(Arc::clone(&requests)).await;
    let passed = Arc::new(Mutex::new(Passed::default()));
    let url = format!("https://localhost:{}", hold_back(server, Arc::clone(&passed)).await);

    let waves = |arguments: &[&str]| {
        let mut command = doctor(&url, arguments);
        command.args(LATER.iter().flat_map(|glob| ["--skip", glob]));
        command
    };
    // The first run counts the requests.
    let (_, _, planned) = measure(waves(&WAVES), &passed, &requests).await;
    println!("{planned} requests, round trip {} ms, median of {runs} runs", ROUND_TRIP.as_millis());
    let mut spans: [Vec<Duration>; 5] = Default::default();
    let mut counts = [(0, 0); 5];
    for _ in 0..runs {
        let commands = [
            waves(&WAVES),
            curl(&url, planned, 64),
            curl(&url, planned, planned),
            waves(&WAVES[..2]),
            doctor(&url, &[]),
        ];
        for (n, command) in commands.into_iter().enumerate() {
            let (span, opened, sent) = measure(command, &passed, &requests).await;
            assert!(n == 4 || sent == planned, "all but `check` send as many requests");
            spans[n].push(span);
            counts[n] = (sent, opened);
        }
    }
    let names = [
        "heygen-doctor --concurrency 64",
        "curl --parallel-max 64",
        "curl, all at once",
        "heygen-doctor as it is",
        "heygen-doctor check, adaptive",
    ];
    let medians = spans.map(|mut spans| {
        spans.sort();
        spans[spans.len() / 2].as_secs_f64() * 1000.0
    });
    for (n, name) in names.into_iter().enumerate() {
        let (span, (sent, opened)) = (medians[n], counts[n]);
        let trips = span / (ROUND_TRIP.as_secs_f64() * 1000.0);
        let beside =
            if n < 3 { format!("  doctor/this {:.2}", medians[0] / span) } else { String::new() };
        println!(
            "{name:31} {span:5.0} ms {trips:5.1} round trips, {sent:3} requests, {opened} connections{beside}"
        );
    }
}

/// `check` of a key that works.
fn doctor(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(["check", "--quiet", "--base-url", url, "--ca-cert"]).arg(authority());
    command.args(arguments);
    command.env("HEYGEN_API_KEY", KEY);
    command
}

fn curl(url: &str, requests: usize, most: usize) -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--http2", "--parallel", "--parallel-max", &most.to_string()]);
    command.arg("--cacert").arg(authority()).args(["--header", &format!("x-api-key: {KEY}")]);
    for _ in 0..requests {
        command.args(["--output", "/dev/null", &format!("{url}/v3/users/me")]);
    }
    command
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tls").join(name)
}

fn authority() -> std::path::PathBuf {
    fixture("ca.pem")
}

/// Runs a program: the span on the wire, the connections it opened, the requests that arrived.
async fn measure(
    mut command: Command,
    passed: &Mutex<Passed>,
    requests: &AtomicUsize,
) -> (Duration, usize, usize) {
    *passed.lock().unwrap() = Passed::default();
    requests.store(0, Relaxed);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    tokio::task::spawn_blocking(move || command.status()).await.unwrap().unwrap();
    let passed = std::mem::take(&mut *passed.lock().unwrap());
    let span = passed.last.unwrap() - passed.first.unwrap();
    (span, passed.connections, requests.load(Relaxed))
}

/// HeyGen's API in the least that a healthy run needs, over HTTP/2 or HTTP/1.1.
async fn serve(requests: Arc<AtomicUsize>) -> u16 {
    let pem = fixture("private-ca.pem");
    let chain = CertificateDer::pem_file_iter(&pem).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(&pem).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                let service = service_fn(move |request: Request<Incoming>| {
                    requests.fetch_add(1, Relaxed);
                    std::future::ready(Ok::<_, Infallible>(answer(&request)))
                });
                if h2 {
                    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                } else {
                    let server = hyper::server::conn::http1::Builder::new();
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                }
            });
        }
    });
    port
}

fn answer(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let knows = |name: &str| {
        request.headers().get(name).is_some_and(|value| value.to_str().unwrap().contains(KEY))
    };
    let identity = request.uri().path().trim_start_matches("/v3/");
    let unknown = identity.len() == 16 && identity.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (status, body) = if unknown {
        (StatusCode::NOT_FOUND, r#"{"error":{"code":"not_found","message":"Not found"}}"#)
    } else if knows("x-api-key") || knows("authorization") {
        (StatusCode::OK, r#"{"error":null,"data":{}}"#)
    } else {
        (StatusCode::UNAUTHORIZED, r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#)
    };
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", "application/json".parse().unwrap());
    response
}

/// Passes bytes on, half a round trip late; the first ones of a connection a whole one later, as
/// if it had been opened over this distance.
async fn hold_back(server: u16, passed: Arc<Mutex<Passed>>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let opened = Instant::now();
            {
                let mut passed = passed.lock().unwrap();
                passed.connections += 1;
                passed.first.get_or_insert(opened);
            }
            let far = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
            near.set_nodelay(true).unwrap();
            far.set_nodelay(true).unwrap();
            let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
            let left = Arc::new(AtomicBool::new(false));
            let (leaves, passed) = (Arc::clone(&left), Arc::clone(&passed));
            tokio::spawn(late(near_in, far_out, opened + ROUND_TRIP, move |bytes| {
                leaves.fetch_or(bytes == 0, Relaxed);
            }));
            // What is said to a client that has left is no answer.
            tokio::spawn(late(far_in, near_out, opened, move |bytes| {
                if bytes > 0 && !left.load(Relaxed) {
                    passed.lock().unwrap().last = Some(Instant::now() + ROUND_TRIP / 2);
                }
            }));
        }
    });
    port
}

/// Passes on what comes in, half a round trip after it came, or after `from`; says how many bytes
/// came, 0 at their end.
async fn late(
    mut from: impl AsyncRead + Unpin + Send + 'static,
    mut to: impl AsyncWrite + Unpin + Send + 'static,
    not_before: Instant,
    came: impl Fn(usize) + Send + 'static,
) {
    let (sender, mut held) = unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((due, bytes)) = held.recv().await {
            tokio::time::sleep_until(due.into()).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        let _ = to.shutdown().await;
    });
    let mut buffer = vec![0; 64 << 10];
    loop {
        let bytes = from.read(&mut buffer).await.unwrap_or(0);
        came(bytes);
        let due = Instant::now().max(not_before) + ROUND_TRIP / 2;
        if bytes == 0 || sender.send((due, buffer[..bytes].to_vec())).is_err() {
            return;
        }
    }
}
