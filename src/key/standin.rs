//! Values that no issued key of any known API could be: words, sentences, addresses, paths, pages.

use super::plain::{is_word, trimmed, words_only};
use super::reference::Resolver;
use super::{look, shapes};

/// The fewest characters that an issued key has.
const SHORTEST_KEY: usize = 16;
/// From this length on a run of letters and digits is no word, and may be a part of a secret.
const RANDOM: usize = 12;

/// A value that is no key, by what it is instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoKey {
    /// The text of an example.
    Example,
    /// A key of which a page shows the ends only, or one sign again and again.
    Masked,
    /// A reference to a place where a key may be, and who resolves it.
    Reference(Resolver),
    /// An address of a page or of a mailbox.
    Address,
    /// A place in a file system.
    Path,
    /// A page, a document, or the text of an error.
    Document,
    /// A sentence or a comment.
    Sentence,
    /// Words, joined by separators.
    Words,
    /// Fewer characters than any key has.
    Short,
}

/// The stand-in that a value of no known shape is; `whole` is the repaired form of `given`.
pub(super) fn find(whole: &[u8], given: &[u8]) -> Option<NoKey> {
    // What begins as a key does is a damaged one; what may hold a secret is no mere text.
    if shapes::is_own(whole) || shapes::is_cut(whole) || look::has_look(whole) {
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
            !word.is_ascii() || words_only(word)
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
