//! Answers that break HTTP, or never end.

use std::fmt::Write as _;
use std::time::Duration;

use super::Case;
use super::conduct::Conduct::{self, Interrupts, Repeats, Says, Stalls};

/// HeyGen's refusal of V3.
const REFUSAL: &str = r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#;

/// A refusal with these header lines and this body.
pub(super) fn refusal(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n{headers}\r\n")
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// The same with the right length; it says that the connection will be closed.
pub(super) fn whole(headers: &str, body: &[u8]) -> Vec<u8> {
    refusal(&format!("{headers}content-length: {}\r\nconnection: close\r\n", body.len()), body)
}

fn repeats(first: Vec<u8>, then: &[u8], every: u64) -> Conduct {
    Repeats { first, then: then.to_vec(), every: Duration::from_millis(every) }
}

fn case(name: &'static str, classes: &'static [&'static str], conduct: Conduct) -> Case {
    Case { name, conduct, classes }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = never_ending();
    cases.extend(too_much());
    cases.extend(broken());
    cases.extend(lengths());
    cases.extend(odd_values());
    cases
}

fn never_ending() -> Vec<Case> {
    let early = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    vec![
        case(
            "endless body",
            &["unauthenticated"],
            repeats(refusal("", b"{\"a\":\""), &[b'a'; 9000], 0),
        ),
        case(
            "endless chunks",
            &["unauthenticated"],
            repeats(
                refusal("transfer-encoding: chunked\r\n", b""),
                &b"400\r\n"[..]
                    .iter()
                    .chain(&[b' '; 1024])
                    .chain(b"\r\n")
                    .copied()
                    .collect::<Vec<_>>(),
                0,
            ),
        ),
        case("slow body", &["timeout"], repeats(refusal("", b""), b"a", 50)),
        case("slow head", &["timeout"], repeats(b"HTTP/1.1 ".to_vec(), b"2", 50)),
        case(
            "slow-loris",
            &["timeout"],
            repeats(b"HTTP/1.1 200 OK\r\n".to_vec(), b"x-a: b\r\n", 50),
        ),
        case("silence", &["timeout"], Stalls(Vec::new())),
        case(
            "half a body, then silence",
            &["timeout"],
            Stalls(refusal("content-length: 900\r\n", b"{")),
        ),
        case(
            "early hints without end",
            &["timeout", "malformed"],
            repeats(early.to_vec(), &early.repeat(50), 1),
        ),
        case(
            "100 without end",
            &["timeout", "malformed"],
            repeats(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n", 1),
        ),
    ]
}

fn too_much() -> Vec<Case> {
    let many = (0..100_000).fold(String::new(), |mut lines, n| {
        let _ = write!(lines, "x-{n}: {n}\r\n");
        lines
    });
    let long = format!("server: {}\r\n", "a".repeat(1 << 20));
    let nested = |depth: usize| {
        whole("", format!("{}1{}", "{\"error\":".repeat(depth), "}".repeat(depth)).as_bytes())
    };
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    // What a bomb looks like from outside; nobody here asks for it to be unpacked.
    let bomb = [&b"\x1f\x8b\x08\0\0\0\0\0\0\xff"[..], &vec![0xec; 40_000]].concat();
    vec![
        case("100,000 headers", &["malformed"], Says(whole(&many, REFUSAL.as_bytes()))),
        case("a header of a megabyte", &["malformed"], Says(whole(&long, REFUSAL.as_bytes()))),
        case("JSON, 100 deep", &["unauthenticated"], Says(nested(100))),
        case("JSON, 20,000 deep", &["unauthenticated"], Says(nested(7000))),
        case("arrays, 20,000 deep", &["unauthenticated"], Says(whole("", deep.as_bytes()))),
        case("gzip bomb", &["unauthenticated"], Says(whole("content-encoding: gzip\r\n", &bomb))),
    ]
}

fn broken() -> Vec<Case> {
    let chunked = |body: &[u8]| refusal("transfer-encoding: chunked\r\n", body);
    vec![
        case("a chunk without a size", &["malformed"], Says(chunked(b"zz\r\nhello\r\n"))),
        case("a chunk of 2^64 bytes", &["malformed"], Says(chunked(b"fffffffffffffffff\r\nhello"))),
        case("a chunk that ends early", &["reset"], Says(chunked(b"ff\r\nhello"))),
        case("closed at once", &["reset"], Says(Vec::new())),
        case("closed in the status line", &["reset", "malformed"], Says(b"HTTP/1.1 20".to_vec())),
        case(
            "closed in the headers",
            &["reset", "malformed"],
            Says(b"HTTP/1.1 200 OK\r\nserver".to_vec()),
        ),
        case("garbage", &["malformed"], Says((0..=255).cycle().skip(7).take(4000).collect())),
        case(
            "garbage before it was asked",
            &["malformed", "reset"],
            Interrupts(b"\x16\x03\0\xff\xff\r\n\r\n".to_vec()),
        ),
        case(
            "an answer before it was asked",
            &["malformed", "reset", "unauthenticated"],
            Interrupts(whole("", REFUSAL.as_bytes())),
        ),
        case("HTTP/0.9", &["malformed"], Says(b"<html>Healthy: the key works</html>".to_vec())),
        case("HTTP/3.0", &["malformed"], Says(b"HTTP/3.0 401 No\r\n\r\n".to_vec())),
        case(
            "status 999",
            &["malformed"],
            Says(b"HTTP/1.1 999 No\r\ncontent-length: 0\r\n\r\n".to_vec()),
        ),
        case(
            "a bare line feed in a header",
            &["malformed"],
            Says(refusal("server: a\nb\0: c\r\n", b"")),
        ),
    ]
}

fn lengths() -> Vec<Case> {
    let length =
        |length: &str| Says(refusal(&format!("content-length: {length}\r\n"), REFUSAL.as_bytes()));
    vec![
        case("a length too long", &["reset"], length("9000")),
        case("a length too short", &["unauthenticated"], length("9")),
        case("a negative length", &["malformed"], length("-1")),
        case("two lengths", &["malformed"], length("9\r\ncontent-length: 58")),
        case("a length of 2^64", &["malformed"], length("18446744073709551616")),
        case("a length of nearly 2^64", &["reset", "malformed"], length("18446744073709551614")),
    ]
}

fn odd_values() -> Vec<Case> {
    let with = |header: &str| Says(whole(header, REFUSAL.as_bytes()));
    let late = |value: &str| {
        Says(
            format!("HTTP/1.1 429 Slow down\r\nconnection: close\r\nretry-after: {value}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}")
                .into_bytes(),
        )
    };
    vec![
        case(
            "the year 1970",
            &["unauthenticated"],
            with("date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"),
        ),
        case(
            "the year 9999",
            &["unauthenticated"],
            with("date: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
        ),
        case("the year 0", &["unauthenticated"], with("date: Sat, 01 Jan 0000 00:00:00 +9999\r\n")),
        case("no date", &["unauthenticated"], with("date: 99999999999999999999\r\n")),
        case("retry in a year", &["rate_limited"], late("31536000")),
        case("retry in the year 9999", &["rate_limited"], late("Fri, 31 Dec 9999 23:59:59 GMT")),
        case("retry before now", &["rate_limited"], late("-5")),
        case("retry after 2^64", &["rate_limited"], late("18446744073709551616")),
        case("retry who knows when", &["rate_limited"], late("soon\u{a0}::error::")),
    ]
}
