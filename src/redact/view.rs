//! A text seen through a lens: what it says once an encoding or a layout is undone, with a way back.

use std::ops::Range;

mod cell;
pub(super) mod decode;
pub(super) mod inflate;
pub(super) mod items;
pub(super) mod join;
pub(super) mod numbers;
pub(super) mod squeeze;
pub(super) mod unescape;

/// Bytes of a secret that lie further apart than this are masked one by one.
const APART: usize = 12;

/// So few bytes of a secret stand anywhere by chance.
const CHANCE: usize = 3;

/// So many printable bytes in a row may be a part of a secret.
const LEAST: u8 = 8;

/// How far from printable bytes in a row another piece of a secret is looked for.
const BESIDE: usize = 128;

/// This many bytes in a row are a piece of their own.
const RUN: usize = 8;

/// The bytes that a lens shows, and for each of them where it stands in the source.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    pub(super) bytes: Vec<u8>,
    places: Vec<(u32, u32)>,
}

impl View {
    /// Adds a byte, and where it stands.
    #[inline]
    pub(super) fn push(&mut self, byte: u8, place: Range<usize>) {
        self.bytes.push(byte);
        #[expect(clippy::cast_possible_truncation, reason = "a page is short")]
        self.places.push((place.start as u32, place.end as u32));
    }

    /// Keeps what comes next apart from what was added before.
    pub(super) fn end_part(&mut self) {
        if let Some((_, end)) = self.places.last().copied() {
            self.bytes.push(b'\n');
            self.places.push((end, end));
        }
    }

    /// Adds bytes that stand for themselves.
    pub(super) fn copy(&mut self, source: &[u8], part: Range<usize>) {
        self.bytes.extend_from_slice(&source[part.clone()]);
        #[expect(clippy::cast_possible_truncation, reason = "a page is short")]
        self.places.extend(part.map(|at| (at as u32, at as u32 + 1)));
    }

    /// These parts of it alone, apart from each other.
    pub(super) fn only(&self, parts: Vec<Range<usize>>) -> Self {
        let mut only = Self::default();
        for part in parts {
            only.bytes.extend_from_slice(&self.bytes[part.clone()]);
            only.places.extend_from_slice(&self.places[part]);
            only.end_part();
        }
        only
    }

    /// Where a byte stands.
    pub(super) fn place(&self, at: usize) -> Range<usize> {
        let (start, end) = self.places[at];
        start as usize..end as usize
    }

    /// A part without the few bytes at its ends that stand apart from a long run and may belong to it by
    /// chance.
    pub(super) fn trimmed(&self, part: Range<usize>) -> Range<usize> {
        let is_apart = |at: &usize| self.places[*at - 1].1 < self.places[*at].0;
        let mut trimmed = part.clone();
        let inner = part.start + 1..part.end;
        if let Some(last) = inner.clone().rev().take(CHANCE).find(is_apart)
            && (last - RUN.min(last)..last).skip(1).all(|at| !is_apart(&at))
        {
            trimmed.end = last;
        }
        if let Some(first) = inner.take(CHANCE).find(is_apart)
            && (first + 1..trimmed.end.min(first + RUN)).all(|at| !is_apart(&at))
        {
            trimmed.start = first;
        }
        trimmed
    }

    /// Where a part stands in the source, as few ranges.
    fn ranges(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (start, end) in &self.places[part] {
            let (start, end) = (*start as usize, *end as usize);
            match ranges.last_mut() {
                Some(last) if last.start <= start && start <= last.end => {
                    last.end = last.end.max(end);
                }
                _ => ranges.push(start..end),
            }
        }
        ranges
    }
}

/// What a character is to a row of printable ones, by its first byte: how many bytes it has, whether it
/// is one of them, and whether the row goes on.
const ROW: [(usize, u8, u8); 256] = {
    let mut row = [(1, 0, 0); 256];
    let mut at = 0_usize;
    while at < 256 {
        row[at] = match at {
            0x20..=0x7E => (1, 1, 0xFF),
            // UTF-16, colours, layout.
            0 | 8..=0xD | 0x1B => (1, 0, 0xFF),
            // What takes no room, and full-width letters.
            0xC2 => (2, 0, 0xFF),
            0xE2 => (3, 0, 0xFF),
            0xEF => (3, 1, 0xFF),
            _ => (1, 0, 0),
        };
        at += 1;
    }
    row
};

