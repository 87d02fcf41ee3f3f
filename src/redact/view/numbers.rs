//! Bytes that are written as numbers: dumps in any base, words of several bytes, lists.

use std::ops::Range;

use super::{View, text_parts};

mod hint;
mod row;

pub(in crate::redact) use hint::spots;
use row::{Row, Token};

/// The longest word that is read as hex digits.
const WORD: usize = 512;

/// How a number tells bytes.
#[derive(Clone, Copy)]
enum Base {
    /// Two digits a byte, the first byte first.
    Hex,
    /// This many bytes in hex, the last byte first.
    HexWord(usize),
    /// One byte, or a word of several, the last byte first.
    Decimal(usize),
    Octal(usize),
    Binary,
}

/// A way to read the numbers of a text.
#[derive(Clone, Copy)]
struct Reading {
    base: Base,
    /// Only numbers behind a sign such as `=` or `:`, which their index or name stands before.
    is_behind: bool,
}

const READINGS: [Reading; 13] = {
    const fn all(base: Base) -> Reading {
        Reading { base, is_behind: false }
    }
    [
        all(Base::Hex),
        all(Base::HexWord(2)),
        all(Base::HexWord(4)),
        all(Base::HexWord(8)),
        all(Base::Decimal(1)),
        all(Base::Decimal(2)),
        all(Base::Decimal(4)),
        all(Base::Decimal(8)),
        all(Base::Octal(1)),
        all(Base::Octal(2)),
        all(Base::Binary),
        Reading { base: Base::Decimal(1), is_behind: true },
        Reading { base: Base::Hex, is_behind: true },
    ]
};

/// A view for each way to read the numbers, and one of the text that dumps show beside them.
pub(in crate::redact) fn views(text: &[u8], parts: &[Range<usize>]) -> Vec<View> {
    let rows: Vec<Row> = parts.iter().flat_map(|part| row::all(text, part.clone())).collect();
    let mut shown = View::default();
    for column in rows.iter().filter_map(|row| row.column.clone()) {
        shown.copy(text, column);
    }
    let read = READINGS.iter().map(|reading| reading.view(text, &rows)).chain([shown]);
    // Ids of a log are numbers as well, and noise once they are read.
    read.map(|view| view.only(text_parts(&view.bytes)))
        .filter(|view| !view.bytes.is_empty())
        .collect()
}

impl Reading {
    fn view(self, text: &[u8], rows: &[Row]) -> View {
        let mut view = View::default();
        for token in rows.iter().flat_map(|row| &row.tokens) {
            if !self.is_behind || token.is_behind {
                self.base.read(&text[token.digits.clone()], token, &mut view);
            }
        }
        view
    }
}

impl Base {
    /// Adds the bytes of a number, if it is one.
    fn read(self, digits: &[u8], token: &Token, view: &mut View) {
        match self {
            Self::Hex if digits.len().is_multiple_of(2) => {
                for (at, pair) in digits.chunks_exact(2).enumerate() {
                    let end = token.digits.start + at * 2 + 2;
                    let start = if at == 0 { token.range.start } else { end - 2 };
                    view.push(nibble(pair[0]) << 4 | nibble(pair[1]), start..end);
                }
            }
            Self::HexWord(size) if digits.len() == size * 2 => {
                word(token, value(digits, 16), size, view);
            }
            Self::Decimal(size) if token.is_decimal && is_long(digits.len(), size) => {
                word(token, value(digits, 10), size, view);
            }
            Self::Octal(1) if digits.len() == 3 => word(token, value(digits, 8), 1, view),
            Self::Octal(2) if digits.len() == 6 => word(token, value(digits, 8), 2, view),
            Self::Binary if digits.len() == 8 => word(token, value(digits, 2), 1, view),
            _ => {}
        }
    }
}

/// True if a word of so many bytes in decimal has so many digits.
fn is_long(digits: usize, size: usize) -> bool {
    match size {
        1 => digits <= 3,
        2 => (3..=5).contains(&digits),
        4 => (6..=10).contains(&digits),
        _ => (15..=20).contains(&digits),
    }
}

/// Adds the bytes of a word, the last one first; each stands where the word stands.
fn word(token: &Token, value: Option<u64>, size: usize, view: &mut View) {
    let Some(value) = value.filter(|value| size == 8 || *value >> (8 * size) == 0) else { return };
    for byte in &value.to_le_bytes()[..size] {
        view.push(*byte, token.range.clone());
    }
}

fn value(digits: &[u8], radix: u32) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// The value of a hex digit; of another byte, anything.
#[inline]
fn nibble(byte: u8) -> u8 {
    (byte & 15) + if byte.is_ascii_alphabetic() { 9 } else { 0 }
}

/// The bytes at the start of a row, read as two hex digits each.
fn pairs<'a>(text: &'a [u8], tokens: &'a [Token]) -> impl Iterator<Item = u8> + 'a {
    let digits = |range: &Range<usize>| text[range.clone()].chunks_exact(2);
    tokens
        .iter()
        .flat_map(move |token| digits(&token.digits))
        .map(|pair| nibble(pair[0]) << 4 | nibble(pair[1]))
}
