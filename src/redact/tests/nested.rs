//! Forms in forms, and layers of base64 around a key.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

use super::{K1, K3, K4, key, redacted, redactor};
use crate::redact::Redactor;

fn every(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

fn hex(text: &str) -> String {
    every(text, |byte| format!("{byte:02x}"))
}

fn base64(text: &str) -> String {
    BASE64_STANDARD.encode(text)
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn swapped(text: &str) -> String {
    let swap = |letter: char| {
        if letter.is_ascii_lowercase() {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        }
    };
    text.chars().map(swap).collect()
}

/// Each is a way of its own to write each character.
fn escaped(text: &str) -> Vec<String> {
    let percent = every(text, |byte| format!("%{byte:02X}"));
    let entities = every(text, |byte| format!("&#{byte};"));
    let json = every(text, |byte| format!("\\u{byte:04x}"));
    vec![
        every(&percent, |byte| format!("%{byte:02x}")),
        percent.replace('%', "%2525"),
        every(text, |byte| format!("&#{byte:07};")),
        every(text, |byte| format!("&#{byte:05};")),
        every(text, |byte| format!("&#{byte}")),
        every(text, |byte| format!("&#x{byte:02X}")),
        entities.replace('&', "&amp;"),
        every(text, |byte| format!("&amp;#x{byte:02x};")),
        entities.replace('&', "%26").replace('#', "%23").replace(';', "%3B"),
        json.replace('\\', "%5C"),
        json.replace('\\', r"\\\\"),
        json.replace('\\', r"\\\\\\\\"),
        every(text, |byte| format!("\\u{{{byte:x}}}")),
        every(text, |byte| format!("\\\\u{{{byte:X}}}")),
        every(text, |byte| format!("\\\\\\\\x{byte:02x}")),
        every(text, |byte| format!("={byte:02X}")),
    ]
}

#[test]
fn escapes_of_escapes_go() {
    for key in [K1, K3, K4] {
        let redactor = redactor(key);
        for text in escaped(key) {
            let clean = redacted(&redactor, &format!("before {text} after"));
            assert!(clean.starts_with("before ") && clean.ends_with(" after"), "{text}: {clean}");
            assert!(clean.contains("[redacted]") && clean.len() < 40, "{text}: {clean}");
        }
    }
}

#[test]
fn codes_of_codes_go() {
    for key in [K1, K3, K4] {
        let redactor = redactor(key);
        let twice = [
            reversed(key).to_uppercase(),
            reversed(key).to_lowercase(),
            swapped(key),
            swapped(&reversed(key)),
            base64(&base64(key)),
            base64(&BASE64_STANDARD_NO_PAD.encode(key)),
            base64(&format!("u:{}", base64(key))),
            base64(&hex(key)),
            base64(&format!("0x{}", hex(key).to_uppercase())),
            hex(&base64(key)),
            reversed(&base64(key)),
        ];
        for text in twice {
            let clean = redacted(&redactor, &format!("before {text} after"));
            assert!(clean.ends_with("[redacted] after") && clean.len() < 34, "{text}: {clean}");
        }
    }
}

/// Also where the key inside is known.
#[test]
fn every_layer_of_base64_is_a_secret_of_its_own() {
    for (real, layers) in [(K1, 1), (K3, 1), (K4, 3)] {
        let given = (0..layers).fold(real.to_owned(), |text, _| base64(&text));
        let redactor = Redactor::new(&[&key(&given)], &[], &[]);
        let mut forms = escaped(real);
        forms.extend([real.to_owned(), real.to_uppercase(), reversed(real), hex(real)]);
        forms.extend([base64(real), base64(&format!("x{real}")), base64(&format!("xy{real}"))]);
        forms.extend([base64(&reversed(real)), reversed(&base64(real))]);
        for text in forms {
            let clean = redacted(&redactor, &format!("before {text} after"));
            assert!(clean.ends_with("[redacted] after") && clean.len() < 40, "{text}: {clean}");
        }
    }
}

#[test]
fn the_base64_that_is_sent_goes_reversed() {
    let sent = reversed(K3);
    assert_eq!(redacted(&redactor(K4), &sent), "[redacted]");
    let sent = every(K3, |byte| format!("&#{byte};"));
    assert_eq!(redacted(&redactor(K4), &sent), "[redacted]");
}

#[test]
fn a_sign_before_an_escape_takes_none_of_it() {
    let key = "sk_V2_hgu_k5aaA0aAAaA_0aAaAAa0aAaA0aA00aA0a00AAaaaa00A";
    let window = &key[11..23];
    let text = window[1..].bytes().fold("&#\\u{35}".to_owned(), |text, byte| {
        let named = format!("&amp;#{byte};");
        text + &named
    });
    assert!(redactor(key).find(text.as_bytes()).is_some(), "{text}");
}

#[test]
fn a_short_piece_of_base64_is_found_in_both_alphabets() {
    let value = "Qa?7d?Ef?2h?Ij?4l?Mn?6p?Rs?8u?";
    let standard = base64(value)[..24].to_owned();
    assert!(standard.as_bytes().chunks(4).all(|four| four[3] == b'/'));
    for written in [standard.replace('/', "_"), standard] {
        let clean = redacted(&redactor(value), &format!("before {written} after"));
        assert_eq!(clean, "before [redacted] after");
    }
}

/// The padding of base64 ends a value; what stands in the next line is another.
#[test]
fn padding_at_the_end_of_a_line_takes_nothing_of_the_next() {
    for user in ["user:synthetic-password-1", "aladdin:synthetic-password", "jo:synthetic-pass"] {
        let line = format!("Authorization: Basic {}", BASE64_STANDARD.encode(user));
        for next in ["2026-11-27T10:00:00Z 401 request_id=4711 48 ms", "> Accept: application/json"]
        {
            let clean = redacted(&redactor(K1), &format!("{line}\n{next}\n"));
            assert_eq!(clean, format!("Authorization: Basic [redacted]\n{next}\n"), "{user}");
        }
    }
}
