//! Values that no issued key of any known API could be: words, sentences, addresses, paths, pages.

use super::placeholder::NoKey;
use super::{kind, shapes};

/// The fewest characters that an issued key has.
const SHORTEST_KEY: usize = 16;
/// The longest run of letters that is taken for a word.
const LONGEST_WORD: usize = 20;
/// From this length on a run of letters and digits is no word, and may be a part of a secret.
const RANDOM: usize = 12;

/// What a value of no known shape is instead of a key; `whole` is the repaired form of `given`.
pub(super) fn find(whole: &[u8], given: &[u8]) -> Option<NoKey> {
    // What begins as a key does is a damaged one; what may hold a secret is no mere text.
    if shapes::is_own(whole) || shapes::is_cut(whole) || kind::has_look(whole) {
        return None;
    }
    let (text, bare) = (String::from_utf8_lossy(given), String::from_utf8_lossy(whole));
    let text = trimmed(&text);
    if is_address(text) {
        return Some(NoKey::Address);
    }
    if holds_random(text) {
        return None;
    }
    // A page or an object begins with its bracket; a sentence may have one in it.
    if text.starts_with(['<', '{', '[']) {
        return Some(NoKey::Document);
    }
    if is_sentence(text) {
        return Some(NoKey::Sentence);
    }
    if bare.contains(['{', '}', '[', ']', '<', '>', '"']) {
        return Some(NoKey::Document);
    }
    if is_path(text) {
        return Some(NoKey::Path);
    }
    let several = bare.contains(['-', '_', '.', ' ']) || bare.len() >= SHORTEST_KEY;
    if several && words_only(&bare) {
        return Some(NoKey::Words);
    }
    (bare.chars().count() < SHORTEST_KEY).then_some(NoKey::Short)
}

/// A text without the marks and quotes around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|sign: char| {
        sign.is_whitespace() || matches!(sign, '\u{feff}' | '\u{200b}' | '"' | '\'' | '`')
    })
}

/// `https://host/path`, `someone@host`.
fn is_address(text: &str) -> bool {
    let blank = text.contains(char::is_whitespace);
    let host = |host: &str| {
        let labels: Vec<&str> = host.split('.').collect();
        let named = |label: &&str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        labels.len() >= 2
            && labels.iter().all(named)
            && labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    let page = text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.len() >= 2
            && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !rest.is_empty()
    });
    let mailbox = text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty() && !user.contains([':', '@', '/']) && host(domain)
    });
    !blank && (page || mailbox)
}

/// Three words or more with blanks between them, or a comment.
fn is_sentence(text: &str) -> bool {
    let body = text.trim_start_matches(['#', '/', ';', '-', '*', ' ']);
    let words = body
        .split_whitespace()
        .filter(|word| {
            let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            word.chars().any(|sign| !sign.is_ascii()) || words_only(word)
        })
        .count();
    let comment = body.len() < text.len() && text.starts_with(['#', ';']);
    words >= if comment { 2 } else { 3 }
}

/// A place in a file system.
fn is_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let rooted = ["/", "~/", "./", "../", "~\\", ".\\", "\\\\"];
    (drive || rooted.iter().any(|root| text.starts_with(root))) && words_only(text)
}

/// Letters and digits in a row that no word explains.
fn holds_random(text: &str) -> bool {
    text.split(|sign: char| !sign.is_ascii_alphanumeric()).any(|run| {
        run.len() >= RANDOM
            && !is_word(run)
            && run.bytes().any(|byte| byte.is_ascii_digit())
            && run.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

/// Nothing but words, short numbers, and signs between them.
pub(super) fn words_only(text: &str) -> bool {
    let mut words = 0;
    for part in
        text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|part| !part.is_empty())
    {
        if is_word(part) {
            words += 1;
        } else if part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    words > 0 && text.is_ascii()
}

/// A word, a few words in camel case, or either with a short number behind it.
pub(super) fn is_word(part: &str) -> bool {
    let letters = part.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let bytes = letters.as_bytes();
    if letters.is_empty()
        || letters.len() > LONGEST_WORD
        || part.len() - letters.len() > 4
        || !bytes.iter().all(u8::is_ascii_alphabetic)
    {
        return false;
    }
    let capitals = bytes.iter().all(u8::is_ascii_uppercase);
    let hops = bytes
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        .count();
    let ups = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let cased = capitals || ups <= hops + 1;
    let spoken = letters.len() < 4
        || (longest(bytes, false) <= 4 && longest(bytes, true) <= 3 && hops * 3 <= letters.len());
    cased && spoken
}

/// The longest run of vowels, or of other letters.
fn longest(letters: &[u8], vowels: bool) -> usize {
    let vowel =
        |byte: &u8| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    letters
        .chunk_by(|left, right| vowel(left) == vowel(right))
        .filter(|run| vowel(&run[0]) == vowels)
        .map(<[u8]>::len)
        .max()
        .unwrap_or(0)
}
