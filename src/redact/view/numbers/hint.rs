//! Tells at a glance whether a text may have bytes written as numbers.

use std::ops::Range;

use super::{nibble, text_parts};
use crate::redact::needle::NEAR;

/// This many numbers in a row, with the same between them, may be bytes.
const FEWEST: usize = 6;

/// A run of hex digits this long may be a text.
const LONG: usize = 2 * NEAR;

/// The most by which offsets of lines differ.
const STEP: u64 = 0x100;

/// True if numbers stand in a row, or lines begin with offsets.
pub(in crate::redact) fn is_dump(text: &[u8]) -> bool {
    has_row(text) || has_offsets(text)
}

/// Where long runs of hex digits stand that are text once they are read: ids are noise.
pub(in crate::redact) fn spots(text: &[u8], part: Range<usize>) -> Vec<usize> {
    let mut spots = Vec::new();
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
        let read = |pair: &[u8]| nibble(pair[0]) << 4 | nibble(pair[1]);
        let bytes: Vec<u8> = run.chunks_exact(2).map(read).collect();
        spots.extend(
            text_parts(&bytes)
                .into_iter()
                .flat_map(|part| [part.start, part.end])
                .map(|byte| at - before + byte * 2),
        );
        at += after + 1;
    }
    spots
}

/// True if numbers follow each other with the same signs before them, in turns of three at most.
fn has_row(text: &[u8]) -> bool {
    let mut at = 0;
    let mut row = 0;
    let mut last: [&[u8]; 3] = [b"?", b"!", b"."];
    while at < text.len() {
        let between = text[at..].iter().take_while(|byte| !is_digit(**byte)).count();
        let start = at + between;
        let digits = text[start..].iter().take_while(|byte| is_digit(**byte)).count();
        let signs = text[at..start].trim_ascii();
        let is_next = signs.len() <= 24 && digits > 0 && last.contains(&signs);
        row = if is_next { row + 1 } else { 0 };
        if row >= FEWEST {
            return true;
        }
        last = [last[1], last[2], signs];
        at = start + digits.max(1);
    }
    false
}

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

/// True if two lines begin with numbers, the second of which is a little larger.
fn has_offsets(text: &[u8]) -> bool {
    let mut last = None;
    text.split(|byte| *byte == b'\n').any(|line| {
        let offset = offset(line);
        let before = std::mem::replace(&mut last, offset);
        before.zip(offset).is_some_and(|(before, at)| at > before && at - before <= STEP)
    })
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
