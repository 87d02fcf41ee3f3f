//! Twice the text is at most twice the work, whatever the text: counted, so no machine is too slow.

use super::{K1, redacted, redactor};
use crate::redact::{stream, work};

/// How often a byte may be looked at.
const MOST: u64 = 50;

/// Beginnings of secrets, or of their escapes.
const REPEATED: [&str; 57] = [
    "sk_",
    "sk-",
    "hg_",
    "eyJ",
    "eyJ.",
    "eyJhbGciOi.",
    "%25",
    "%2541",
    "%2525",
    "&#x41;",
    "&#",
    "\\u0041",
    "\\x5f",
    "'\\''",
    "%25%34%31",
    "&#0000115;",
    "&#115",
    "&amp;#115;",
    "%26%23115%3B",
    "\\\\\\\\u0041",
    "\\u{41}",
    "=41",
    "=41=",
    "{\"a\":{",
    "}",
    "a@",
    "a@b.",
    "%40",
    "a%40b.cc",
    "://a:b@",
    "oken",
    "code=sig=",
    "code=1",
    "token: \"",
    "Cookie: \r",
    "00112233445566778899aabbccddeeff",
    "MDAxMTIyMzM0NDU1",
    "\\\"",
    "token=%26",
    "\\nsk_",
    "\u{1b}[33msk_",
    "sk_V2_hgu_k",
    "HEYGEN_API_KEY ",
    "HEYGEN_API_KEY = ",
    "HEYGEN_API_KEY = '",
    "HEYGEN_API_KEY value:",
    "HEYGEN_API_KEY ABCDEFGHIJKLMNO1",
    "token = \"",
    "'token','",
    "?code=a1",
    "\\u0040",
    "\\\\u0040",
    "a&#64;",
    "[33meyJ",
    "ab ",
    "12 ",
    "0x41, ",
];

/// Noise in base64's letters, always the same.
fn noise() -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = 1_u64;
    let letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(letters[usize::try_from(state >> 58).unwrap()])
    };
    std::iter::repeat_with(letter).take(64 << 10).collect()
}

fn units() -> Vec<String> {
    let escaped = K1.bytes().fold(String::new(), |text, byte| text + &format!("\\u{byte:04x}"));
    let named = ["token", "code", "sig", "Cookie", "x-api-key", "Authorization", "client_secret"];
    let mut units: Vec<_> = (0..128).map(|byte| char::from(byte).to_string()).collect();
    for name in named {
        for (before, after) in [
            ("", "="),
            ("", "%3D"),
            ("", ":"),
            ("", ": "),
            ("", "=>'"),
            ("\"", ": "),
            ("\"", "\":\""),
            ("\"", "\": ["),
            ("\\\"", "\\\":\\\""),
            ("\"", "\",\"value\":\""),
        ] {
            units.push(format!("{before}{name}{after}"));
        }
    }
    units.extend(REPEATED.map(str::to_owned));
    let (first, inside) = (K1[..11].to_owned(), K1[20..31].to_owned());
    let cut = format!("{} ", &K1[20..31]);
    let backwards = K1.chars().rev().collect();
    units.extend([noise(), K1.to_owned(), format!("{K1}\n"), first, inside, cut, backwards]);
    let each = |write: fn(u8) -> String| K1.bytes().map(write).collect::<Vec<_>>().concat();
    let nearly = each(|byte| format!("%25%{byte:02X}"));
    let mixed = format!("{}%41", &K1[20..29]);
    units.extend([
        nearly,
        mixed,
        K1.replace('_', "%5F"),
        escaped,
        K1[20..32].replace('_', "&lowbar;"),
    ]);
    units
}

#[test]
fn twice_the_text_is_twice_the_work() {
    let redactor = redactor(K1);
    for unit in units() {
        let text = unit.repeat((16 << 10) / unit.len() + 1);
        let shown = &unit[..unit.len().min(60)];
        // Noise is looked into where it is like a text by chance: less of it would be no measure.
        let sizes = if unit.len() < 1 << 10 { [4, 8, 16] } else { [16, 32, 64] };
        let work = sizes.map(|size| size << 10).map(|size| {
            let work = work::of(|| drop(redacted(&redactor, &text[..size])));
            assert!(work <= MOST * size as u64, "{shown}: {work} for {size}");
            work
        });
        for pair in work.windows(2) {
            assert!(pair[1] <= pair[0] * 11 / 5 + 4096, "{shown}: {work:?}");
        }
        let streamed = work::of(|| {
            stream::filter(&text.as_bytes()[..8 << 10], std::io::sink(), &redactor).unwrap();
        });
        // Blocks overlap, and are small in tests; where a text begins decides what is looked at.
        let shifted = (0..32)
            .map(|shift| work::of(|| drop(redacted(&redactor, &text[shift..shift + (8 << 10)]))));
        let enough = |work: u64| streamed <= 3 * work + 4096;
        assert!(shifted.into_iter().any(enough), "{shown}: {work:?}, streamed {streamed}");
    }
}
