//! Finds keys inside a longer text, by the tables by which a single value is judged.

use std::ops::Range;

use super::Kind;
use super::look::{SESSION, is_jwt};
use super::{shapes, vendor};

/// The fewest characters of a secret part; what is shorter may be a name.
const LEAST: usize = 12;
/// The most characters by which a kind is judged. Without a bound, a long row of prefixes would be read
/// to its end from each of them.
const SHOWS: usize = 128;
/// Prefixes that stand in no name by chance, so they count even inside a word.
const TELLING: [&[u8]; 3] = [b"sk_V2_", b"sk-ant-", b"github_pat_"];
/// Prefixes of HeyGen's own keys and tokens.
const OWN: [&[u8]; 3] = [b"sk_", b"hg_", b"at_"];
/// The prefix of every JSON web token.
const TOKEN: &[u8] = b"eyJ";

/// Where keys stand in a text, in order and apart from each other. Every place begins and ends at
/// an ASCII character.
pub(crate) fn keys_in(text: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for Candidate { place, is_key } in candidates(text) {
        let is_apart = found.last().is_none_or(|last| last.end <= place.start);
        if is_apart && is_key(&text[place.clone()]) {
            found.push(place.start..run(text, place.end, is_of_some_key));
        }
    }
    found
}

/// Where whole keys of HeyGen's stand in a text, in order and apart from other letters and digits.
pub(super) fn complete_in(text: &[u8]) -> Vec<Range<usize>> {
    let lengths = [shapes::USER_LENGTH, shapes::LEGACY_LENGTH, shapes::DECODED_LENGTH];
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..text.len() {
        if word(text[..at].last()) || found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let whole = |length: &usize| {
            text.get(at..at + length).is_some_and(shapes::is_complete)
                && !word(text.get(at + length))
        };
        found.extend(lengths.into_iter().find(whole).map(|length| at..at + length));
    }
    found
}

/// A part of a text that may be a key, and who can tell.
struct Candidate {
    place: Range<usize>,
    is_key: fn(&[u8]) -> bool,
}

/// In the order in which they begin. All of them together are at most [`SHOWS`] times as long as
/// the text.
fn candidates(text: &[u8]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut add = |place, is_key| candidates.push(Candidate { place, is_key });
    // Inside a part of a token, a later beginning tells nothing that the first one doesn't.
    let mut token = 0;
    for at in 0..text.len() {
        let rest = &text[at..];
        let begins = !text[..at].last().is_some_and(u8::is_ascii_alphanumeric);
        if rest.starts_with(SESSION) {
            add(at..at + SESSION.len(), |_| true);
        } else if at >= token && rest.starts_with(TOKEN) {
            token = run(text, at, is_word);
            add(at..parts(text, at), is_jwt);
        }
        if begins {
            let end = run(&text[..text.len().min(at + shapes::LEGACY_LENGTH)], at, alphanumeric);
            if end - at == shapes::LEGACY_LENGTH - 2 {
                add(at..end, is_unpadded);
            }
            if text.get(at + 32) == Some(&b'-') && text.len() >= at + shapes::DECODED_LENGTH {
                add(at..at + shapes::DECODED_LENGTH, shapes::is_decoded_legacy);
            }
        }
        let starts = |prefix: &[u8]| rest.starts_with(prefix);
        if (begins && (OWN.into_iter().any(starts) || vendor::prefixes().any(starts)))
            || TELLING.into_iter().any(starts)
        {
            add(at..run(&text[..text.len().min(at + SHOWS)], at, is_word), has_prefix);
        }
    }
    candidates
}

/// The end of three parts with dots between them.
fn parts(text: &[u8], at: usize) -> usize {
    let next = |end: usize| match text.get(end) {
        Some(b'.') => run(text, end + 1, is_word),
        _ => end,
    };
    next(next(run(text, at, is_word)))
}

/// The end of a run of characters.
fn run(text: &[u8], at: usize, is: fn(u8) -> bool) -> usize {
    let length = text[at..].iter().position(|byte| !is(*byte));
    length.map_or(text.len(), |length| at + length)
}

const fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

const fn is_of_some_key(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'+' | b'/' | b'=')
}

/// An older key; a double click selects it without the `==` at its end.
fn is_unpadded(word: &[u8]) -> bool {
    shapes::is_legacy(&[word, b"=="].concat())
}

fn has_prefix(word: &[u8]) -> bool {
    let kind = Kind::of(word, word);
    let core = &word[kind.public_prefix(word).min(word.len())..];
    match kind {
        Kind::ElevenLabs => true,
        Kind::UserKey => core.len() >= 4,
        Kind::Placeholder | Kind::Empty => false,
        // Names with underscores begin like some keys; digits are in every key of these kinds.
        _ => core.split(|byte| !alphanumeric(*byte)).any(is_random),
    }
}

fn is_random(run: &[u8]) -> bool {
    run.len() >= LEAST
        && run.iter().any(u8::is_ascii_digit)
        && run.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_text_is_twice_the_work() {
        let work = |text: &str| -> usize {
            candidates(text.as_bytes()).iter().map(|candidate| candidate.place.len()).sum()
        };
        for part in [
            "_",
            "-",
            "=",
            ".",
            "a",
            "a_",
            "0-",
            "sk_",
            "sk-",
            "eyJ",
            "eyJ.",
            "eyJa.",
            "sk_V2_hgu_k",
            "github_pat_",
            "eyJzZXNzaW9uX3Rva2Vu",
            "feedface",
            "feedface-",
            "ZmVl",
            "ZmVl=",
        ] {
            let [once, twice] = [20_000, 40_000].map(|length| {
                let text = part.repeat(length / part.len());
                keys_in(text.as_bytes());
                (work(&text), text.len())
            });
            assert!(once.0 <= once.1 * SHOWS / 2, "{part}: {once:?}");
            assert!(twice.0 <= once.0 * 2 + SHOWS * SHOWS, "{part}: {once:?} {twice:?}");
        }
    }
}
