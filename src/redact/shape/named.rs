//! Values that are secret because of their name: headers, cookies, URL parameters, JSON fields.

use std::ops::Range;

use super::before;
use super::name::{self, Policy};
use super::place::{self, Kind, Limits, Place};
use super::{Ends, Hit, is_word, run, run_before, shape};
use crate::key::is_shuffled;
use crate::redact::work;

const LONGEST_NAME: usize = 64;

const SCHEMES: [&[u8]; 9] = [
    b"bearer ",
    b"basic ",
    b"token ",
    b"apikey ",
    b"negotiate ",
    b"digest ",
    b"bot ",
    b"key ",
    b"oauth ",
];

/// Words that stand in the place of a value in explanations.
const WORDS: [&[u8]; 17] = [
    b"missing",
    b"required",
    b"invalid",
    b"absent",
    b"present",
    b"sent",
    b"none",
    b"null",
    b"true",
    b"false",
    b"header",
    b"valid",
    b"expired",
    b"undefined",
    b"bearer",
    b"basic",
    b"token",
];

/// The value of the name that this place is in the middle of.
pub(super) fn found(text: &[u8], anchor: usize, ends: &mut Ends) -> Option<Hit> {
    let name = identifier(text, anchor)?;
    let (mut policy, form) = name::known(&text[name.clone()])?;
    let is_in_url = [&b"?"[..], b"&", b"&amp;", b"%26", b"%3F", b"%3f"]
        .iter()
        .any(|sign| text[..name.start].ends_with(sign));
    let place = place::of(text, name.clone(), &mut ends.sought);
    let mut place = place.or_else(|| before::of(text, &name))?;
    let is_parameter = place.kind == Kind::Parameter;
    if place.kind == Kind::Loose || policy == Policy::Code && !(is_in_url && is_parameter) {
        policy = Policy::Random;
    }
    if policy == Policy::Credential && place.kind == Kind::Parameter {
        place = past_scheme(text, place, &mut ends.sought);
    }
    let needs_digits = matches!(policy, Policy::Random | Policy::Code)
        || policy == Policy::Secret && matches!(place.kind, Kind::Header | Kind::Prose);
    if needs_digits && !ends.sought.has_digit(text, &place.value) {
        return None;
    }
    let last = match place.kind {
        Kind::Parameter | Kind::Loose => ends.parameter,
        Kind::Header | Kind::Prose => ends.line,
        Kind::Field => 0,
    };
    if place.value.end <= last {
        return None;
    }
    let secret = secret(text, policy, &place, &mut ends.sought)?;
    if secret.start < ends.from {
        return None;
    }
    match place.kind {
        Kind::Parameter | Kind::Loose => ends.parameter = last.max(secret.end),
        Kind::Header | Kind::Prose => ends.line = last.max(secret.end),
        Kind::Field => {}
    }
    Some(shape(secret.start, secret.end, form))
}

/// The whole name around an anchor, without what only touches it.
fn identifier(text: &[u8], anchor: usize) -> Option<Range<usize>> {
    let mut start = anchor - run_before(&text[..anchor], LONGEST_NAME, is_word);
    let end = anchor + run(&text[anchor..text.len().min(anchor + LONGEST_NAME)], is_word);
    match text[..start].last() {
        Some(b'%') => start += 2,
        Some(b'\\') if matches!(text[start], b'n' | b'r' | b't') => start += 1,
        _ => {}
    }
    start += run(text.get(start..end)?, |byte| byte == b'-');
    (start < end).then_some(start..end)
}

/// The value after the scheme that a parameter begins with: `authorization=Bearer …`.
fn past_scheme(text: &[u8], place: Place, limits: &mut Limits) -> Place {
    let value = &text[place.value.clone()];
    let is_scheme = SCHEMES.iter().any(|scheme| value.eq_ignore_ascii_case(scheme.trim_ascii()));
    if is_scheme && text.get(place.value.end) == Some(&b' ') {
        place::parameter(text, place.value.end + 1, limits)
    } else {
        place
    }
}

