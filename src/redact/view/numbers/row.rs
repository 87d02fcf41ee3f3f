//! The numbers of one line, without its offset and without the text that is shown beside them.

use std::ops::Range;

use super::{WORD, pairs};
use crate::redact::work;

/// The fewest digits of an offset.
const OFFSET: usize = 4;

/// The most hex digits of an offset.
const LONGEST_OFFSET: usize = 16;

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

pub(super) fn all(text: &[u8], part: Range<usize>) -> Vec<Row> {
    work::looked(part.len());
    let mut rows = Vec::new();
    let mut at = part.start;
    for line in text[part].split_inclusive(|byte| *byte == b'\n') {
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
    let in_bits = tokens.iter().take_while(|token| is_bits(&text[token.digits.clone()])).count();
    let mut pairs_before: usize = tokens[..hex].iter().map(|token| token.digits.len() / 2).sum();
    for count in (1..=hex).rev() {
        let last = &tokens[count - 1];
        let length = if count <= in_bits { count } else { pairs_before };
        pairs_before -= last.digits.len() / 2;
        for start in starts(text, last.range.end..end, length) {
            let digits = tokens[..count].iter().map(|token| &text[token.digits.clone()]);
            let bytes: Vec<u8> = if count <= in_bits {
                digits.map(bits).collect()
            } else {
                pairs(text, &tokens[..count]).collect()
            };
            work::looked(bytes.len());
            if is_shown(&bytes, &text[start..], last.digits.len()) {
                return (count, Some(start..start + length));
            }
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

/// Where so many bytes may be shown as text at the end of a line: nothing but blanks and bars stands
/// between them and their text.
fn starts(text: &[u8], rest: Range<usize>, length: usize) -> impl Iterator<Item = usize> {
    let tail = &text[rest.clone()];
    let ends = [&b""[..], b"|", b"<", b" |", "│".as_bytes()].into_iter();
    let closed = ends.filter_map(move |end| tail.strip_suffix(end)).map(<[u8]>::len);
    let starts = closed.filter_map(move |end| end.checked_sub(length));
    let first = tail.iter().position(u8::is_ascii_alphanumeric).unwrap_or(tail.len());
    starts.filter(move |start| (1..=first).contains(start)).map(move |start| rest.start + start)
}

/// True if a text shows the bytes of a row, or those of each word the other way round.
fn is_shown(bytes: &[u8], text: &[u8], word: usize) -> bool {
    let is_same = |(byte, shown): (&u8, &u8)| match byte {
        b' '..=b'~' => byte == shown,
        _ => !shown.is_ascii_alphanumeric(),
    };
    let turned = bytes.chunks((word / 2).max(1)).flat_map(|word| word.iter().rev());
    bytes.iter().zip(text).all(is_same) || turned.zip(text).all(is_same)
}
