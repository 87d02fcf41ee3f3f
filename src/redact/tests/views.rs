//! Every layout and every code in which tools print a key, known or not, one in another.

use std::io::Write as _;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::shapes::stranger;
use super::{K3, K4, key, redacted};
use crate::redact::Redactor;

type Write = fn(&str) -> String;

/// As long as HeyGen's keys are.
const K2: &str = "sk_V2_hgu_kSynthetic0_0Fake1Key2Of3No4Account5At6All7x";

fn each(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

fn numbered(text: &str, write: impl Fn(usize, u8) -> String) -> String {
    text.bytes().enumerate().map(|(at, byte)| write(at, byte)).collect()
}

fn lines(text: &str, width: usize, begin: &str, end: &str) -> String {
    let lines = text.as_bytes().chunks(width);
    let line = |part: &[u8]| format!("{begin}{}{end}\n", String::from_utf8_lossy(part));
    lines.map(line).collect()
}

fn wide(text: &str, nuls: usize) -> String {
    each(text, |byte| format!("{}{}", char::from(byte), "\0".repeat(nuls)))
}

fn words(text: &str, size: usize, write: impl Fn(u64) -> String) -> String {
    let value =
        |word: &[u8]| word.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    let pad = " ".repeat((size - text.len() % size) % size);
    let text = text.to_owned() + &pad;
    text.as_bytes().chunks(size).map(|word| write(value(word))).collect::<Vec<_>>().join(" ")
}

/// Ways to write each character.
const CODES: [(&str, Write); 17] = [
    ("\\U", |text| each(text, |byte| format!("\\U{byte:08x}"))),
    ("\\u{}", |text| each(text, |byte| format!("\\u{{{byte:06x}}}"))),
    ("`u{}", |text| each(text, |byte| format!("`u{{{byte:x}}}"))),
    ("octal", |text| each(text, |byte| format!("\\{byte:o}"))),
    ("percent", |text| each(text, |byte| format!("%{byte:02X}"))),
    ("%u", |text| each(text, |byte| format!("%u{byte:04x}"))),
    ("colours in letters", |text| {
        each(text, |byte| format!("\\e[3{}m{}", byte % 8, char::from(byte)))
    }),
    ("entities", |text| each(text, |byte| format!("&#{byte};"))),
    ("percent in entities", |text| each(text, |byte| format!("&#37;{byte:02x}"))),
    ("NULs", |text| each(text, |byte| format!("{}\\u0000", char::from(byte)))),
    ("UTF-16", |text| wide(text, 1)),
    ("UTF-32", |text| wide(text, 3)),
    ("zero-width", |text| each(text, |byte| format!("{}\u{200b}", char::from(byte)))),
    ("colours", |text| each(text, |byte| format!("\u{1b}[3{}m{}", byte % 8, char::from(byte)))),
    ("full width", |text| {
        each(text, |byte| char::from_u32(u32::from(byte) + 0xFEE0).unwrap().to_string())
    }),
    ("quoted printable", |text| each(text, |byte| format!("={byte:02X}"))),
    ("markdown", |text| text.replace('_', "\\_").replace('-', "\\-")),
];

/// Bytes as numbers.
const NUMBERS: [(&str, Write); 11] = [
    ("Buffer", |text| format!("{:?}", text.as_bytes())),
    ("CHAR", |text| each(text, |byte| format!("CHAR({byte})&"))),
    ("[char]", |text| each(text, |byte| format!("[char]{byte}+"))),
    ("bits", |text| each(text, |byte| format!("{byte:08b} "))),
    ("od", |text| words(text, 2, |word| format!("{word:06o}"))),
    ("hexdump -d", |text| words(text, 2, |word| format!("{word:05}"))),
    ("od -t d4", |text| words(text, 4, |word| format!("{word:10}"))),
    ("od -t d8", |text| words(text, 8, |word| format!("{word:20}"))),
    ("index = byte", |text| numbered(text, |at, byte| format!("[{at}] = {byte}\n"))),
    ("var_dump", |text| numbered(text, |at, byte| format!("  [{at}]=>\n  int({byte})\n"))),
    ("hex of UTF-16", |text| each(text, |byte| format!("{byte:02x},00,"))),
];

/// Pieces, and what stands between them.
const LAYOUTS: [(&str, Write); 14] = [
    ("a mail", |text| lines(text, 11, "> ", "")),
    ("a fold", |text| lines(text, 11, "    ", "")),
    ("continuations", |text| lines(text, 11, "", "\\")),
    ("a box", |text| lines(text, 20, "│ ", " │")),
    ("strings in C", |text| lines(text, 10, "  \"", "\"")),
    ("an array", |text| format!("[{}]", each(text, |byte| format!("\"{}\", ", char::from(byte))))),
    ("Go", |text| format!("[{}]", each(text, |byte| format!("\"{}\" ", char::from(byte))))),
    ("Node", |text| numbered(text, |at, byte| format!("  '{at}': '{}',\n", char::from(byte)))),
    ("headers", |text| numbered(text, |at, byte| format!("> {at}: {}\r\n", char::from(byte)))),
    ("asciinema", |text| {
        numbered(text, |at, byte| format!("[{at}.00, \"o\", \"{}\"]\n", char::from(byte)))
    }),
    ("deltas", |text| {
        let event = |part: &[u8]| {
            let part = String::from_utf8_lossy(part);
            format!("data: {{\"id\":\"c\",\"delta\":{{\"content\":\"{part}\"}}}}\n\n")
        };
        text.as_bytes().chunks(3).map(event).collect()
    }),
    ("chunks", |text| {
        let line = |part: &[u8]| {
            let part = String::from_utf8_lossy(part);
            format!("{{\"at\": 1700000000, \"chunk\": \"{part}\"}}\n")
        };
        text.as_bytes().chunks(6).map(line).collect()
    }),
    ("od -c", |text| {
        let row = |(at, part): (usize, &[u8])| {
            let shown: String =
                each(&String::from_utf8_lossy(part), |byte| format!("{:>4}", char::from(byte)));
            format!("{:07o}{shown}\n", at * 16)
        };
        text.as_bytes().chunks(16).enumerate().map(row).collect()
    }),
    ("marks", |text| {
        text.as_bytes().chunks(8).fold(String::new(), |all, part| {
            all + "<mark>" + &String::from_utf8_lossy(part) + "</mark>"
        })
    }),
];

fn secret(key: &str) -> &str {
    key.strip_prefix("sk_V2_hgu_k").unwrap_or(key)
}

/// True if nothing of the key is left that the way it is written shows in twelve characters.
fn is_gone(clean: &str, key: &str, write: Write) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|char| char.is_alphanumeric()).collect() };
    let left = letters(clean);
    let secret = secret(key);
    (0..secret.len() - 11).all(|at| !left.contains(&letters(&write(&secret[at..at + 12]))))
}

