//! Finds what looks like a key inside a longer text.

use std::ops::Range;

use crate::key::{ApiKey, Kind, is_jwt};

/// The fewest characters of a secret part; what is shorter may be a name.
const LEAST: usize = 12;

/// What of a longer word is looked at.
const LONGEST: usize = 4096;

/// Where keys stand in a text, in order and apart from each other. Every place begins and ends at
/// an ASCII character.
pub(super) fn keys_in(text: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = SETS
        .iter()
        .flat_map(|set| words(text, *set))
        .filter_map(|word| within(text, word))
        .collect();
    found.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The characters that words are made of: keys as such, base64, tokens with dots.
const SETS: [fn(u8) -> bool; 3] = [
    |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
    |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
    |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
];

fn words(text: &[u8], set: fn(u8) -> bool) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for at in 0..=text.len() {
        if text.get(at).is_none_or(|byte| !set(*byte)) {
            if at - start >= LEAST {
                words.push(start..at);
            }
            start = at + 1;
        }
    }
    words
}

/// A word that is a key, or the key in it: after the name of a flag, or after other text.
fn within(text: &[u8], word: Range<usize>) -> Option<Range<usize>> {
    let starts = (word.start..=word.end - LEAST).filter(|at| {
        *at == word.start
            || matches!(text[at - 1], b'=' | b'/' | b'.' | b'_' | b'-')
            || BEGINNINGS.iter().any(|beginning| text[*at..word.end].starts_with(beginning))
    });
    let mut places = starts.map(|at| at..word.end.min(at + LONGEST));
    places.find(|place| is_key(&text[place.clone()]) || begins_decoded(&text[place.clone()]))
}

/// Beginnings that are looked for even inside a word.
const BEGINNINGS: [&[u8]; 4] = [b"sk_V2_", b"sk-ant-", b"github_pat_", b"eyJ"];

fn is_key(word: &[u8]) -> bool {
    let key = ApiKey::from_bytes(word.to_vec());
    // Names with underscores begin like some keys; digits are in every key of these kinds.
    let random = || key.core().split(|byte| !byte.is_ascii_alphanumeric()).any(is_random);
    match key.kind() {
        Kind::LegacyKey | Kind::DecodedLegacyKey | Kind::SessionCookie | Kind::ElevenLabs => true,
        Kind::Jwt => is_jwt(word),
        Kind::UserKey => key.core().len() >= 4,
        Kind::Placeholder | Kind::Empty | Kind::DidBasic | Kind::OauthToken => false,
        Kind::Unknown => word.starts_with(b"sk_") && random(),
        _ => random(),
    }
}

fn is_random(run: &[u8]) -> bool {
    run.len() >= LEAST
        && run.iter().any(u8::is_ascii_digit)
        && run.iter().any(u8::is_ascii_alphabetic)
}

/// 32 hex digits, `-`, 10 digits, followed by anything.
fn begins_decoded(word: &[u8]) -> bool {
    word.get(..43)
        .is_some_and(|start| ApiKey::from_bytes(start.to_vec()).kind() == Kind::DecodedLegacyKey)
}
