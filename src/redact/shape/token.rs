//! Tokens that say themselves what they are: JWT, `sk_…`, `hg_…`.

use super::named::is_placeholder;
use super::place::LINE;
use super::{Hit, is_after_escape, is_word, run, shape};

/// The public start of HeyGen's own keys after `sk_`.
const PUBLIC: [&[u8]; 2] = [b"V2_hgu_k", b"V2_"];

/// The length of HeyGen's own keys, as they are issued now.
const OWN: usize = 54;

/// JSON in base64 this long is a session, whatever follows it.
const LONG: usize = super::SIGHT;

/// Two or more base64 parts with dots between, the first of which is a JSON object.
pub(super) fn jwt(text: &[u8], at: usize, end: &mut usize) -> Option<Hit> {
    if at < *end || at > 0 && is_word(text[at - 1]) && !is_after_escape(text, at) {
        return None;
    }
    let text = &text[..text.len().min(at + LINE)];
    let head = run(&text[at..], is_word);
    if head < LONG {
        let body = run(text[at + head..].strip_prefix(b".")?, is_word);
        if head < 10 || body < 4 {
            return None;
        }
    }
    let whole = run(&text[at..], |byte| is_word(byte) || byte == b'.');
    *end = at + whole;
    let dots = text[at..at + whole].iter().rev().take_while(|byte| **byte == b'.').count();
    Some(shape(at, at + whole - dots, "shape:jwt"))
}

/// `sk_`, `sk-` or `hg_` and something that is no word.
pub(super) fn prefixed(text: &[u8], at: usize, end: &mut usize) -> Option<Hit> {
    if at < *end {
        return None;
    }
    let own = &text[at + 3..];
    // Nothing else has this in it, whatever stands before it.
    let is_own = own.starts_with(PUBLIC[0]);
    let is_inside = at > 0 && (text[at - 1].is_ascii_alphanumeric() || text[at - 1] == b'_');
    if is_inside && !is_own && !is_after_escape(text, at) {
        return None;
    }
    let near = &own[..run(&own[..own.len().min(64)], is_word)];
    let near = PUBLIC.iter().find_map(|prefix| near.strip_prefix(*prefix)).unwrap_or(near);
    let is_made_up = is_placeholder(near) || near.iter().all(|byte| *byte == near[0]);
    let has_digit = near.iter().any(u8::is_ascii_digit);
    let is_mixed =
        near.iter().any(u8::is_ascii_uppercase) && near.iter().any(u8::is_ascii_lowercase);
    // A run of letters and digits that is no word of a name such as `X509`.
    let is_random = near.split(|byte| !byte.is_ascii_alphanumeric()).any(|run| {
        run.len() >= 7
            && run.iter().any(u8::is_ascii_digit)
            && run.iter().any(u8::is_ascii_alphabetic)
    });
    let has_digit =
        has_digit && (is_random || near.iter().filter(|byte| byte.is_ascii_digit()).count() > 3);
    let is_mixed = is_mixed && near.split(|byte| *byte == b'_').any(|run| run.len() >= 12);
    if near.len() >= 8 && has_digit || near.len() >= 16 && (is_mixed || is_own && !is_made_up) {
        *end = at + 3 + run(&own[..own.len().min(LINE)], is_word);
        return Some(shape(at, *end, "shape:key"));
    }
    None
}

/// How many bytes of a text are a key, and whether no more can belong to it.
pub(super) fn length(text: &[u8]) -> (usize, bool) {
    let is_own = text.get(3..).is_some_and(|own| own.starts_with(PUBLIC[0]));
    (if is_own { text.len().min(OWN) } else { text.len() }, is_own)
}
