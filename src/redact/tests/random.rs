//! Random keys, in random forms, in random surroundings, in random pieces.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::{key, redacted};
use crate::redact::{Ledger, Redactor, stream};

fn keys() -> impl Strategy<Value = String> {
    prop_oneof![
        "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}",
        "sk_[a-z]{3,8}_[A-Za-z0-9]{20,40}",
        "[0-9a-f]{32}-17[0-9]{8}",
        "[0-9a-f]{32}-17[0-9]{8}".prop_map(|text| BASE64_STANDARD.encode(text)),
        "hg_[A-Za-z0-9_-]{16,40}",
        "[A-Za-z0-9+/=_.:~-]{16,64}",
    ]
}

fn noise() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n]{0,40}",
        "[%&\\\\;#u0-9a-fx ]{0,30}",
        Just(String::new()),
        Just("x-api-key: ".to_owned()),
        Just("{\"token\":\"".to_owned()),
        Just("Cookie: a=b".to_owned()),
        Just("https://a/?sig=".to_owned()),
        Just("me@example.org".to_owned()),
        Just("Authorization: Basic ".to_owned()),
    ]
}

/// Writes a piece of a key in one of the forms; the choices are random numbers.
fn written(piece: &str, form: usize, choices: &[u8]) -> String {
    let each = |write: &dyn Fn(u8, u8) -> String| -> String {
        piece
            .bytes()
            .enumerate()
            .map(|(at, byte)| write(byte, choices[at % choices.len()]))
            .collect()
    };
    match form % 16 {
        0 => piece.to_owned(),
        1 => piece.chars().rev().collect(),
        2 => piece.to_uppercase(),
        3 => piece.to_lowercase(),
        4 => each(&|byte, _| format!("{byte:02x}")),
        5 => each(&|byte, _| format!("{byte:02X}")),
        6 => each(&|byte, _| format!("%{byte:02x}")),
        7 => each(&|byte, _| format!("%25{byte:02X}")),
        8 => each(&|byte, _| format!("\\u{byte:04x}")),
        9 => each(&|byte, _| format!("&#{byte};")),
        10 => BASE64_STANDARD.encode(piece),
        11 => BASE64_URL_SAFE_NO_PAD.encode(format!("u{piece}")),
        12 => BASE64_STANDARD.encode(format!("me{piece}|")),
        13 => percent_encoding::utf8_percent_encode(piece, percent_encoding::NON_ALPHANUMERIC)
            .to_string(),
        14 => BASE64_STANDARD
            .encode(piece)
            .replace('+', "%2B")
            .replace('/', "\\/")
            .replace('=', "%3D"),
        _ => each(&|byte, choice| match choice % 16 {
            0 => format!("%{byte:02X}"),
            1 => format!("%25{byte:02x}"),
            2 => format!("\\u{byte:04X}"),
            3 => format!("&#x{byte:x};"),
            4 if byte.is_ascii_punctuation() => format!("\\{}", char::from(byte)),
            5 => format!("\\x{byte:02x}"),
            6 => format!("&#{byte:03};"),
            8 => format!("\\\\\\\\u{byte:04x}"),
            9 => format!("\\u{{{byte:x}}}"),
            10 => format!("&amp;#{byte};"),
            11 => format!("%26%23{byte}%3B"),
            12 => format!("&#{byte:07};"),
            13 => every(&format!("%{byte:02X}"), |byte| format!("%{byte:02x}")),
            _ => char::from(byte).to_string(),
        }),
    }
}

