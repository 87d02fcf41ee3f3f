//! Each secret in each encoding that has one text per value.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

use super::secret::Secret;

/// This many characters of a key in a row are a leak.
const WINDOW: usize = 12;

/// What base64 tells of twelve characters for certain, in any alignment: 90 of 96 bits.
const BASE64_WINDOW: usize = 15;

/// A family of encodings, by its name in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Family {
    Plain,
    Base64,
    Hex,
    Reversed,
    Case,
}

/// The text of one secret in one encoding.
#[derive(Clone)]
pub(super) struct Spelling {
    pub(super) bytes: Vec<u8>,
    /// What of it is secret.
    pub(super) secret: std::ops::Range<usize>,
    /// How much of it in a row is a leak.
    pub(super) window: usize,
    pub(super) family: Family,
    /// What a hit on the whole of a plain value is called.
    pub(super) form: &'static str,
}

/// Every spelling of every secret, each text once.
pub(super) fn all(secrets: &[Secret], left_out: Option<&str>) -> Vec<Spelling> {
    let named = |family: Family| left_out != Some(family.into());
    let given = secrets.iter().filter(|secret| left_out != Some(secret.form));
    let texts: Vec<_> =
        given.flat_map(variants).filter(|spelling| named(spelling.family)).collect();
    let encoded: Vec<_> =
        texts.iter().flat_map(|variant| base64(variant).into_iter().chain(hex(variant))).collect();
    let mut spellings: Vec<Spelling> = Vec::new();
    for mut spelling in
        texts.into_iter().chain(encoded.into_iter().filter(|spelling| named(spelling.family)))
    {
        if left_out == Some("window") {
            spelling.window = spelling.secret.len();
        }
        if spellings.iter().all(|known| known.bytes != spelling.bytes) {
            spellings.push(spelling);
        }
    }
    spellings
}

/// The value forwards, backwards, in capitals and in small letters.
fn variants(secret: &Secret) -> Vec<Spelling> {
    let length = secret.bytes.len();
    let plain = |bytes: Vec<u8>, family| {
        let range = secret.from..length;
        Spelling {
            window: WINDOW.min(range.len()),
            secret: range,
            bytes,
            family,
            form: secret.form,
        }
    };
    let mut reversed = plain(secret.bytes.iter().rev().copied().collect(), Family::Reversed);
    reversed.secret = 0..length - secret.from;
    vec![
        plain(secret.bytes.clone(), Family::Plain),
        reversed,
        plain(secret.bytes.to_ascii_uppercase(), Family::Case),
        plain(secret.bytes.to_ascii_lowercase(), Family::Case),
    ]
}

/// What of a base64 text depends on the value alone, however many bytes stand before it.
fn base64(variant: &Spelling) -> Vec<Spelling> {
    let mut spellings = Vec::new();
    for shift in 0..3 {
        let shifted = [vec![0; shift], variant.bytes.clone()].concat();
        let certain = (shift * 8).div_ceil(6)..shifted.len() * 8 / 6;
        let secret =
            ((variant.secret.start + shift) * 8).div_ceil(6)..(variant.secret.end + shift) * 8 / 6;
        let secret = secret.start - certain.start..secret.end - certain.start;
        for engine in [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD] {
            let bytes = engine.encode(&shifted).as_bytes()[certain.clone()].to_vec();
            let window = if variant.window == WINDOW { BASE64_WINDOW } else { secret.len() };
            spellings.push(Spelling {
                bytes,
                secret: secret.clone(),
                window,
                family: Family::Base64,
                form: "base64",
            });
        }
    }
    spellings
}

fn hex(variant: &Spelling) -> Vec<Spelling> {
    let digits = variant.bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let lower: Vec<_> = digits.map(|digit| b"0123456789abcdef"[usize::from(digit)]).collect();
    [lower.to_ascii_uppercase(), lower]
        .map(|bytes| Spelling {
            bytes,
            secret: variant.secret.start * 2..variant.secret.end * 2,
            window: variant.window * 2,
            family: Family::Hex,
            form: "hex",
        })
        .into()
}