fn all() -> impl Iterator<Item = &'static (&'static str, Write)> {
    CODES.iter().chain(&NUMBERS).chain(&LAYOUTS)
}

#[test]
fn a_known_key_goes_in_every_way() {
    for text in [K2, K3, K4] {
        let redactor = Redactor::new(&[&key(text)], &[], &[]);
        for (name, write) in all() {
            let written = format!("before\n{}\nafter", write(text));
            let clean = redacted(&redactor, &written);
            assert!(clean.replace('\0', "").contains("[redacted]"), "{name}: {clean}");
            assert!(is_gone(&clean, text, *write), "{name}:\n{written}\n{clean}");
            assert!(clean.starts_with("before\n") && clean.ends_with("\nafter"), "{name}: {clean}");
            assert_eq!(redactor.find(clean.as_bytes()), None, "{name}: {clean}");
        }
    }
}

/// A secret counts once, over however many lines it stands.
#[test]
fn an_unknown_key_goes_in_every_way_that_keeps_its_look() {
    for (name, write) in CODES.iter().chain(&NUMBERS[..1]).chain(&LAYOUTS[3..4]) {
        let written = format!("before\n{}\nafter", write(K2));
        let mut ledger = crate::redact::Ledger::default();
        let clean = stranger().redact(&written, &mut ledger);
        assert!(is_gone(&clean, K2, *write), "{name}:\n{written}\n{clean}");
        assert_eq!(ledger.replaced, 1, "{name}: {clean}");
    }
}

#[test]
fn what_is_packed_in_base64_goes_as_a_whole() {
    let redactor = Redactor::new(&[&key(K2)], &[], &[]);
    for text in [format!("the key is {K2}"), "nothing of any key, and that a few times".repeat(3)] {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(text.as_bytes()).unwrap();
        let packed = BASE64_STANDARD.encode(gzip.finish().unwrap());
        let clean = redacted(&redactor, &format!("before {packed} after"));
        let shown = if text.contains(K2) { "[redacted]" } else { packed.as_str() };
        assert_eq!(
            clean.trim_end_matches(" after").trim_end_matches('='),
            format!("before {shown}").trim_end_matches('=')
        );
    }
}

