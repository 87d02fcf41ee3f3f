//! Tells at a glance where a text may have bytes written as numbers.

use std::ops::Range;

use super::{nibble, text_parts};
use crate::redact::needle::NEAR;
use crate::redact::view::cell::{CELL, Cell, cells, count, kinds, pieces};

/// This many numbers in a row, with the same between them, may be bytes.
const FEWEST: usize = 6;

/// Numbers of a row are no further apart.
const FURTHEST: usize = 24;

/// So many pieces of a cell may be numbers of a row.
const PIECES: usize = 4;

/// A run of hex digits this long may be a text.
const LONG: usize = 2 * NEAR;

/// The most by which offsets of lines differ.
const STEP: u64 = 0x100;

/// Where numbers stand in a row, lines begin with offsets, or a long run of digits is a text.
pub(in crate::redact) fn spots(text: &[u8], part: Range<usize>) -> Vec<usize> {
    let mut spots = Vec::new();
    rows(text, &part, &mut spots);
    offsets(text, &part, &mut spots);
    runs(text, &part, &mut spots);
    spots
}

/// Where numbers follow each other with the same signs before them. They are looked for where the letters
/// of a cell are mostly digits.
fn rows(text: &[u8], part: &Range<usize>, spots: &mut Vec<usize>) {
    let mut dense: Option<Range<usize>> = None;
    let mut look = |dense: Range<usize>| {
        let around = dense.start.saturating_sub(CELL)..text.len().min(dense.end + CELL);
        if has_row(&text[around]) {
            spots.extend(dense.step_by(CELL));
        }
    };
    for (number, cell) in cells(&text[part.clone()]).enumerate() {
        let at = part.start + number * CELL;
        if !is_dense(&cell) {
            continue;
        }
        match &mut dense {
            Some(dense) if at <= dense.end + CELL => dense.end = at + CELL,
            _ => {
                if let Some(dense) = dense.replace(at..at + CELL) {
                    look(dense);
                }
            }
        }
    }
    dense.into_iter().for_each(look);
}

#[inline]
fn is_dense(cell: &Cell) -> bool {
    let letters = kinds(cell, |byte| byte.is_ascii_alphanumeric());
    let digits = kinds(cell, |byte| byte.is_ascii_hexdigit());
    pieces(&letters) >= PIECES && count(&digits) * 2 >= count(&letters)
}

/// True if numbers follow each other with the same signs before them, in turns of three at most.
fn has_row(text: &[u8]) -> bool {
    let mut last = [None; 3];
    // What stands between two numbers: how many bytes, and a hash of those that are no blanks.
    let (mut length, mut signs, mut row) = (0, 0_u64, 0);
    for byte in text {
        if !is_digit(*byte) {
            length += 1;
            if !byte.is_ascii_whitespace() {
                signs =
                    signs.wrapping_add(u64::from(*byte) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
        } else if length > 0 {
            let is_known =
                last[0] == Some(signs) || last[1] == Some(signs) || last[2] == Some(signs);
            let is_next = length <= FURTHEST && is_known;
            row = if is_next { row + 1 } else { 0 };
            if row >= FEWEST {
                return true;
            }
            last = [last[1], last[2], Some(signs)];
            (length, signs) = (0, 0);
        }
    }
    false
}

/// Where lines begin with numbers, the second of which is a little larger.
fn offsets(text: &[u8], part: &Range<usize>, spots: &mut Vec<usize>) {
    let (mut at, mut last) = (part.start, None);
    for line in text[part.clone()].split_inclusive(|byte| *byte == b'\n') {
        let offset = offset(line);
        let before: Option<u64> = std::mem::replace(&mut last, offset);
        if before.zip(offset).is_some_and(|(before, at)| at > before && at - before <= STEP) {
            spots.push(at);
        }
        at += line.len();
    }
}

/// The number that a line begins with.
fn offset(line: &[u8]) -> Option<u64> {
    let is_lead = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'|') || !byte.is_ascii();
    let lead = line.iter().take(8).take_while(is_lead).count();
    let line = line[lead..].strip_prefix(b"0x").unwrap_or(&line[lead..]);
    let digits = line.iter().take(17).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if !(4..=16).contains(&digits) {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(&line[..digits]).ok()?, 16).ok()
}

/// Where long runs of hex digits stand that are text once they are read: ids are noise.
fn runs(text: &[u8], part: &Range<usize>, spots: &mut Vec<usize>) {
    let mut bytes = Vec::new();
    let mut at = part.start;
    while at < part.end {
        // A long run has a digit at each step.
        if !is_digit(text[at]) {
            at += LONG;
            continue;
        }
        let before = text[..at].iter().rev().take_while(|byte| is_digit(**byte)).count();
        let after = text[at..].iter().take_while(|byte| is_digit(**byte)).count();
        let run = &text[at - before..at + after];
        if run.len() >= LONG {
            let (pairs, _) = run.as_chunks();
            bytes.clear();
            bytes.extend(pairs.iter().map(|[high, low]| nibble(*high) << 4 | nibble(*low)));
            let ends = text_parts(&bytes).into_iter().flat_map(|part| [part.start, part.end]);
            spots.extend(ends.map(|byte| at - before + byte * 2));
        }
        at += after + 1;
    }
}

#[inline]
fn is_digit(byte: u8) -> bool {
    DIGITS[usize::from(byte)]
}

/// Which bytes are digits in hex: looked up, because nearly every byte of a log is asked.
const DIGITS: [bool; 256] = {
    let mut digits = [false; 256];
    let mut at = 0;
    while at < 256 {
        digits[at] = at.to_le_bytes()[0].is_ascii_hexdigit();
        at += 1;
    }
    digits
};
