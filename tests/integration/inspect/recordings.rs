//! Recordings of browsers and tools.

use std::cell::Cell;
use std::io::Read;

use heygen_doctor::heard::{Ear, environment, run_info};
use heygen_doctor::key::source::Keyring;
use heygen_doctor::pasted::{is_har, read_har};
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Diagnosis;
use heygen_doctor::record::facts::Profile;
use heygen_doctor::render::{Format, Options, render};

use crate::binary::KEY;

fn entry(header: &str, status: u16, body: &str) -> String {
    let name_value = header.split_once(": ");
    let header = name_value
        .map_or(String::new(), |(name, value)| format!(r#"{{"name":"{name}","value":"{value}"}}"#));
    format!(
        r#"{{"startedDateTime":"2026-11-28T06:00:00.123Z","time":1,"request":{{"method":"GET","url":"https://api.heygen.com/v3/users/me","httpVersion":"h2","headers":[{header}],"cookies":[],"queryString":[],"headersSize":-1,"bodySize":0}},"response":{{"status":{status},"statusText":"","httpVersion":"h2","headers":[{{"name":"content-type","value":"application/json"}}],"cookies":[],"content":{{"size":1,"mimeType":"application/json","text":{}}},"redirectURL":"","headersSize":-1,"bodySize":-1}},"cache":{{}},"timings":{{"send":0,"wait":1,"receive":0}}}}"#,
        serde_json::to_string(body).unwrap()
    )
}

fn archive(creator: &str, entries: &[String]) -> String {
    format!(
        r#"{{"log":{{"version":"1.2","creator":{{"name":"{creator}","version":"1"}},"pages":[],"entries":[{}]}}}}"#,
        entries.join(",")
    )
}

fn judged(har: &str) -> Diagnosis {
    assert!(is_har(har.as_bytes()));
    let now = "2026-11-28T06:00:00Z".parse().unwrap();
    let mut ear = Ear::new(Keyring::empty(), now);
    if read_har(har.as_bytes(), &mut |sent| drop(ear.hear(&sent))).unwrap() {
        ear.nothing_was_left_out();
    }
    ear.finish(run_info(Profile::Inspect, now, now), environment()).0.diagnosis
}

const REFUSED: &str = r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#;

#[test]
fn what_a_sanitized_recording_leaves_out_is_not_called_missing() {
    let bare = entry("accept: */*", 401, REFUSED);
    let cause = |creator: &str, entries: &[String]| judged(&archive(creator, entries)).cause;
    // Chrome leaves `Authorization` out unless it is asked to keep it.
    assert_eq!(cause("WebInspector", std::slice::from_ref(&bare)), Cause::Inconclusive);
    for creator in ["Firefox", "WebKit Web Inspector", "Charles Proxy", "mitmproxy", "Postman"] {
        assert_eq!(cause(creator, std::slice::from_ref(&bare)), Cause::KeyMissing, "{creator}");
    }
    // Another request in it shows that nothing was left out.
    let other = entry(
        "authorization: Bearer eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl",
        200,
        r#"{"data":{"username":"u"}}"#,
    );
    assert_eq!(cause("WebInspector", &[bare, other]), Cause::KeyMissing);
}

#[test]
fn the_answers_in_it_are_judged_beside_each_other() {
    let refused = entry(&format!("authorization: Bearer {KEY}"), 401, REFUSED);
    let accepted = entry(&format!("x-api-key: {KEY}"), 200, r#"{"data":{"username":"u"}}"#);
    let diagnosis = judged(&archive("Firefox", &[refused, accepted]));
    assert_eq!(diagnosis.cause, Cause::KeyWrongKind);
    assert!(diagnosis.statement.contains("Request 2"), "{}", diagnosis.statement);
}

#[test]
fn requests_beyond_the_most_that_are_kept_are_counted() {
    let mut ear = Ear::new(Keyring::of(Vec::new()), "2026-11-28T06:00:00Z".parse().unwrap());
    let one = crate::inspect::requests("curl https://api.heygen.com/v3/users/me").remove(0);
    let other = crate::inspect::requests("curl https://example.com/").remove(0);
    for at in 0..1_003 {
        ear.take(&one);
        ear.take(&other);
        if at % 2 == 0 {
            ear.hear(&other);
        }
    }
    ear.hear(&one);
    let at = "2026-11-28T06:00:00Z".parse().unwrap();
    let (record, _) = ear.finish(run_info(Profile::Inspect, at, at), environment());
    assert_eq!((record.heard.as_ref().unwrap().len(), record.run.left_out), (1_000, 4));
    let told = render(Format::Human, &record, &Options::default());
    assert!(told.contains("1000 requests read") && told.contains("4 more requests"), "{told}");
}

/// A recording that is made while it is read, and knows how much of it was.
struct Endless<'a> {
    entry: Vec<u8>,
    rest: Vec<u8>,
    left: usize,
    read: &'a Cell<usize>,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = match self.left {
                0 => return Ok(0),
                1 => b"]}}".to_vec(),
                2 => self.entry.clone(),
                _ => [self.entry.as_slice(), b","].concat(),
            };
            self.left -= 1;
        }
        let length = buffer.len().min(self.rest.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        self.read.set(self.read.get() + length);
        Ok(length)
    }
}

#[test]
fn a_long_recording_is_read_entry_by_entry() {
    let entry = entry("x-api-key: k", 200, &"x".repeat(100_000)).into_bytes();
    let (read, length) = (Cell::new(0), entry.len());
    let head = br#"{"log":{"version":"1.2","entries":["#.to_vec();
    let recording = Endless { entry, rest: head, left: 101, read: &read };
    let mut seen = 0;
    read_har(recording, &mut |sent| {
        seen += 1;
        assert!(sent.answered.is_some_and(|reply| reply.body.len() <= 64 << 10));
        // No more than this entry, and what a buffer holds, was read by now.
        assert!(read.get() <= seen * (length + 1) + (64 << 10), "{seen}: {}", read.get());
    })
    .unwrap();
    assert_eq!(seen, 100);
}
