//! Each secret in each encoding that has one text per value.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

use super::SecretKind;
use super::secret::Secret;

use crate::text::named_enum;

/// This many characters of a key in a row are a leak.
const WINDOW: usize = 12;

named_enum! {
    /// A family of encodings, by its name in the ledger.
    pub(super) enum Family {
        Plain = "plain",
        Base64 = "base64",
        Hex = "hex",
        Reversed = "reversed",
        Case = "case",
    }
}

/// The text of one secret in one encoding.
#[derive(Clone)]
pub(super) struct Spelling {
    pub(super) bytes: Vec<u8>,
    /// The secret part of it.
    pub(super) secret: std::ops::Range<usize>,
    /// How much of it in a row is a leak.
    pub(super) window: usize,
    pub(super) family: Family,
    /// True if encoders that escape letters and digits are to be expected.
    pub(super) of_letters: bool,
    /// The name of a hit on the whole of a plain value.
    pub(super) form: &'static str,
    pub(super) kind: SecretKind,
}

/// Every spelling of every secret, each text once.
pub(super) fn all(secrets: &[Secret], left_out: Option<&str>) -> Vec<Spelling> {
    let named = |family: Family| left_out != Some(family.as_str());
    let given = secrets.iter().filter(|secret| left_out != Some(secret.form));
    let texts: Vec<_> =
        given.flat_map(variants).filter(|spelling| named(spelling.family)).collect();
    let encoded: Vec<_> =
        texts.iter().filter(|variant| variant.of_letters).flat_map(codes).collect();
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

/// The value forwards and backwards, in capitals, in small letters, and with these swapped.
fn variants(secret: &Secret) -> Vec<Spelling> {
    let length = secret.bytes.len();
    let forwards = secret.from..length;
    let backwards = 0..length - secret.from;
    let plain = |bytes: Vec<u8>, family, of_letters| Spelling {
        window: WINDOW.min(forwards.len()),
        secret: if family == Family::Reversed { backwards.clone() } else { forwards.clone() },
        bytes,
        family,
        of_letters,
        form: secret.form,
        kind: secret.kind,
    };
    let bytes = &secret.bytes;
    let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
    // What was already changed twice is less likely to be escaped as a whole.
    let once = !secret.is_encoded();
    vec![
        plain(bytes.clone(), Family::Plain, true),
        plain(reversed.clone(), Family::Reversed, true),
        plain(bytes.to_ascii_uppercase(), Family::Case, once),
        plain(bytes.to_ascii_lowercase(), Family::Case, once),
        plain(swapped(bytes), Family::Case, false),
        plain(reversed.to_ascii_uppercase(), Family::Reversed, false),
        plain(reversed.to_ascii_lowercase(), Family::Reversed, false),
        plain(swapped(&reversed), Family::Reversed, false),
    ]
}

/// Small letters for capitals, and the other way round.
fn swapped(text: &[u8]) -> Vec<u8> {
    let swap = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
    text.iter().map(swap).collect()
}

/// The codes of a text, one in another if it is the value itself.
fn codes(variant: &Spelling) -> Vec<Spelling> {
    let mut codes = hex(variant);
    if variant.family == Family::Plain {
        codes.extend(codes.clone().iter().flat_map(base64));
    }
    codes.extend(base64(variant));
    codes
}

/// The part of a base64 text that depends on the value alone, for each number of bytes before it.
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
            // Of so many characters in a row, base64 tells all but six bits for certain, in any alignment.
            let window = if variant.window.is_multiple_of(WINDOW) {
                (variant.window * 8 - 6) / 6
            } else {
                secret.len()
            };
            spellings.push(Spelling {
                bytes,
                secret: secret.clone(),
                window,
                family: Family::Base64,
                of_letters: false,
                form: "base64",
                kind: variant.kind,
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
            of_letters: false,
            form: "hex",
            kind: variant.kind,
        })
        .into()
}