#[test]
fn a_mask_in_utf_16_is_read_as_one() {
    let text: String = wide(&format!("X-Api-Key: {K2}\r\nnext"), 1);
    let clean = redacted(&stranger(), &text);
    assert_eq!(clean, wide("X-Api-Key: [redacted]\r\nnext", 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn a_code_in_a_code_hides_nothing(
        text in "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}",
        inner in 0..6_usize, outer in prop::sample::select(vec![4, 7, 10, 15]), is_base64 in any::<bool>(),
    ) {
        let written = CODES[inner].1(&text);
        let written = if is_base64 { BASE64_STANDARD.encode(written) } else { CODES[outer].1(&written) };
        let redactor = Redactor::new(&[&key(&text)], &[], &[]);
        let clean = redacted(&redactor, &format!("before {written} after"));
        prop_assert!(clean.starts_with("before ") && clean.ends_with("after") && clean.len() < 60, "{written}\n{clean}");
    }
}

/// Lines of a log with what makes lenses look: an id, a path, JSON, an escape.
fn log(lines: usize) -> String {
    let line = |n: usize| {
        let id = format!("{:032x}", (n as u128 + 1) * 0x0123_4567_89ab_cdef_1032_5476_98ba_dcfe);
        format!(
            "10:00:{n:02} id={id} GET /v3/videos/{n:024x} {{\"took\":\"{n}\",\"plan\":\"pro\"}}\n"
        )
    };
    (0..lines).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn nothing_is_lost_among_the_lines_of_a_log() {
    let lines = log(40);
    for text in [K2, K3, K4] {
        let redactor = Redactor::new(&[&key(text)], &[], &[]);
        for (name, write) in all() {
            let clean = redacted(&redactor, &format!("{lines}{}\n{lines}", write(text)));
            assert!(is_gone(&clean, text, *write), "{name}:\n{}\n{clean}", write(text));
        }
    }
}

#[test]
fn a_value_goes_to_its_end_however_far_the_escapes_of_its_name_are() {
    let cookies = (0..22).map(|n| format!("name{n}=value{n}; ")).collect::<Vec<_>>().concat();
    for name in ["C&#111;okie", "C%6Fokie", "C\\u006fokie"] {
        let text = format!("{}{name}: a=1; {cookies}sid=Qx7opaque9Zk3mN5\n{}", log(5), log(5));
        let clean = redacted(&stranger(), &text);
        assert_eq!(clean, format!("{}{name}: [redacted]\n{}", log(5), log(5)));
    }
}

#[test]
fn a_key_that_is_cut_in_two_anywhere_goes_as_a_whole() {
    let legacy = |digits: &str| BASE64_STANDARD.encode(format!("{digits}-1700000001"));
    let vendor = ["github", "_pat_", "11ABCDEFG0abcdefghijklmnopqrstuvwxyz0123456789"].concat();
    let keys = [K2.to_owned(), K4.to_owned(), vendor, legacy(&"ab12cdef".repeat(4))];
    let others =
        ["0a1b2c3d", "ffeeddcc", "dcba9876", "77665544"].map(|part| legacy(&part.repeat(4)));
    for text in keys.iter().chain(&others) {
        // A vendor's token has no length of its own: its first 27 characters are one already.
        let most = if text.starts_with("gi") { 27 } else { text.len() - 5 };
        for cut in 5..most {
            let (first, rest) = text.split_at(cut);
            let clean = redacted(&stranger(), &format!("the key {first}\n{rest}\n\nis refused\n"));
            assert_eq!(clean, "the key [redacted]\n[redacted]\n\nis refused\n", "{first} {rest}");
        }
    }
}

#[test]
fn what_is_packed_in_lines_of_base64_goes_as_a_whole() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    write!(packed, "{} {K2} {}", log(3), log(3)).unwrap();
    let encoded = BASE64_STANDARD.encode(packed.finish().unwrap());
    for begin in ["", "sid="] {
        let text = lines(&format!("{begin}{encoded}"), 76, "", "");
        let clean = redacted(&stranger(), &format!("before\n{text}after: 1"));
        let left = clean.replace("[redacted]", "").replace(['=', '\n'], "");
        assert_eq!(left, format!("before{}after: 1", begin.trim_end_matches('=')), "{clean}");
    }
}