fn every(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

/// True if twelve characters of the key in a row can be found, without any of the redactor's means.
fn leaks(key: &str, text: &str, form: usize, choices: &[u8]) -> bool {
    let secret = key.strip_prefix("sk_V2_hgu_k").unwrap_or(key);
    (0..=secret.len() - 12).any(|at| {
        let window = &secret[at..at + 12];
        match form % 16 {
            10 | 11 | 12 | 14 => (0..3).any(|shift| {
                let encoded = BASE64_STANDARD.encode(format!("{}{window}", &"\0\0"[..shift]));
                let certain = &encoded[(shift * 8_usize).div_ceil(6)..(shift + 12) * 8 / 6];
                let url_safe = certain.replace('+', "-").replace('/', "_");
                let escaped = certain.replace('+', "%2B").replace('/', "\\/");
                [certain, &url_safe, &escaped].iter().any(|certain| text.contains(*certain))
            }),
            15 => choices.is_empty(),
            _ => text.contains(&written(window, form, choices)),
        }
    })
}

fn streamed(redactor: &Redactor, text: &[u8], pieces: &[usize]) -> (Vec<u8>, stream::Filtered) {
    struct Pieces<'a>(&'a [u8], std::iter::Cycle<std::slice::Iter<'a, usize>>);
    impl std::io::Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let count = (*self.1.next().unwrap()).min(into.len()).min(self.0.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }
    let mut clean = Vec::new();
    let filtered =
        stream::filter(Pieces(text, pieces.iter().cycle()), &mut clean, redactor).unwrap();
    (clean, filtered)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn twelve_characters_in_a_row_never_stay(
        key_text in keys(), before in noise(), after in noise(), form in 0..16_usize,
        lead in prop::sample::select(vec!["", "%", "\\", "\\x", "&#", "%2", "\\u0"]),
        cut in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        choices in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        // By chance a text may look like a placeholder, and that is no secret.
        prop_assume!(key(&key_text).is_secret());
        let secret = key_text.strip_prefix("sk_V2_hgu_k").unwrap_or(&key_text);
        let from = cut.0.index(secret.len() - 11);
        let length = 12 + cut.1.index(secret.len() - from - 11);
        let piece = &secret[from..from + length];
        let text = format!("{before}{lead}{}{after}", written(piece, form, &choices));
        let redactor = Redactor::new(&[&key(&key_text)], &[], &[]);
        prop_assert!(redactor.find(text.as_bytes()).is_some(), "{text}");
        let clean = redacted(&redactor, &text);
        prop_assert!(!leaks(&key_text, &clean, form, &choices), "{text}\n{clean}");
        prop_assert_eq!(redactor.find(clean.as_bytes()), None, "{}", clean);
        prop_assert!(clean.len() <= before.len() + lead.len() + after.len() + 40, "{text}\n{clean}");
        prop_assert_eq!(redacted(&redactor, &clean), clean.clone(), "twice: {}", text);
    }

    #[test]
    fn a_stream_is_cleaned_like_a_text(
        key_text in keys(), parts in prop::collection::vec((noise(), 0..32_usize), 1..60), repeat in 1..3_usize,
        blanks in prop::collection::vec(0..3000_usize, 1..20),
    ) {
        let mut text = String::new();
        for round in 0..repeat {
            for (at, (noise, form)) in parts.iter().enumerate() {
                text += noise;
                if *form < 16 {
                    text += &written(&key_text, *form, &[3, 7, 1]);
                }
                if at % 7 == 0 {
                    text += &" ".repeat(blanks[(at + round) % blanks.len()]);
                }
            }
        }
        let redactor = Redactor::new(&[&key(&key_text)], &[], &[]);
        let mut ledger = Ledger::default();
        let clean = redactor.redact(&text, &mut ledger);
        let (streamed, filtered) = streamed(&redactor, text.as_bytes(), &[7000, 1, 65_536]);
        let differs = streamed.iter().zip(clean.as_bytes()).position(|(one, other)| one != other);
        let near = differs.unwrap_or(0).saturating_sub(60);
        let shown = |text: &[u8]| String::from_utf8_lossy(&text[near.min(text.len())..text.len().min(near + 120)]).into_owned();
        prop_assert!(streamed == clean.as_bytes(), "{}\n{}", shown(&streamed), shown(clean.as_bytes()));
        prop_assert_eq!(filtered.ledger.replaced, ledger.replaced);
        prop_assert_eq!(filtered.bytes, text.len() as u64);
    }
}
