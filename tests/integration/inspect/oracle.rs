//! Curl is asked itself: lines by chance are run by a real shell and a real curl, and what arrives is
//! compared with what was read off them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use heygen_doctor::heard::Sent;
use heygen_doctor::pasted;

use super::lines::part;
use super::requests;
use crate::curl::say;
use crate::dice::Dice;

/// Requests in one run of curl, on one connection.
const TOGETHER: usize = 50;

/// A request as it arrived.
#[derive(Debug, PartialEq)]
struct Arrived {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

fn server(arrived: Sender<Arrived>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let arrived = arrived.clone();
            thread::spawn(move || converse(stream, &arrived));
        }
    });
    address
}

fn converse(mut stream: TcpStream, arrived: &Sender<Arrived>) {
    let mut read = Vec::new();
    let mut piece = [0; 4096];
    loop {
        while let Some((request, length)) = whole(&read) {
            read.drain(..length);
            arrived.send(request).unwrap();
            if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").is_err() {
                return;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return,
            Ok(length) => read.extend_from_slice(&piece[..length]),
        }
    }
}

/// The first request of these bytes, with its length, once all of it is there.
fn whole(bytes: &[u8]) -> Option<(Arrived, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end - 4]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "Content-Length");
    let length: usize = length.map_or(0, |(_, length)| length.parse().unwrap());
    let body = bytes.get(end..end + length)?;
    let body = String::from_utf8_lossy(body).into_owned();
    Some((Arrived { method, target, headers, body }, end + length))
}

/// What was read off a line; curl's own version and what it was built with stand in no line.
fn expected(sent: &Sent) -> Arrived {
    let headers = sent
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), String::from_utf8_lossy(value).trim().to_owned()));
    Arrived {
        method: sent.method.clone(),
        target: same_escapes(&sent.target),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&sent.body).into_owned(),
    }
}

/// The digits of escapes are small or capital letters by the version of curl.
fn same_escapes(target: &str) -> String {
    let mut parts = target.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| match part.split_at_checked(2) {
        Some((digits, rest)) => format!("{all}%{}{rest}", digits.to_ascii_lowercase()),
        None => format!("{all}%{part}"),
    })
}

fn without_curls_own(mut arrived: Arrived) -> Arrived {
    arrived.target = same_escapes(&arrived.target);
    for (name, value) in &mut arrived.headers {
        if name == "User-Agent" && value.starts_with("curl/") {
            "curl".clone_into(value);
        }
        // From version 8 on there is a blank as well.
        if name == "Cookie" {
            *value = value.replace("; ", ";").replace(';', "; ");
        }
        if name == "Accept-Encoding" {
            "deflate, gzip".clone_into(value);
        }
    }
    arrived
}

/// Runs a script, and says whether curl had nothing to complain of.
fn ran(line: &str) -> std::process::Output {
    Command::new("bash")
        .args(["--norc", "-c", line])
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", "/nowhere")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// True if curl is there; says so where it isn't.
fn is_there() -> bool {
    let is_there =
        ["curl", "bash"].iter().all(|name| Command::new(name).arg("--version").output().is_ok());
    if !is_there {
        say("SKIPPED: curl or bash is missing, so no line was compared with what it sends.");
    }
    is_there
}

/// Runs lines until so many requests arrived, and compares each.
fn compare(seed: u64, most: usize) {
    if !is_there() {
        return;
    }
    let (sender, arrived) = channel();
    let address = server(sender);
    let mut dice = Dice::new(seed);
    let (mut compared, mut differing) = (0, Vec::new());
    while compared < most {
        let parts: Vec<String> = (0..TOGETHER).map(|_| part(&mut dice, &address)).collect();
        let line = format!("curl -s {}", parts.join(" --next -s "));
        let read = requests(&line);
        let run = ran(&line);
        assert!(
            run.status.success(),
            "{:?}: {}\n{line}",
            run.status,
            String::from_utf8_lossy(&run.stderr)
        );
        let got: Vec<Arrived> = arrived.try_iter().map(without_curls_own).collect();
        let pairs = got.iter().zip(&read).map(|(got, sent)| (got, expected(sent)));
        differing.extend(
            pairs
                .filter(|(got, sent)| got != &sent)
                .map(|(got, sent)| format!("arrived {got:?}\n   read {sent:?}\n")),
        );
        assert_eq!(got.len(), read.len(), "{line}");
        compared += got.len();
    }
    let (all, first) = (differing.len(), differing.iter().take(12).map(String::as_str));
    assert_eq!(all, 0, "of {compared}; the first ones:\n{}", first.collect::<String>());
    say(&format!("{compared} requests of real curl agree with what was read off its lines."));
}

#[test]
fn patterns_and_uploads_lead_where_curl_leads_them() {
    if !is_there() {
        return;
    }
    let (sender, arrived) = channel();
    let address = server(sender);
    for line in [
        "'U/{a}' 'U/[1-1]' 'U/[a-a]' 'U/[]' 'U/[][1-2]' 'U/a\\b' 'U/{,b}' 'U/[009-011]' 'U/[1-9:4]x'",
        "'U/{}'",
        "'U/[1]'",
        "'U/a]'",
        "'U/a}'",
        "'U/[1-9:10]'",
        "'U/[1-2'",
        "'U/{a'",
        "'U/[a-Z]'",
        "'U/[1-3:0]'",
        "'U/[-1-2]'",
        "'U/{[1-2],x}'",
        "'U/[z-a]'",
        "'U/{a,{b,c}}'",
        "-g 'U/{a,b}[1-2]' 'U/{}'",
        "-T Cargo.toml U/ U/only-one",
        "-T src/lib.rs U -T Cargo.toml 'U/d/?x=1'",
        "-T Cargo.toml U/d?x=1",
        "-T - U/d/",
        "-T '' U/d/",
        "-T Cargo.toml 'U/{a,b}/'",
    ] {
        // Curl would wait for leave to send a body.
        let script = format!("curl -s -H Expect: {}", line.replace('U', &address));
        // Of some lines nothing comes, and curl says that it can't read the pattern.
        ran(&script);
        let got: Vec<_> = arrived.try_iter().map(|one| (one.method, one.target)).collect();
        let mut read = Vec::new();
        let _ = pasted::read(&script, pasted::Form::Curl, &mut |sent| {
            read.push((sent.method, sent.target));
        });
        assert_eq!(read, got, "{script}");
    }
}

#[test]
fn two_thousand_requests_are_those_that_curl_sends() {
    compare(1, 2_000);
}

/// `cargo test -- --ignored`, in the workflow.
#[test]
#[ignore = "five times as many, for the workflow"]
fn ten_thousand_requests_are_those_that_curl_sends() {
    compare(2, 10_000);
}
