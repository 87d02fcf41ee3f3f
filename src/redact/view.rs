//! A text seen through a lens: what it says once an encoding or a layout is undone, with a way back.

use std::ops::Range;

use super::needle::NEAR;

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
        for at in part {
            self.push(source[at], at..at + 1);
        }
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

/// True if a part of a secret may be in these bytes: some printable ones in a row. Bytes of UTF-16, of
/// colours and of layout may stand between them, and characters that are undone.
pub(super) fn is_text(mut bytes: &[u8]) -> bool {
    let mut row = 0;
    while let [byte, rest @ ..] = bytes {
        bytes = rest;
        match byte {
            b' '..=b'~' => row += 1,
            b'\0' | b'\x08'..=b'\r' | b'\x1B' => {}
            // Full-width letters, and what takes no room.
            0xE2 | 0xEF if rest.len() > 1 => {
                row += usize::from(matches!(rest, [0xBC | 0xBD, ..]));
                bytes = &rest[2..];
            }
            0xC2 => bytes = rest.get(1..).unwrap_or_default(),
            _ => row = 0,
        }
        if row >= NEAR {
            return true;
        }
    }
    false
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
