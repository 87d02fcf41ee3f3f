//! What `listen --forward` adds to a request, and whether it loses or mixes anything up.
//!
//! `cargo bench --bench forward [SECONDS]` plays a server on loopback that gives each request its own
//! path back. First one connection asks it in turns directly and through the doctor; then 200
//! connections at once ask through the doctor for that long, and every answer has to be its own.
//! DOCTOR names another program to measure, such as one of the profile `dist`, which is handed out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that can't go on says where"
)]
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Requests that are timed each way.
const TIMED: usize = 3_000;
/// Connections at once.
const CONNECTIONS: usize = 200;

fn program() -> OsString {
    std::env::var_os("DOCTOR").unwrap_or_else(|| env!("CARGO_BIN_EXE_heygen-doctor").into())
}

#[tokio::main]
async fn main() {
    // Cargo itself adds `--bench`.
    let seconds = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(60);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let server = listener.local_addr().unwrap().port();
    let served = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&served);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(echo(stream, Arc::clone(&counted)));
        }
    });
    let mut doctor = Doctor::start(server);
    let (direct, through) = timed(server, &doctor).await;
    println!(
        "one request, median of {TIMED}: {direct:?} directly, {through:?} through the doctor, {:?} more",
        through.saturating_sub(direct)
    );
    served.store(0, Relaxed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let each = (0..CONNECTIONS).map(|at| {
        let (port, base) = (doctor.port, doctor.path.clone());
        tokio::spawn(async move { flood(port, &base, at, end).await })
    });
    let each: Vec<_> = each.collect();
    let mut asked = 0;
    for task in each {
        asked += task.await.unwrap();
    }
    let served = served.load(Relaxed);
    println!(
        "{CONNECTIONS} connections for {seconds} s: {asked} asked and answered with their own, {served} served, {} a second",
        asked as u64 / seconds
    );
    assert_eq!(asked, served, "a request was lost, or sent twice");
    doctor.process.kill().unwrap();
}

/// The program, and where its base URL is.
struct Doctor {
    process: Child,
    port: u16,
    path: String,
}

impl Doctor {
    fn start(server: u16) -> Self {
        let mut process = Command::new(program())
            .args([
                "listen",
                "--forward",
                "-q",
                "--base-url",
                &format!("http://127.0.0.1:{server}"),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut bases = lines.map(Result::unwrap).filter(|line| line.contains("HEYGEN_API_BASE"));
        let base = bases.next().unwrap();
        let (_, rest) = base.split_once("127.0.0.1:").unwrap();
        let (port, path) = rest.trim_end_matches('\'').split_once('/').unwrap();
        Self { process, port: port.parse().unwrap(), path: format!("/{path}") }
    }
}

/// Gives each request its path back.
async fn echo(mut stream: TcpStream, served: Arc<AtomicUsize>) {
    stream.set_nodelay(true).unwrap();
    let mut bytes = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut bytes).await {
        let head = std::str::from_utf8(&bytes[..length]).unwrap();
        let path = head.split(' ').nth(1).unwrap();
        served.fetch_add(1, Relaxed);
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{path}", path.len());
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Asks a path once, and gives the body of the answer.
async fn ask(stream: &mut TcpStream, path: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: none\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    loop {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "closed");
        let text = std::str::from_utf8(&bytes).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length: usize = head.split_once("Content-Length: ").unwrap().1.parse().unwrap();
        if body.len() == length {
            return body.to_owned();
        }
    }
}

async fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// The medians of one request directly and through the doctor, asked in turns.
async fn timed(server: u16, doctor: &Doctor) -> (Duration, Duration) {
    let (mut near, mut far) = (connect(server).await, connect(doctor.port).await);
    let mut spans: [Vec<Duration>; 2] = Default::default();
    for number in 0..TIMED {
        let path = format!("/v3/{number}");
        let own = format!("{}{path}", doctor.path);
        for (at, (stream, asked)) in [(&mut near, &path), (&mut far, &own)].into_iter().enumerate()
        {
            let began = Instant::now();
            assert_eq!(ask(stream, asked).await, path);
            spans[at].push(began.elapsed());
        }
    }
    let [direct, through] = spans.map(|mut spans| {
        spans.sort_unstable();
        spans[spans.len() / 2]
    });
    (direct, through)
}

/// Asks one path after the other until the end; every answer has to be its own.
async fn flood(port: u16, base: &str, at: usize, end: Instant) -> usize {
    let mut stream = connect(port).await;
    let mut asked = 0;
    while Instant::now() < end {
        let path = format!("/v3/{at}/{asked}");
        assert_eq!(ask(&mut stream, &format!("{base}{path}")).await, path, "mixed up");
        asked += 1;
    }
    asked
}
