//! Random values that look like a given key.

use chrono::{DateTime, Utc};

use super::peel::{Origin, Peeled};
use super::{Kind, base64, shapes};

/// When the keys that carry a time were handed out, in Unix seconds (2023 to 2025).
const TIMES: std::ops::Range<u64> = 1_680_000_000..1_740_000_000;
/// Times that a key may carry and that are believed: 2020 to 2040.
const PLAUSIBLE: std::ops::Range<i64> = 1_577_836_800..2_208_988_800;

/// The value with each secret character replaced, its wrapper kept.
pub(super) fn like(given: &[u8], peeled: &Peeled, kind: Kind) -> Vec<u8> {
    let whole = peeled.whole();
    let invented = invent(&whole, kind.public_prefix(&whole));
    let mut value = given.to_vec();
    // A second key keeps its prefix, or it would be none.
    let prefixes: Vec<usize> = given
        .windows(shapes::USER_PREFIX.len())
        .enumerate()
        .filter(|(_, window)| *window == shapes::USER_PREFIX)
        .flat_map(|(at, window)| at..at + window.len())
        .collect();
    for (at, origin) in peeled.origin.iter().enumerate() {
        value[at] = match origin {
            Origin::Public | Origin::Same(_) => given[at],
            Origin::Secret if prefixes.contains(&at) => given[at],
            Origin::Secret => another(given[at]),
        };
    }
    for (place, byte) in peeled.places().zip(&invented) {
        if let Some(at) = place.filter(|at| peeled.origin[*at] != Origin::Public) {
            value[at] = *byte;
        }
    }
    for (at, origin) in peeled.origin.iter().enumerate() {
        if let Origin::Same(from) = origin {
            value[at] = value[*from];
        }
    }
    value
}

/// A random key as users make them today.
pub(super) fn user_key() -> Vec<u8> {
    let mut key = shapes::USER_PREFIX.to_vec();
    key.extend((0..10).map(|_| alphanumeric()));
    key.push(b'_');
    key.extend((0..32).map(|_| alphanumeric()));
    key
}

/// The time that a decoded key carries, to the hour.
pub(super) fn time_in(decoded: &[u8]) -> Option<DateTime<Utc>> {
    let digits = decoded.get(33..).filter(|_| shapes::is_decoded_legacy(decoded))?;
    let seconds: i64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    PLAUSIBLE.contains(&seconds).then(|| DateTime::from_timestamp(seconds - seconds % 3600, 0))?
}

fn invent(whole: &[u8], prefix: usize) -> Vec<u8> {
    // What is under a layer of base64 must still be readable, or the control would differ in kind.
    if prefix == 0
        && let Some((inner, form)) = base64::decode(whole)
        && inner.len() >= 12
    {
        use ::base64::Engine;
        return form
            .encode(invent(&inner, Kind::of(&inner, &inner).public_prefix(&inner)))
            .into_bytes();
    }
    let mut invented = whole[..prefix].to_vec();
    invented.extend(whole[prefix..].iter().map(|byte| another(*byte)));
    if shapes::is_decoded_legacy(whole) {
        invented.truncate(33);
        invented.extend(rand::random_range(TIMES).to_string().into_bytes());
    }
    invented
}

/// Another character of the same class; separators and what isn't ASCII stay.
fn another(byte: u8) -> u8 {
    let classes: [&[u8]; 6] = [
        b"0123456789",
        b"abcdef",
        b"ghijklmnopqrstuvwxyz",
        b"ABCDEF",
        b"GHIJKLMNOPQRSTUVWXYZ",
        b"!#&*?@^~",
    ];
    let class = classes
        .iter()
        .find_map(|class| Some((class, class.iter().position(|other| *other == byte)?)));
    class.map_or(byte, |(class, at)| class[(at + rand::random_range(1..class.len())) % class.len()])
}

fn alphanumeric() -> u8 {
    let all = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    all[rand::random_range(0..all.len())]
}
