//! Letters and digits alone: whatever stands between the pieces of a secret is gone.

use std::ops::Range;

use super::View;
use super::cell::{CELL, Cell, cells, count, kinds, pieces};
use crate::redact::work;

/// This many short pieces in a cell, with no more of long ones beside them, are more than prose has.
const PIECES: usize = 8;
const LONG: usize = 12;

/// A piece this long or shorter holds no whole gram.
const SHORT: usize = 3;

/// Where a part of a text has many short pieces with something between them.
pub(in crate::redact) fn spots(text: &[u8], part: Range<usize>) -> impl Iterator<Item = usize> {
    let cells = cells(&text[part.clone()]);
    cells
        .enumerate()
        .filter(|(_, cell)| is_scattered(cell))
        .map(move |(number, _)| part.start + number * CELL)
}

#[inline]
fn is_scattered(cell: &Cell) -> bool {
    // Counted in one go, which rules out most cells.
    let letters = kinds(cell, |byte| byte.is_ascii_alphanumeric());
    let most = pieces(&letters);
    if most < PIECES || count(&letters) > most * SHORT + LONG {
        return false;
    }
    let (mut pieces, mut long, mut run) = (0, 0, 0);
    for is_letter in letters.into_iter().chain([false]) {
        if is_letter {
            run += 1;
        } else {
            pieces += usize::from(run > 0 && run <= SHORT);
            long += if run > SHORT { run } else { 0 };
            run = 0;
        }
    }
    pieces >= PIECES && long <= LONG
}

pub(in crate::redact) fn view(text: &[u8], parts: &[Range<usize>]) -> View {
    let mut view = View::default();
    for part in parts {
        work::looked(part.len());
        let mut at = part.start;
        for line in text[part.clone()].split_inclusive(|byte| *byte == b'\n') {
            for (place, byte) in line.iter().enumerate().skip(offset(line)) {
                if byte.is_ascii_alphanumeric() {
                    view.push(*byte, at + place..at + place + 1);
                }
            }
            at += line.len();
        }
        view.end_part();
    }
    view
}

/// The length of the number that a line of a dump begins with.
fn offset(line: &[u8]) -> usize {
    let blanks = line.iter().take_while(|byte| **byte == b' ').count();
    let digits = line[blanks..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let is_ended = matches!(line[blanks + digits..], [b':' | b' ' | b'\t' | b'|', ..]);
    let is_number = line[blanks..blanks + digits].iter().any(u8::is_ascii_digit);
    let least = if line[blanks + digits..].starts_with(b":") { 4 } else { 6 };
    if (least..=16).contains(&digits) && is_ended && is_number { blanks + digits } else { 0 }
}
