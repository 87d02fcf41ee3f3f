//! `fleet` with 10,000 keys beside `curl --parallel` with as many requests, at 30 ms for each answer; and
//! the most memory with 2,000 and with 20,000 keys.
//!
//! `cargo bench --bench fleet [RUNS]` plays a server on loopback and runs both programs against it in
//! turns, over plain HTTP/1.1 and with as many connections. The memory is the peak that Linux tells of
//! a process.
//! DOCTOR names another program to measure, such as one of the profile `dist`, which is handed out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that can't go on says where"
)]
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::convert::Infallible;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

const LATENCY: Duration = Duration::from_millis(30);
const KEYS: usize = 10_000;
const TOGETHER: &str = "64";

fn program() -> OsString {
    std::env::var_os("DOCTOR").unwrap_or_else(|| env!("CARGO_BIN_EXE_heygen-doctor").into())
}

#[tokio::main]
async fn main() {
    // Cargo itself adds `--bench`.
    let runs = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(3);
    let requests = Arc::new(AtomicUsize::new(0));
    let url = format!("http://127.0.0.1:{}", serve(Arc::clone(&requests)).await);
    let folder = std::env::temp_dir().join(format!("heygen-doctor-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();

    println!(
        "{KEYS} keys, {} ms for each answer, {TOGETHER} at a time, median of {runs}",
        LATENCY.as_millis()
    );
    let list = list(&folder, KEYS);
    let mut spans: [Vec<f64>; 2] = Default::default();
    for _ in 0..runs {
        for (n, command) in [fleet(&url, &list), curl(&url)].into_iter().enumerate() {
            requests.store(0, Relaxed);
            let (span, peak) = measure(command).await;
            let name = ["heygen-doctor fleet", "curl --parallel"][n];
            println!(
                "{name:20} {span:6.2} s  {:6} requests  {peak:5.1} MiB",
                requests.load(Relaxed)
            );
            spans[n].push(span);
        }
    }
    let [fleet_span, curl_span] = spans.map(|mut spans| {
        spans.sort_by(f64::total_cmp);
        spans[spans.len() / 2]
    });
    println!("fleet/curl {:.2}", fleet_span / curl_span);
    let mut peaks = Vec::new();
    for keys in [2_000, 20_000] {
        let (_, peak) = measure(fleet(&url, &self::list(&folder, keys))).await;
        println!("{keys:6} keys: {peak:5.1} MiB");
        peaks.push(peak);
    }
    println!("20,000/2,000 {:.2}", peaks[1] / peaks[0]);
    fs::remove_dir_all(&folder).unwrap();
}

fn key(number: usize) -> String {
    format!("sk_V2_hgu_kSYNTHETICF_SyntheticKeyOfAFleet{number:012}")
}

fn list(folder: &Path, keys: usize) -> PathBuf {
    let mut text = String::from("name,key\n");
    for number in 0..keys {
        let _ = writeln!(text, "customer-{number},{}", key(number));
    }
    let path = folder.join(format!("{keys}.csv"));
    fs::write(&path, text).unwrap();
    path
}

fn fleet(url: &str, list: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("fleet").arg(list).args(["--rate", "none", "--concurrency", TOGETHER]);
    command.args(["--base-url", url, "--quiet"]);
    command
}

fn curl(url: &str) -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--http1.1", "--parallel", "--parallel-max", TOGETHER]);
    command.args(["--output", "/dev/null", "--header", &format!("x-api-key: {}", key(0))]);
    command.arg(format!("{url}/v3/users/me?n=[1-{KEYS}]"));
    command
}

/// Runs a program: its seconds, and the most memory that it held, in MiB.
async fn measure(mut command: Command) -> (f64, f64) {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let row = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = row.and_then(|row| row.split_whitespace().next()?.parse::<f64>().ok());
        peak = kib.map_or(peak, |kib| kib / 1024.0);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (began.elapsed().as_secs_f64(), peak)
}

/// HeyGen's API in the least that a healthy fleet needs.
async fn serve(requests: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            let requests = Arc::clone(&requests);
            tokio::spawn(async move {
                let service = service_fn(move |request: Request<Incoming>| {
                    requests.fetch_add(1, Relaxed);
                    async move {
                        tokio::time::sleep(LATENCY).await;
                        Ok::<_, Infallible>(answer(&request))
                    }
                });
                let server = hyper::server::conn::http1::Builder::new();
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    port
}

fn answer(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let key = request.headers().get("x-api-key").map(|value| value.to_str().unwrap());
    let is_known = key.is_some_and(|key| key.contains("SyntheticKeyOfAFleet"));
    let (status, body) = if request.uri().path() != "/v3/users/me" {
        (StatusCode::NOT_FOUND, r#"{"error":{"code":"not_found","message":"Not found"}}"#)
    } else if is_known {
        (
            StatusCode::OK,
            r#"{"data":{"billing_type":"wallet","wallet":{"remaining_balance":12.5}}}"#,
        )
    } else {
        (StatusCode::UNAUTHORIZED, r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#)
    };
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", "application/json".parse().unwrap());
    response
}
