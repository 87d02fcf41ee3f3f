//! Looks for a key in a text, by means of its own: slow, simple, and not the program's.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

/// The characters of a key in a row that make a leak.
const TOO_MANY: usize = 12;
/// Beginnings that all keys of a kind have in common.
const PUBLIC: [&str; 2] = ["sk_V2_hgu_k", "eyJzZXNzaW9uX3Rva2Vu"];

/// Fails when a text shows a part of a key in any form.
pub(super) fn assert_clean(what: &str, key: &str, text: &str) {
    let core = core(key);
    if core.len() < 16 {
        return;
    }
    let (forms, needles): (Vec<_>, Vec<_>) = needles(core.as_bytes()).into_iter().unzip();
    let search = AhoCorasick::new(&needles).unwrap();
    for (reading, text) in readings(text) {
        if let Some(found) = search.find(&text) {
            let (form, needle) = (forms[found.pattern()], &needles[found.pattern()]);
            let from = found.start().saturating_sub(60);
            let near = String::from_utf8_lossy(&text.as_bytes()[from..]);
            let near: String = near.chars().take(160).collect();
            panic!("{what}: {needle} ({form}, {reading}) in: {near}");
        }
    }
}

/// The secret part of a value: after the common beginning, else the longest word.
fn core(key: &str) -> &str {
    let word = |text: &'static str| move |c: char| !(c.is_ascii_alphanumeric() || text.contains(c));
    for public in PUBLIC {
        if let Some((_, rest)) = key.split_once(public) {
            return rest.split(word("_-")).next().unwrap_or_default();
        }
    }
    let words = key.split(word("_-./+"));
    words.max_by_key(|word| word.len()).unwrap_or_default()
}

/// A text, byte for byte in another form.
pub(super) fn spelled(text: &[u8], spell: impl Fn(u8) -> String) -> String {
    text.iter().map(|byte| spell(*byte)).collect()
}

/// Every form of every run of the core.
fn needles(core: &[u8]) -> Vec<(&'static str, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let mut needles = Vec::new();
    for run in core.windows(TOO_MANY) {
        let backwards: Vec<u8> = run.iter().rev().copied().collect();
        let hex = spelled(run, |byte| format!("{byte:02x}"));
        needles.push(("any case", text(run)));
        needles.push(("reversed", text(&backwards)));
        needles.push(("hex", hex));
    }
    for shift in 0..3 {
        // What stands before it in the stream shifts every sextet.
        let shifted = [&b"\0\0"[..shift], core].concat();
        for (form, encoded) in [
            ("base64", BASE64_STANDARD_NO_PAD.encode(&shifted)),
            ("base64url", BASE64_URL_SAFE_NO_PAD.encode(&shifted)),
        ] {
            // The first and the last character may hold bits of what stands beside it.
            let own = &encoded[(shift * 8).div_ceil(6)..encoded.len() - 1];
            let runs = own.as_bytes().windows(TOO_MANY.div_ceil(3) * 4);
            needles.extend(runs.map(|run| (form, text(run))));
        }
    }
    needles
}

/// The text as it is, and with escapes of several kinds read; all in lower case.
fn readings(text: &str) -> Vec<(&'static str, String)> {
    let text = text.to_ascii_lowercase();
    let percent = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
    let twice = percent_encoding::percent_decode_str(&percent).decode_utf8_lossy().into_owned();
    let read = |begin: &str, end: &str, radix| unescaped(&text, begin, end, radix);
    let readings = vec![
        ("\\u0000", read("\\u", "", 16)),
        ("\\u{0}", read("\\u{", "}", 16)),
        ("\\x00", read("\\x", "", 16)),
        ("&#0;", read("&#", ";", 10)),
        ("&#x0;", read("&#x", ";", 16)),
        ("percent", percent),
        ("percent twice", twice),
        ("as it is", text),
    ];
    readings.into_iter().map(|(name, text)| (name, text.to_ascii_lowercase())).collect()
}

/// Numbers between two marks become the characters that they stand for.
fn unescaped(text: &str, begin: &str, end: &str, radix: u32) -> String {
    let mut parts = text.split(begin);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let most = match begin {
            "\\x" => 2,
            "\\u" => 4,
            _ => 7,
        };
        let digits = part.chars().take(most).take_while(|c| c.is_digit(radix)).count();
        let (number, rest) = part.split_at(digits);
        let read = u32::from_str_radix(number, radix).ok().and_then(char::from_u32);
        if let (Some(c), Some(rest)) = (read, rest.strip_prefix(end)) {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push_str(begin);
            out.push_str(part);
        }
    }
    out
}

#[test]
fn the_detector_finds_what_it_is_for() {
    let key = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000";
    let core = &key[PUBLIC[0].len()..];
    let percent = spelled(core.as_bytes(), |byte| format!("%{byte:02X}"));
    let entities = spelled(core.as_bytes(), |byte| format!("&#{byte};"));
    let json = spelled(core.as_bytes(), |byte| format!("\\u{byte:04x}"));
    for leak in [
        key.to_owned(),
        core[7..19].to_owned(),
        core.to_ascii_uppercase(),
        core.chars().rev().collect(),
        BASE64_STANDARD_NO_PAD.encode(format!("x{core}")),
        percent,
        entities,
        json,
        spelled(core.as_bytes(), |byte| format!("{byte:02X}")),
    ] {
        let text = format!("before {leak} after");
        assert!(std::panic::catch_unwind(|| assert_clean("", key, &text)).is_err(), "{leak}");
    }
    assert_clean("", key, &format!("before {} after {}", &core[..TOO_MANY - 1], PUBLIC[0]));
}
