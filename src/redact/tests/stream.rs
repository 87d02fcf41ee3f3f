use std::io::Read;

use super::{K1, redacted, redactor};
use crate::redact::stream;

fn filtered(text: &[u8]) -> (Vec<u8>, stream::Filtered) {
    let mut clean = Vec::new();
    let filtered = stream::filter(text, &mut clean, &redactor(K1)).unwrap();
    (clean, filtered)
}

#[test]
fn lines_with_hits_are_told() {
    let text = format!("one\ntwo {K1}\nthree\n{K1} {K1}\n{}", "x\n".repeat(9000) + K1);
    let (clean, filtered) = filtered(text.as_bytes());
    assert_eq!(filtered.lines, [2, 4, 9005]);
    assert_eq!((filtered.ledger.replaced, filtered.bytes), (4, text.len() as u64));
    assert_eq!(clean.split(|byte| *byte == b'\n').count(), 9005);
}

#[test]
fn bytes_that_are_no_text_pass() {
    let noise: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    assert_eq!(filtered(&noise).0, noise);
    let around = [&[0xFF, 0xFE, 0], K1.as_bytes(), &[0xC3, 0, 0x80]].concat();
    assert_eq!(
        filtered(&around).0,
        [&[0xFF, 0xFE, 0], &b"[redacted]"[..], &[0xC3, 0, 0x80]].concat()
    );
}

#[test]
fn a_secret_longer_than_memory_goes_in_pieces() {
    let endless = std::io::repeat(b'a').take(200 << 10);
    let text = b"Cookie: a=".chain(endless).chain(&b"\nnext\n"[..]);
    let mut clean = Vec::new();
    let filtered = stream::filter(text, &mut clean, &redactor(K1)).unwrap();
    assert!(filtered.ledger.replaced > 0);
    assert!(clean.starts_with(b"Cookie: [redacted]") && clean.ends_with(b"\nnext\n"));
}

#[test]
fn what_is_only_looked_back_at_hides_nothing() {
    for blanks in 940..1000 {
        let text =
            format!("{0:99}Authorization: Basic abcdef1 k=v{0:blanks$}Cookie: a=b{0:9000}{K1}", "");
        assert_eq!(filtered(text.as_bytes()).0, redacted(&redactor(K1), &text).as_bytes());
    }
}

/// A quadratic rule would take hours over these.
#[test]
fn no_text_is_slow() {
    for unit in [
        "a",
        "eyJhbGciOi.",
        "sk-",
        "token=",
        "Cookie: ",
        "\"token\":\"",
        "a@",
        "\\",
        "%25",
        "&#",
        &K1[20..31],
        "'",
    ] {
        let text = unit.repeat((32 << 10) / unit.len());
        assert_eq!(filtered(text.as_bytes()).1.bytes, text.len() as u64);
    }
}

#[test]
fn reading_and_writing_may_fail() {
    let failing = std::io::repeat(b'a').take(10).chain(Failing);
    assert!(stream::filter(failing, Vec::new(), &redactor(K1)).is_err());
    assert!(stream::filter(&b"text"[..], &mut [0_u8; 2][..], &redactor(K1)).is_err());
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
}

/// Gives its pieces one by one, and pauses between them.
struct Pausing<'a>(std::slice::Iter<'a, &'a [u8]>, bool);

impl Read for Pausing<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(std::io::ErrorKind::WouldBlock.into());
        }
        let Some(piece) = self.0.next() else { return Ok(0) };
        into[..piece.len()].copy_from_slice(piece);
        Ok(piece.len())
    }
}

/// Keeps what is written until each flush.
#[derive(Default)]
struct Shown(Vec<String>, Vec<u8>);

impl std::io::Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.push(String::from_utf8(std::mem::take(&mut self.1)).unwrap());
        Ok(())
    }
}

#[test]
fn whole_lines_are_shown_when_a_stream_pauses() {
    let (first, second) = (format!("one\ntwo {K1}\nthr"), format!("ee {}", &K1[..20]));
    let pieces = [first.as_bytes(), second.as_bytes(), &K1.as_bytes()[20..], b" end\n"];
    let mut shown = Shown::default();
    let reader = Pausing(pieces.iter(), false);
    let filtered = stream::filter(reader, &mut shown, &redactor(K1)).unwrap();
    assert_eq!(shown.0, ["", "one\ntwo [redacted]\n", "", "", "three [redacted] end\n", ""]);
    assert_eq!((filtered.ledger.replaced, filtered.lines), (2, vec![2, 3]));
}

/// A generator of noise that is the same each time.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 7_u64;
    let byte = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    };
    (0..bytes).map(byte).collect()
}

#[test]
fn what_is_no_text_is_told() {
    let unjudged = |text: &[u8]| filtered(text).1.unjudged;
    let log = "a line of a log, and one more\n".repeat(300);
    let first = unjudged(&[log.as_bytes(), &noise(12 << 10)].concat())[0];
    assert!((200..=310).contains(&first), "{first}");
    assert_eq!(unjudged(&noise(300)), [1]);
    let units =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let chinese = "\u{5bc6}\u{94a5}\u{65e0}\u{6548}\u{ff0c}\u{8bf7}\u{91cd}\u{8bd5}\n".repeat(900);
    let latin: Vec<u8> =
        "Schl\u{fc}ssel ung\u{fc}ltig\n".repeat(400).chars().map(|sign| sign as u8).collect();
    for text in [log.as_bytes(), chinese.as_bytes(), &units(&log), &units(&chinese), &latin] {
        assert_eq!(unjudged(text), [0_u64; 0]);
    }
    assert_eq!(unjudged("\x1b[1m\x1b[31mred\x1b[0m\n".repeat(500).as_bytes()), [0_u64; 0]);
}