/// The part of a value that must go.
fn secret(text: &[u8], policy: Policy, place: &Place, limits: &mut Limits) -> Option<Range<usize>> {
    let all = place.value.clone();
    let value = &text[all.clone()];
    if is_placeholder(value) {
        return None;
    }
    match policy {
        Policy::Credential => credential(text, place, limits),
        Policy::Cookies => near(value).contains(&b'=').then_some(all),
        Policy::Secret if matches!(place.kind, Kind::Parameter | Kind::Field) => {
            (is_no_word(value) || is_long(value)).then_some(all)
        }
        Policy::Code => is_code(value).then_some(all),
        Policy::Password | Policy::Mixed => {
            let end = match place.kind {
                Kind::Header | Kind::Prose => limits.random(text, all.clone()),
                _ => all.end,
            };
            let least = if policy == Policy::Password { 8 } else { 12 };
            is_mixed(&text[all.start..end], least).then_some(all.start..end)
        }
        Policy::Secret | Policy::Random => {
            let end = limits.random(text, all.clone());
            let is_one = end == all.end || matches!(place.kind, Kind::Header | Kind::Prose);
            (is_one && is_random(&text[all.start..end])).then_some(all.start..end)
        }
    }
}

/// The credential behind the scheme in a header; a sentence that only names the header stays.
fn credential(text: &[u8], place: &Place, limits: &mut Limits) -> Option<Range<usize>> {
    let (kind, value) = (place.kind, &text[place.value.clone()]);
    let has = |scheme: &&&[u8]| {
        value.len() > scheme.len() && value[..scheme.len()].eq_ignore_ascii_case(scheme)
    };
    let start = SCHEMES.iter().find(has).map_or(0, |scheme| scheme.len());
    let start =
        start + run(&near(&value[start..])[..16.min(value.len() - start)], |byte| byte == b' ');
    let rest = near(&value[start..]);
    let is_visible = |byte: u8| !byte.is_ascii_whitespace();
    let (word, others) = rest.split_at(run(rest, is_visible));
    let is_alone = others.iter().all(u8::is_ascii_whitespace);
    let can_have_scheme = kind != Kind::Prose && !is_alone && !is_placeholder(rest);
    let pair = if can_have_scheme { second(word, others) } else { None };
    let is_secret = match kind {
        _ if word.is_empty() || is_placeholder(rest) => false,
        Kind::Field | Kind::Header if is_alone => {
            !WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
        }
        _ => pair.is_some() || is_no_word(word),
    };
    let all = place.value.start + start..place.value.end;
    is_secret.then(|| match pair {
        Some(Second::Parameters) => all,
        Some(Second::Credential(part)) => all.start + part.start..all.start + part.end,
        None => all.start..limits.blank(text, all),
    })
}

/// What the second word of a credential is.
enum Second {
    /// `Digest username="…", …`, or `AWS4-HMAC-SHA256 Credential=…, …`: all of it is secret.
    Parameters,
    /// `SharedKey account:…`, behind a scheme that has no digits; else the first word may be the secret.
    Credential(Range<usize>),
}

/// What follows a scheme that is not known. Behind a key that stands alone, a log may go on with words and
/// parameters of its own: no scheme is as long as a key.
fn second(word: &[u8], others: &[u8]) -> Option<Second> {
    let is_parameter = |word: &[u8]| {
        let name = run(word, is_word);
        name > 0 && word[name..].starts_with(b"=") && word.len() > name + 2
    };
    if is_parameter(word) {
        return Some(Second::Parameters);
    }
    let blanks = run(others, |byte| byte.is_ascii_whitespace());
    let next = &others[blanks..];
    let next = &next[..run(next, |byte| !byte.is_ascii_whitespace())];
    let is_scheme = word.len() <= 20 && word.iter().all(|byte| is_word(*byte));
    if !is_scheme || !is_parameter(next) && !is_no_word(next) {
        return None;
    }
    if is_parameter(next) {
        return Some(Second::Parameters);
    }
    let start = if word.iter().any(u8::is_ascii_digit) { 0 } else { word.len() + blanks };
    Some(Second::Credential(start..word.len() + blanks + next.len()))
}

