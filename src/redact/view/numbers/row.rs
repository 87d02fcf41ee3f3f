//! The numbers of one line, without its offset and without the text that is shown beside them.

use std::ops::Range;

use super::{WORD, pairs};
use crate::redact::work;

/// The fewest digits of an offset.
const OFFSET: usize = 4;

/// The most hex digits of an offset.
const LONGEST_OFFSET: usize = 16;

/// The most numbers of a line that has their text beside it: `xxd -c` takes no more.
const MAX_ROW: usize = 256;

/// A word that may be a number.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The whole of it, with `0x`.
    pub(super) range: Range<usize>,
    pub(super) digits: Range<usize>,
    pub(super) is_hex: bool,
    pub(super) is_decimal: bool,
    /// True if a sign such as `=` stands before it.
    pub(super) is_behind: bool,
}

/// The numbers of a line.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) tokens: Vec<Token>,
    /// Where the bytes of the line are shown as text.
    pub(super) column: Option<Range<usize>>,
}

pub(super) fn all(text: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.trim_ascii_end().len();
        let mut tokens = tokens(text, at..end);
        tokens.drain(..offset(text, &tokens));
        let (count, column) = column(text, end, &tokens);
        tokens.truncate(count);
        tokens.retain(|token| token.is_hex);
        rows.push(Row { tokens, column });
        at += line.len();
    }
    rows
}

fn tokens(text: &[u8], line: Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let length =
            text[at..line.end].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length > 0 {
            tokens.push(token(text, line.start, at..at + length));
        }
        at += length.max(1);
    }
    tokens
}

fn token(text: &[u8], line: usize, range: Range<usize>) -> Token {
    let prefix = match text[range.clone()] {
        [b'0', b'x' | b'X', _, ..] => 2,
        [b'x', _, ..] => 1,
        _ => 0,
    };
    let digits = range.start + prefix..range.end;
    let written = &text[digits.clone()];
    let is_short = written.len() <= WORD;
    let before = text[line..range.start].trim_ascii_end();
    Token {
        is_hex: is_short && written.iter().all(u8::is_ascii_hexdigit),
        is_decimal: prefix == 0 && is_short && written.iter().all(u8::is_ascii_digit),
        is_behind: matches!(before, [.., b'=' | b':' | b'>' | b'(']),
        range,
        digits,
    }
}

/// How many tokens at the start of a line tell where its bytes stand, or what the line is.
fn offset(text: &[u8], tokens: &[Token]) -> usize {
    let is_ended = |token: &Token| match text[token.range.end..] {
        [b':', b' ' | b'\t', ..] | [b'>', b':', ..] => true,
        [b':' | b'|', ..] => token.digits.len() > OFFSET,
        _ => false,
    };
    let lengths = |at: usize| tokens.get(at).map(|token| token.digits.len());
    let named = tokens.iter().take(12).rposition(|token| {
        is_ended(token)
            && (text[token.range.end] == b'>' || token.is_hex && token.digits.len() >= OFFSET)
    });
    if let Some(named) = named {
        return named + 1;
    }
    let is_offset = tokens.first().is_some_and(|first| {
        first.is_hex && (OFFSET..=LONGEST_OFFSET).contains(&first.digits.len())
    });
    usize::from(is_offset && tokens.len() > 1 && lengths(0) != lengths(1))
}

/// How many tokens are bytes, if the rest of the line shows them as text, and where that stands.
fn column(text: &[u8], end: usize, tokens: &[Token]) -> (usize, Option<Range<usize>>) {
    let is_pairs = |token: &&Token| token.is_hex && token.digits.len().is_multiple_of(2);
    let hex = tokens.iter().take_while(is_pairs).count();
    if hex > MAX_ROW {
        return (tokens.len(), None);
    }
    for count in (1..=hex).rev() {
        work::looked(count);
        let is_bits = tokens[..count].iter().all(|token| is_bits(&text[token.digits.clone()]));
        let bytes: Vec<u8> = if is_bits {
            tokens[..count].iter().map(|token| bits(&text[token.digits.clone()])).collect()
        } else {
            pairs(text, &tokens[..count]).collect()
        };
        let after = tokens[count - 1].range.end;
        if let Some(start) = shown(text, after..end, &bytes, tokens[count - 1].digits.len()) {
            return (count, Some(start..start + bytes.len()));
        }
    }
    (tokens.len(), None)
}

/// Eight digits of a byte in binary.
fn is_bits(digits: &[u8]) -> bool {
    digits.len() == 8 && digits.iter().all(|digit| matches!(digit, b'0' | b'1'))
}

fn bits(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |byte, digit| byte << 1 | (digit & 1))
}

/// Where the bytes of a row are shown at the end of its line: those that can't be shown as a sign.
fn shown(text: &[u8], rest: Range<usize>, bytes: &[u8], word: usize) -> Option<usize> {
    let tail = &text[rest.clone()];
    let ends = [&b""[..], b"|", b"<", b" |", "│".as_bytes()].into_iter();
    let closed = ends.filter_map(|end| tail.strip_suffix(end)).map(<[u8]>::len);
    let turned: Vec<u8> =
        bytes.chunks((word / 2).max(1)).flat_map(|word| word.iter().rev()).copied().collect();
    let mut starts = closed.filter_map(|end| end.checked_sub(bytes.len()));
    let is_shown = |bytes: &[u8], start: usize| {
        bytes.iter().zip(&tail[start..]).all(|(byte, shown)| match byte {
            b' '..=b'~' => byte == shown,
            _ => !shown.is_ascii_alphanumeric(),
        })
    };
    let found = starts.find(|start| {
        // Nothing but blanks and bars stands between the bytes and their text.
        *start > 0
            && !tail[..*start].iter().any(u8::is_ascii_alphanumeric)
            && (is_shown(bytes, *start) || is_shown(&turned, *start))
    });
    found.map(|start| rest.start + start)
}
