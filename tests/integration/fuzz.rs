//! Parsers under fire: a corpus, mutated. Bounded, seeded, and on stable Rust.
//!
//! `FUZZ_ROUNDS=100000 cargo test --release --test integration fuzz` goes on for longer. An input
//! that once broke something is kept in `fixtures/fuzz/`.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use heygen_doctor::answer::body::{self, Raw};
use heygen_doctor::judge;
use heygen_doctor::key::ApiKey;
use heygen_doctor::key::source::{Search, search};
use heygen_doctor::record::read::read;
use heygen_doctor::redact::{Redactor, har, stream};
use heygen_doctor::render::{Format, Options, render};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::binary::KEY;
use super::curl;

/// Mutations of each file of a corpus, unless `FUZZ_ROUNDS` says otherwise.
const ROUNDS: u64 = 150;

/// Pieces that parsers of such texts stumble over.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[[[[[[[[",
    b"]",
    b":",
    b",",
    b"null",
    b"-0",
    b"1e999",
    b"=",
    b"#",
    b"'",
    b"export ",
    b"${",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\x8b",
    b"<!doctype html>",
    b"%41%2541",
    b"&#x41;",
    b"sk_V2_hgu_k",
    b"eyJ",
    b"@",
    b"HEYGEN_API_KEY",
    KEY.as_bytes(),
];

#[expect(clippy::disallowed_methods, reason = "a switch of the test")]
fn rounds() -> u64 {
    std::env::var("FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

/// Runs a target over a corpus and its mutations.
fn fuzz(corpus: &str, target: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/fuzz").join(corpus);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{corpus} has no corpus");
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let mut dice = StdRng::seed_from_u64(20_261_121);
    for seed in &seeds {
        target(seed);
        for _ in 0..rounds() {
            let other = &seeds[dice.random_range(0..seeds.len())];
            target(&mutated(seed, other, &mut dice));
        }
    }
}

fn mutated(seed: &[u8], other: &[u8], dice: &mut StdRng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..dice.random_range(1..=8) {
        let at = dice.random_range(0..=bytes.len());
        let end = dice.random_range(at..=bytes.len().min(at + 64));
        match dice.random_range(0..6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(
                bytes.splice(at..at, PIECES[dice.random_range(0..PIECES.len())].iter().copied()),
            ),
            2 => bytes.truncate(at),
            3 => bytes.extend_from_within(at..end),
            4 if at < bytes.len() => bytes[at] = dice.random(),
            _ => {
                let from = dice.random_range(0..=other.len());
                bytes.splice(at..end, other[from..].iter().copied().take(256));
            }
        }
    }
    bytes
}

#[test]
fn bodies() {
    fuzz("body", |bytes| {
        for success in [false, true] {
            let raw = Raw { bytes, truncated: false, cut_short: None, success };
            let reading = body::read(&raw, &mut str::to_owned);
            assert!(reading.body.excerpt.is_none_or(|excerpt| excerpt.chars().count() <= 2048));
        }
    });
}

/// Looks for a key where this text is the only source.
fn look(file: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), bytes).unwrap();
    let ring = search(&Search {
        key_files: Vec::new(),
        stdin: None,
        key_env: None,
        env: &|_| None,
        names: Vec::new(),
        file: &heygen_doctor::files::read,
        working_dir: folder.path().to_owned(),
        home: None,
        config_dir: folder.path().to_owned(),
        time: Duration::from_mins(1),
    })
    .keyring;
    let info = ring.info(chrono::DateTime::UNIX_EPOCH, false);
    assert!(info.sources.len() >= 7, "every source is listed");
    if let Some(key) = ring.used() {
        let _ = (key.repaired(), key.made_up(), key.header_value("Bearer"), key.shape());
    }
}

#[test]
fn dotenv_files() {
    fuzz("dotenv", |bytes| look(".env", bytes));
}

#[test]
fn credentials_files() {
    fuzz("credentials", |bytes| look("credentials", bytes));
}

#[test]
fn records() {
    let lines = RefCell::new(BTreeSet::new());
    fuzz("record", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Ok(record) = read(text) else { return };
        let redaction = record.redaction.clone();
        let record = judge::record(judge::facts(record), redaction);
        for format in Format::ALL {
            assert!(!render(format, &record, &Options::default()).is_empty());
        }
        lines.borrow_mut().extend(record.observations.into_iter().map(|judged| judged.curl));
    });
    curl::run_nothing_but_curl(&lines.into_inner().into_iter().collect::<Vec<_>>());
}

fn redactor() -> Redactor {
    Redactor::new(&[&ApiKey::from_bytes(KEY.into())], &[], &[])
}

/// True if 12 characters of the key in a row are left.
fn leaks(bytes: &[u8]) -> bool {
    KEY.as_bytes()[11..].windows(12).any(|part| bytes.windows(12).any(|window| window == part))
}

#[test]
fn hars() {
    let redactor = redactor();
    fuzz("har", |bytes| {
        let mut cleaned = Vec::new();
        har::filter(bytes, &mut cleaned, &redactor).unwrap();
        assert!(!leaks(&cleaned));
        // What was JSON stays JSON; what was cut or damaged is cleaned as well.
        let is_json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).is_ok();
        assert!(is_json(&cleaned) || !is_json(bytes));
    });
}

#[test]
fn texts_to_redact() {
    let redactor = redactor();
    fuzz("redact", |bytes| {
        let mut cleaned = Vec::new();
        stream::filter(bytes, &mut cleaned, &redactor).unwrap();
        assert!(!leaks(&cleaned), "{}", String::from_utf8_lossy(bytes));
        let mut twice = Vec::new();
        stream::filter(cleaned.as_slice(), &mut twice, &redactor).unwrap();
        assert!(!leaks(&twice));
    });
}
