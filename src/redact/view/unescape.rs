//! One layer of escapes undone, and what no reader sees taken out: colours, tags, NULs.

use std::ops::Range;

use super::View;
use super::cell::{CELL, cells, count, kinds};
use super::join::is_padding;
use crate::redact::work;

/// The longest escape.
const LONGEST: usize = 14;

/// The longest tag, or code for a colour.
const TAG: usize = 48;

/// The first byte of a colour.
const ESCAPE: u8 = 0x1B;

/// Names of characters that writers of HTML use.
const NAMED: [(u8, &[u8]); 16] = [
    (b'"', b"&quot;"),
    (b'&', b"&amp;"),
    (b'\'', b"&apos;"),
    (b'<', b"&lt;"),
    (b'>', b"&gt;"),
    (b'_', b"&lowbar;"),
    (b'/', b"&sol;"),
    (b'+', b"&plus;"),
    (b'=', b"&equals;"),
    (b'-', b"&hyphen;"),
    (b'-', b"&dash;"),
    (b'.', b"&period;"),
    (b':', b"&colon;"),
    (b'@', b"&commat;"),
    (b'$', b"&dollar;"),
    (b'%', b"&percnt;"),
];

/// Characters that take no room: zero-width ones, a soft hyphen, a byte order mark.
const UNSEEN: [&[u8]; 8] = [
    b"\xE2\x80\x8B",
    b"\xE2\x80\x8C",
    b"\xE2\x80\x8D",
    b"\xE2\x80\x8E",
    b"\xE2\x80\x8F",
    b"\xE2\x81\xA0",
    b"\xEF\xBB\xBF",
    b"\xC2\xAD",
];

/// Quotation marks in a string that are no further apart, and so many of them, may stand around pieces.
const MARK: usize = 16;
const MARKS: usize = 4;

/// Bytes that something which can be undone begins with.
const SIGNS: [u8; 15] = *b"%\\&='`<^\x1b\0\x08\xE2\xEF\xC2\xF0";

/// True for one of them, told without a branch.
#[inline]
fn is_sign(byte: u8) -> bool {
    SIGNS.iter().fold(0, |is, sign| is | u8::from(byte == *sign)) != 0
}

/// The same, looked up.
const IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        is_sign[SIGNS[at] as usize] = true;
        at += 1;
    }
    is_sign
};

/// Where escapes stand in a part of a text. A quotation mark in a string is in many logs, and hides
/// something only where many follow each other.
pub(in crate::redact) fn spots(text: &[u8], part: Range<usize>) -> Vec<usize> {
    let (mut spots, mut marks) = (Vec::new(), Vec::new());
    for (number, cell) in cells(&text[part.clone()]).enumerate() {
        if count(&kinds(&cell, is_sign)) == 0 {
            continue;
        }
        let start = part.start + number * CELL;
        for at in (start..part.end.min(start + CELL)).filter(|at| IS_SIGN[usize::from(text[*at])]) {
            if text[at..].starts_with(b"\\\"") {
                if marks.last().is_some_and(|last| at - last > MARK) {
                    marks.clear();
                }
                marks.push(at);
                if marks.len() >= MARKS {
                    spots.append(&mut marks);
                }
            } else if undone(&text[at..], false, text[..at].last().copied()).is_some() {
                spots.push(at);
            }
        }
    }
    spots
}

/// Parts of a text with one layer of escapes undone.
pub(in crate::redact) fn view(text: &[u8], parts: &[Range<usize>]) -> View {
    let mut view = View::default();
    for part in parts {
        undo(text, part.clone(), &mut view);
        view.end_part();
    }
    view
}

fn undo(text: &[u8], part: Range<usize>, view: &mut View) {
    work::looked(part.len());
    let (mut at, mut done, mut is_quoted) = (part.start, part.start, false);
    while at < part.end {
        // What fills up base64 ends it, as two equals signs do.
        let fills_up = matches!(text[at..], [b'=', b'\n' | b'\r', ..]) && is_padding(text, at);
        let before = if fills_up { Some(b'=') } else { text[..at].last().copied() };
        let is_sign = IS_SIGN[usize::from(text[at])];
        let Some((byte, length)) =
            is_sign.then(|| undone(&text[at..], is_quoted, before)).flatten()
        else {
            (at, is_quoted) = (at + 1, false);
            continue;
        };
        view.copy(text, done..at);
        if let Some(byte) = byte {
            view.push(byte, at..at + length);
        }
        is_quoted = text[at] == b'=';
        at += length;
        done = at;
    }
    view.copy(text, done..part.end.max(done));
}

