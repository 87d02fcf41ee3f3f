//! The way back from escapes to characters.

use super::LONGEST;
use super::writing::NAMED;
use crate::redact::work;

/// True if a character may be the sign of an escape.
pub(in crate::redact) fn is_sign(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&' | b'\'')
}

/// True if decoding can change a text.
pub(in crate::redact) fn is_escaped(text: &[u8]) -> bool {
    text.iter().any(|byte| is_sign(*byte)) || text.windows(4).any(is_quoted)
}

/// Quoted-printable is read only where it is in a row: a single `=` may be any.
fn is_quoted(text: &[u8]) -> bool {
    matches!(text, [b'=', high, low, b'=', ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// A text without one layer of escapes, and where each of its bytes begins in the original; at last, where it ends.
#[derive(Debug, Default)]
pub(in crate::redact) struct Decoded {
    pub(in crate::redact) bytes: Vec<u8>,
    pub(in crate::redact) starts: Vec<usize>,
}

impl Decoded {
    pub(in crate::redact) fn raw(text: &[u8], at: usize) -> Self {
        Self { bytes: text.to_vec(), starts: (at..=at + text.len()).collect() }
    }

    /// The first few characters of a text without one layer of escapes.
    pub(in crate::redact) fn first(text: &[u8], at: usize, most: usize) -> Self {
        let decoded = decoded(text, |place| at + place, most);
        work::looked(decoded.starts[decoded.bytes.len()] - at);
        decoded
    }

    /// One layer less.
    pub(in crate::redact) fn again(&self) -> Self {
        work::looked(self.bytes.len());
        decoded(&self.bytes, |place| self.starts[place], usize::MAX)
    }
}

fn decoded(text: &[u8], start: impl Fn(usize) -> usize, most: usize) -> Decoded {
    let mut decoded = Decoded::default();
    let mut at = 0;
    let mut quoted = false;
    while at < text.len() && decoded.bytes.len() < most {
        let escape = unescaped(&text[at..], quoted);
        quoted = escape.is_some() && text[at] == b'=';
        let (byte, length) = escape.unwrap_or((text[at], 1));
        decoded.bytes.push(byte);
        decoded.starts.push(start(at));
        at += length;
    }
    decoded.starts.push(start(at));
    decoded
}

/// The character that is escaped here; `quoted` after one in quoted-printable.
fn unescaped(text: &[u8], quoted: bool) -> Option<(u8, usize)> {
    match text {
        [b'%', high, low, ..] => Some((byte(&[*high, *low], 16)?, 3)),
        [b'\\', ..] => backslash(text),
        [b'\'', b'\\', b'\'', b'\'', ..] => Some((b'\'', 4)),
        [b'\'', b'"', b'\'', b'"', b'\'', ..] => Some((b'\'', 5)),
        [b'&', ..] => entity(text),
        [b'=', high, low, ..] if quoted || is_quoted(text) => Some((byte(&[*high, *low], 16)?, 3)),
        _ => None,
    }
}

/// `\u0073`, `\u{73}` and `\x73`, with twice as many backslashes for each string they are in.
fn backslash(text: &[u8]) -> Option<(u8, usize)> {
    let slashes = text.iter().take(LONGEST).take_while(|byte| **byte == b'\\').count();
    let found = match &text[slashes..] {
        _ if !slashes.is_power_of_two() => None,
        [b'u', b'{', high, low, b'}', ..] => byte(&[*high, *low], 16).map(|byte| (byte, 5)),
        [b'u', b'0', b'0', high, low, ..] => byte(&[*high, *low], 16).map(|byte| (byte, 5)),
        [b'x', high, low, ..] => byte(&[*high, *low], 16).map(|byte| (byte, 3)),
        _ => None,
    };
    if let Some((byte, length)) = found {
        return Some((byte, slashes + length));
    }
    text.get(1).filter(|next| next.is_ascii_punctuation()).map(|next| (*next, 2))
}

/// An entity; some writers leave out the semicolon after a number.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let text = &text[..text.len().min(LONGEST)];
    let (begin, radix) = match text {
        [_, b'#', b'x' | b'X', ..] => (3, 16),
        [_, b'#', ..] => (2, 10),
        _ => {
            let (byte, name) = NAMED.iter().find(|(_, name)| text.starts_with(name.as_bytes()))?;
            return Some((*byte, name.len()));
        }
    };
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    let end = begin + text[begin..].iter().take_while(|byte| is_digit(byte)).count();
    let ended = text.get(end) == Some(&b';');
    // Without a semicolon, a letter of what follows may look like one more digit.
    let end = if radix == 16 && !ended { end.min(begin + 2) } else { end };
    Some((byte(&text[begin..end], radix)?, end + usize::from(ended)))
}

fn byte(digits: &[u8], radix: u32) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}
