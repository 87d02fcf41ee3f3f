//! The numbers that stand in a row on one line of a dump.

use std::ops::Range;

use crate::redact::work;

/// Between two numbers of a row stands no more than this.
const GAP: usize = 5;

/// The longest word that is read as hex digits.
const WORD: usize = 512;

/// Sizes of words whose last byte is written first.
pub(super) const SWAPPED: [usize; 3] = [2, 4, 8];

/// How numbers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Hex,
    /// Words of several bytes, the last byte first.
    Swapped,
    Decimal,
    Octal,
}

impl Reading {
    pub(super) const ALL: [Self; 4] = [Self::Hex, Self::Swapped, Self::Decimal, Self::Octal];

    /// How far around a place numbers are read to tell whether it is part of a dump.
    pub(super) const fn around(self) -> usize {
        // They may stand on lines of their own, far to the right.
        if matches!(self, Self::Decimal) { 48 } else { 20 }
    }

    /// True if this may be a number.
    pub(super) fn reads(self, word: &[u8]) -> bool {
        match self {
            Self::Hex => true,
            _ => self.width(without_prefix(word)).is_some(),
        }
    }

    /// How many digits a word has that is read so.
    fn width(self, word: &[u8]) -> Option<usize> {
        let fits = match self {
            Self::Hex => word.len().is_multiple_of(2) && word.iter().all(u8::is_ascii_hexdigit),
            Self::Swapped => {
                SWAPPED.contains(&(word.len() / 2))
                    && word.len().is_multiple_of(2)
                    && word.iter().all(u8::is_ascii_hexdigit)
            }
            Self::Decimal => word.len() <= 3 && number(word, 10) <= 255,
            Self::Octal => word.len() == 3 && number(word, 8) <= 255,
        };
        (fits && !word.is_empty()).then(|| if self == Self::Decimal { 0 } else { word.len() })
    }
}

/// One byte, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) byte: u8,
}

/// Numbers of the same width, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which of all units.
    pub(super) units: Range<usize>,
    pub(super) width: usize,
    /// Where its last word begins among the units, if that is shorter than the others.
    short: Option<usize>,
}

impl Row {
    /// The rows of a part of a text. A word of the expected width begins no row of wider ones.
    pub(super) fn all(
        text: &[u8],
        part: Range<usize>,
        reading: Reading,
        expected: Option<usize>,
        units: &mut Vec<Unit>,
    ) -> Vec<Self> {
        work::looked(part.len());
        let mut rows: Vec<Self> = Vec::new();
        // Where the last word ended, if a row can go on after it.
        let mut open = None;
        for word in words(text, part) {
            if reading == Reading::Decimal && is_label(text, &word) {
                open = open.map(|_| word.end + 2);
                continue;
            }
            let start = word.start;
            let digits = word.end - without_prefix(&text[word.clone()]).len()..word.end;
            let width =
                (digits.len() <= WORD).then(|| reading.width(&text[digits.clone()])).flatten();
            let Some(width) = width else {
                open = None;
                continue;
            };
            let first = units.len();
            let follows = open.is_some_and(|end| is_gap(&text[end..start]));
            match rows.last_mut().filter(|_| follows) {
                Some(row) => {
                    let next = row.next(width, first, expected);
                    rows.extend(next);
                }
                None => rows.push(Self { units: first..first, width, short: None }),
            }
            decode(text, start, digits, reading, units);
            if let Some(row) = rows.last_mut() {
                row.units.end = units.len();
            }
            open = Some(word.end);
        }
        rows
    }

    /// Takes a word in, or begins another row with it.
    fn next(&mut self, width: usize, first: usize, expected: Option<usize>) -> Option<Self> {
        let row = |first| Some(Self { units: first..first, width, short: None });
        match self.short.take() {
            // What seemed to be the end of a wider row is the second number after an offset.
            Some(short) if (first - short) * 2 == width => {
                self.units.end = short;
                row(short)
            }
            None if width == self.width => None,
            None if width < self.width && expected != Some(width) => {
                self.short = Some(first);
                None
            }
            _ => row(first),
        }
    }
}

/// Runs of letters and digits.
fn words(text: &[u8], part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..part.end)?;
        let start = at + rest.iter().position(u8::is_ascii_alphanumeric)?;
        let word = &text[start..part.end];
        let length = word.iter().position(|byte| !byte.is_ascii_alphanumeric());
        at = start + length.unwrap_or(word.len());
        Some(start..at)
    })
}

/// A word without the `0x` before it.
pub(super) fn without_prefix(word: &[u8]) -> &[u8] {
    word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")).unwrap_or(word)
}

/// The name of a member, as in `{"0":115,"1":107}`.
fn is_label(text: &[u8], word: &Range<usize>) -> bool {
    text[..word.start].ends_with(b"\"") && text[word.end..].starts_with(b"\":")
}

/// True if a row can go on after this; an offset ends with a colon and a blank, or a bar.
fn is_gap(between: &[u8]) -> bool {
    between.len() <= GAP
        && !between.contains(&b'|')
        && !between.windows(2).any(|two| matches!(two, b": " | b":\t"))
}

fn decode(
    text: &[u8],
    start: usize,
    digits: Range<usize>,
    reading: Reading,
    units: &mut Vec<Unit>,
) {
    let (radix, each) = match reading {
        Reading::Hex | Reading::Swapped => (16, 2),
        Reading::Decimal => (10, digits.len()),
        Reading::Octal => (8, 3),
    };
    let whole = digits.clone();
    let bytes = digits.step_by(each).map(|at| {
        let value = number(&text[at..at + each], radix);
        Unit { start: at, end: at + each, byte: value.to_le_bytes()[0] }
    });
    let first = units.len();
    units.extend(bytes);
    if reading == Reading::Swapped {
        units[first..].reverse();
        for unit in &mut units[first..] {
            // Some bytes of a word can't go without the others: they stand in another order.
            (unit.start, unit.end) = (start, whole.end);
        }
    } else if let Some(unit) = units.get_mut(first) {
        unit.start = start;
    }
}

/// The bytes that hex digits stand for, up to what is none.
pub(super) fn pairs(digits: &[u8]) -> impl Iterator<Item = u8> {
    work::looked(digits.len());
    digits.chunks_exact(2).map_while(|pair| u8::try_from(number(pair, 16)).ok())
}

fn number(digits: &[u8], radix: u32) -> u32 {
    let digit = |byte: &u8| char::from(*byte).to_digit(radix);
    digits.iter().try_fold(0, |value, byte| Some(value * radix + digit(byte)?)).unwrap_or(u32::MAX)
}