/// The start of a value that rules judge by: a stream always has this much in memory.
fn near(value: &[u8]) -> &[u8] {
    &value[..value.len().min(super::SIGHT)]
}

/// True if a value stands for another: `$HEYGEN_API_KEY`, `<key>`, `your-api-key`, `[redacted]`.
pub(in crate::redact) fn is_placeholder(value: &[u8]) -> bool {
    let begins = |text: &str| {
        value.len() >= text.len() && value[..text.len()].eq_ignore_ascii_case(text.as_bytes())
    };
    let begins_with = [
        "$", "<", "{", "[", "(", "*", "\u{2026}", "...", "your", "xxx", "%s", "\u{2022}", "sha256:",
    ];
    value.is_empty() || begins_with.into_iter().any(begins)
}

/// True if something is a word of a sentence or of an error: short and nothing but small letters.
fn is_no_word(value: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || b"_- .,:".contains(byte);
    let capital = value.first().is_some_and(u8::is_ascii_uppercase);
    let tail = if capital { &value[1..] } else { value };
    // No word is that long.
    let is_long = value.len() >= 32 || value.len() >= 24 && tail.iter().all(u8::is_ascii_lowercase);
    value.len() >= 6 && (is_long || !tail.iter().all(is_plain))
}

/// True if something has digits among letters, and nothing that a program would have there.
fn is_mixed(value: &[u8], least: usize) -> bool {
    let near = near(value);
    work::looked(near.len());
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let turns = near
        .windows(2)
        .filter(|two| is_digit(two[0]) != is_digit(two[1]) && two[0].is_ascii_alphanumeric())
        .count();
    let is_code = near.iter().any(|byte| byte.is_ascii_whitespace() || b"(){}[]<>".contains(byte));
    let is_mixed = turns >= 2 && near.iter().any(u8::is_ascii_alphabetic);
    value.len() >= least && !is_code && (is_mixed || is_shuffled(last_word(near)))
}

/// The part behind the last sign that may stand in a token.
fn last_word(value: &[u8]) -> &[u8] {
    value.rsplit(|byte| matches!(byte, b'_' | b'-' | b'.')).next().unwrap_or_default()
}

/// True if something in the place of a secret is longer than the word that would stand there.
fn is_long(value: &[u8]) -> bool {
    value.len() >= 16 && near(value).iter().all(u8::is_ascii_lowercase)
}

/// True if the code in a URL may be one that buys a token, and is no name or number of an error.
pub(super) fn is_code(value: &[u8]) -> bool {
    let value = near(value);
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    // An error's name in capitals, and the code of a program.
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_error = digits <= 3 && !has(u8::is_ascii_lowercase);
    let is_program = has(|byte| matches!(byte, b'(' | b'!'));
    value.len() >= 10 && digits > 0 && has(u8::is_ascii_alphabetic) && !is_error && !is_program
}

/// True if something has digits and letters as no word has them.
fn is_random(value: &[u8]) -> bool {
    if value.len() < 16 {
        return false;
    }
    let near = near(value);
    work::looked(near.len());
    let count = |is: fn(&u8) -> bool| near.iter().filter(|byte| is(byte)).count();
    let digits = count(u8::is_ascii_digit);
    if digits < 2 {
        return false;
    }
    let capitals = count(u8::is_ascii_uppercase);
    let small = count(u8::is_ascii_lowercase);
    small + capitals > 0 && (capitals > 0 && small > 0 || digits >= 5)
}
