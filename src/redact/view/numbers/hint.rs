//! Tells at a glance where a text may have bytes written as numbers.

use std::ops::Range;

/// This many numbers in a row, with the same between them, may be bytes.
const FEWEST: usize = 6;

/// A run of hex digits this long may be a text.
const LONG: usize = 32;

/// The most by which offsets of lines differ.
const STEP: u64 = 0x100;

/// True if numbers stand in a row, or lines begin with offsets.
pub(in crate::redact) fn is_dump(text: &[u8]) -> bool {
    !offsets(text).is_empty() || next_row(text, 0).is_some()
}

/// The lines that may have bytes written as numbers, and the ones beside them: in order, and apart.
pub(super) fn lines(text: &[u8]) -> Vec<Range<usize>> {
    let mut places = offsets(text);
    let mut at = 0;
    while let Some(row) = next_row(text, at) {
        at = row.end;
        places.push(row);
    }
    places.sort_unstable_by_key(|place| place.start);
    let mut lines: Vec<Range<usize>> = Vec::new();
    for place in places {
        let (start, end) = (line_before(text, place.start), line_behind(text, place.end));
        let is_one = text[place.clone()].iter().all(|byte| is_digit(*byte));
        let (start, end) = if is_one && !text[place.end..end].trim_ascii().is_empty() {
            // A long number within a line is one by itself.
            (place.start, place.end)
        } else {
            (line_before(text, start.saturating_sub(1)), line_behind(text, end))
        };
        match lines.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => lines.push(start..end),
        }
    }
    lines
}

/// Where the line of a place begins.
fn line_before(text: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &text[..at]).map_or(0, |newline| newline + 1)
}

/// Where the line of a place ends.
fn line_behind(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |newline| at + newline + 1)
}

/// The next numbers that follow each other with the same signs before them, in turns of three at most;
/// or one long number.
fn next_row(text: &[u8], mut at: usize) -> Option<Range<usize>> {
    let (mut row, mut first) = (0, at);
    let mut last: [&[u8]; 3] = [b"?", b"!", b"."];
    while at < text.len() {
        let between = text[at..].iter().take_while(|byte| !is_digit(**byte)).count();
        let start = at + between;
        let digits = text[start..].iter().take_while(|byte| is_digit(**byte)).count();
        let signs = text[at..start].trim_ascii();
        let is_next = signs.len() <= 24 && digits > 0 && last.contains(&signs);
        if is_next {
            row += 1;
        } else if row >= FEWEST {
            return Some(first..at);
        } else {
            (row, first) = (0, start);
        }
        if digits >= LONG {
            return Some(first..start + digits);
        }
        last = [last[1], last[2], signs];
        at = start + digits.max(1);
    }
    (row >= FEWEST).then_some(first..text.len())
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

/// Lines that begin with a number which is a little larger than that of the line before.
fn offsets(text: &[u8]) -> Vec<Range<usize>> {
    let (mut last, mut at, mut found) = (None, 0, Vec::new());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let offset = offset(line);
        let before = std::mem::replace(&mut last, offset);
        if before.zip(offset).is_some_and(|(before, at)| at > before && at - before <= STEP) {
            found.push(at..at + line.len() - 1);
        }
        at += line.len();
    }
    found
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