/// The parts of some bytes that a part of a secret may be in: around printable ones in a row.
pub(super) fn text_parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut row, mut at, mut block) = (0_u8, 0, 0..0);
    while at < bytes.len() {
        if row == 0 && at >= block.end {
            block = next_block(bytes, at);
            at = block.start;
            continue;
        }
        let (length, more, goes_on) = ROW[usize::from(bytes[at])];
        (row, at) = ((row.min(LEAST) + more) & goes_on, at + length);
        if row >= LEAST {
            let part = at.saturating_sub(BESIDE)..bytes.len().min(at + BESIDE);
            match parts.last_mut() {
                Some(last) if part.start <= last.end => last.end = part.end,
                _ => parts.push(part),
            }
        }
    }
    parts
}

/// So many bytes are ruled out at once.
const BLOCK: usize = 64;

/// The next bytes in which a row may begin.
fn next_block(bytes: &[u8], mut at: usize) -> Range<usize> {
    while let Some(near) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if may_have_row(near) {
            return at..at + BLOCK;
        }
        at += BLOCK;
    }
    // What fills up the last block is no part of a row.
    let mut last = [0xFF; BLOCK + 8];
    let rest = bytes.get(at..).unwrap_or_default();
    last[..rest.len()].copy_from_slice(rest);
    if may_have_row(&last) { at..bytes.len() } else { bytes.len()..bytes.len() }
}

/// True if printable bytes, or those between them, follow each other from one of the first places on, or
/// characters of several bytes stand there: told for all places at once.
#[inline]
fn may_have_row(near: &[u8; BLOCK + 8]) -> bool {
    let mut goes_on = [0; BLOCK + 8];
    for (goes_on, byte) in goes_on.iter_mut().zip(near) {
        let is_print = byte.wrapping_sub(0x20) < 0x5F;
        *goes_on = u8::from(is_print || *byte == 0 || byte.wrapping_sub(8) < 6 || *byte == 0x1B);
    }
    let (mut rows, mut wide) = (0, 0);
    for at in 0..BLOCK {
        let first = goes_on[at] & goes_on[at + 1] & goes_on[at + 2] & goes_on[at + 3];
        rows |= first & goes_on[at + 4] & goes_on[at + 5] & goes_on[at + 6] & goes_on[at + 7];
        let (one, two) = (near[at], near[at + 1]);
        wide |= u8::from(one == 0xC2 && two == 0xAD)
            | u8::from(one == 0xE2 && two.wrapping_sub(0x80) < 2)
            | u8::from(one == 0xEF && two.wrapping_sub(0xBB) < 3);
    }
    rows | wide != 0
}

/// True if more printable bytes follow each other than noise ever has.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let (mut row, mut at) = (0_u8, 0);
    while let Some(byte) = bytes.get(at).filter(|_| row < 2 * LEAST) {
        let (length, more, goes_on) = ROW[usize::from(*byte)];
        (row, at) = ((row + more) & goes_on, at + length);
    }
    row >= 2 * LEAST
}

/// A view of a text, or of another view of it.
pub(super) struct Chain<'a> {
    pub(super) view: &'a View,
    pub(super) outer: Option<&'a Self>,
}

impl Chain<'_> {
    /// Where a part stands in the text: in one piece, or in several if lines, or much else, lie between.
    pub(super) fn pieces(&self, text: &[u8], part: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for range in self.ranges(part) {
            match pieces.last_mut() {
                Some(last) if is_near(text, last, &range) => last.end = last.end.max(range.end),
                _ => pieces.push(range),
            }
        }
        pieces
    }

    fn ranges(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let ranges = self.view.ranges(part);
        match self.outer {
            Some(outer) => ranges.into_iter().flat_map(|range| outer.ranges(range)).collect(),
            None => ranges,
        }
    }
}

/// True if a piece goes with the one before it.
fn is_near(text: &[u8], last: &Range<usize>, next: &Range<usize>) -> bool {
    let between = last.end..next.start.max(last.end);
    last.start <= next.start && between.len() <= APART && !text[between].contains(&b'\n')
}