/// The character that an escape stands for, or none, and the length of the escape. In
/// quoted-printable a single `=` may be any; `is_quoted` tells that an escape stood right before this one.
fn undone(text: &[u8], is_quoted: bool, before: Option<u8>) -> Option<(Option<u8>, usize)> {
    let text = &text[..text.len().min(TAG)];
    let byte = |(byte, length)| (Some(byte), length);
    match text {
        [b'%', b'u', digits @ ..] if digits.len() >= 4 => {
            hex(&digits[..4]).map(|byte| (Some(byte), 6))
        }
        [b'%', high, low, ..] => hex(&[*high, *low]).map(|byte| (Some(byte), 3)),
        [b'\\' | b'`', ..] => backslash(text),
        [b'^', b'[', b'[', ..] => Some((Some(ESCAPE), 2)),
        [b'^', sign, ..] if sign.is_ascii_alphanumeric() && before.is_some() => {
            Some((Some(*sign), 2))
        }
        [b'\'', b'\\', b'\'', b'\'', ..] => Some((Some(b'\''), 4)),
        [b'\'', b'"', b'\'', b'"', b'\'', ..] => Some((Some(b'\''), 5)),
        [b'&', ..] => entity(text).map(byte),
        // Two of them are padding.
        [b'=', b'\n', ..] if before != Some(b'=') => Some((None, 2)),
        [b'=', b'\r', b'\n', ..] if before != Some(b'=') => Some((None, 3)),
        [b'=', high, low, next @ ..] if is_quoted || is_row(next) => {
            hex(&[*high, *low]).map(|byte| (Some(byte), 3))
        }
        [b'\0', ..] => Some((None, 1)),
        [ESCAPE, b'[', ..] => colour(text),
        [b'<', ..] => tag(text),
        [0xEF, 0xBC, low @ 0x81..=0xBF, ..] => Some((Some(low - 0x60), 3)),
        [0xEF, 0xBD, low @ 0x80..=0x9E, ..] => Some((Some(low - 0x20), 3)),
        [0xE2 | 0xEF | 0xC2, ..] => {
            let unseen = UNSEEN.iter().find(|unseen| text.starts_with(unseen))?;
            Some((None, unseen.len()))
        }
        _ => None,
    }
}

/// In quoted-printable, escapes stand in a row, or at the end of a value.
fn is_row(next: &[u8]) -> bool {
    matches!(next, [b'=' | b'\r' | b'\n', ..] | [])
}

/// `\u0073`, `\u{73}`, `\U00000073`, `\x73`, `\163`, with twice as many backslashes for each string
/// that they are in, and PowerShell's `` `u{73} ``.
fn backslash(text: &[u8]) -> Option<(Option<u8>, usize)> {
    let slashes = text.iter().take(LONGEST).take_while(|byte| **byte == text[0]).count();
    let digits = |from: usize, most: usize| {
        let rest = text[slashes..].get(from..).unwrap_or_default();
        rest.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count()
    };
    let code =
        |from: usize, count: usize| number(&text[slashes + from..slashes + from + count], 16);
    let found = match &text[slashes..] {
        _ if !slashes.is_power_of_two() => None,
        [b'u' | b'x', b'{', ..] => {
            let count = digits(2, 8);
            let is_closed = text.get(slashes + 2 + count) == Some(&b'}');
            is_closed.then(|| code(2, count)).flatten().map(|byte| (byte, 3 + count))
        }
        // A backtick before other letters is a quotation mark of Markdown.
        _ if text[0] == b'`' => None,
        [b'u', ..] if digits(1, 4) == 4 => code(1, 4).map(|byte| (byte, 5)),
        [b'U', ..] if digits(1, 8) == 8 => code(1, 8).map(|byte| (byte, 9)),
        [b'x', ..] if digits(1, 2) == 2 => code(1, 2).map(|byte| (byte, 3)),
        [b'0'..=b'7', ..] => octal(&text[slashes..]),
        _ => None,
    };
    if let Some((byte, length)) = found {
        return Some((Some(byte), slashes + length));
    }
    match text {
        [b'\\', b'e', b'[', ..] => Some((Some(ESCAPE), 2)),
        [b'\\', b'\n', ..] => Some((None, 2)),
        [b'\\', b'\r', b'\n', ..] => Some((None, 3)),
        [b'\\', next, ..] if next.is_ascii_punctuation() => Some((Some(*next), 2)),
        _ => None,
    }
}

fn octal(text: &[u8]) -> Option<(u8, usize)> {
    let is_octal = |byte: &&u8| matches!(byte, b'0'..=b'7');
    let count = text.iter().take(3).take_while(is_octal).count();
    // Two digits are a character only where no third follows.
    (count > 1).then(|| number(&text[..count], 8)).flatten().map(|byte| (byte, count))
}

/// An entity; some writers leave out the semicolon after a number.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let text = &text[..text.len().min(LONGEST)];
    let (begin, radix) = match text {
        [_, b'#', b'x' | b'X', ..] => (3, 16),
        [_, b'#', ..] => (2, 10),
        _ => {
            let (byte, name) = NAMED.iter().find(|(_, name)| text.starts_with(name))?;
            return Some((*byte, name.len()));
        }
    };
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    let end = begin + text[begin..].iter().take_while(|byte| is_digit(byte)).count();
    let ended = text.get(end) == Some(&b';');
    // Without a semicolon, a letter of what follows may look like one more digit.
    let end = if radix == 16 && !ended { end.min(begin + 2) } else { end };
    Some((number(&text[begin..end], radix)?, end + usize::from(ended)))
}

/// `ESC[01;31m`, and what else a terminal takes for itself.
fn colour(text: &[u8]) -> Option<(Option<u8>, usize)> {
    let is_parameter = |byte: &u8| matches!(byte, b'0'..=b'?' | b' '..=b'/');
    let length = text[2..].iter().take_while(|byte| is_parameter(byte)).count();
    text.get(2 + length).filter(|end| (b'@'..=b'~').contains(end)).map(|_| (None, 3 + length))
}

/// `<mark>`, or the end of one.
fn tag(text: &[u8]) -> Option<(Option<u8>, usize)> {
    let name = text.get(1).filter(|byte| **byte != b'/').or(text.get(2))?;
    let end = text[1..].iter().position(|byte| matches!(byte, b'>' | b'<' | b'\n'))? + 1;
    (name.is_ascii_alphabetic() && text[end] == b'>').then_some((None, end + 1))
}

fn hex(digits: &[u8]) -> Option<u8> {
    number(digits, 16)
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    if digits.is_empty() || !digits.iter().all(is_digit) {
        return None;
    }
    u8::try_from(u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?).ok()
}
