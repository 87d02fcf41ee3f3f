//! Cuts hits to the strings and numbers that they are in, so that what is JSON stays JSON.

use std::ops::Range;

use super::Edit;
use crate::redact::hit::{Hit, MASK};

/// Hits in order, and the strings of the text as they come.
pub(super) struct Cuts<'a> {
    text: &'a [u8],
    hits: &'a [Hit],
    /// The first hit that is not done.
    next: usize,
    /// Where its undone part begins.
    from: usize,
    edits: Vec<Edit>,
}

impl<'a> Cuts<'a> {
    pub(super) fn new(text: &'a [u8], hits: &'a [Hit]) -> Self {
        let from = hits.first().map_or(0, |hit| hit.start);
        Self { text, hits, next: 0, from, edits: Vec::new() }
    }

    /// Takes the parts of hits that stand in a string, and in what stands before it.
    pub(super) fn string(&mut self, string: &Range<usize>) {
        while let Some(hit) = self.hits.get(self.next).filter(|hit| hit.start < string.end) {
            self.outside(self.from..hit.end.min(string.start));
            let start = self.from.max(string.start);
            let end = hit.end.min(string.end).max(start);
            let inside = self.whole(start..end, string);
            if inside.start < inside.end {
                let by = MASK.as_bytes().to_vec();
                self.push(inside, by);
            }
            if hit.end > string.end {
                self.from = self.from.max(string.end);
                return;
            }
            self.advance();
        }
    }

    /// All edits, those behind the last string too.
    pub(super) fn done(mut self) -> Vec<Edit> {
        while let Some(hit) = self.hits.get(self.next) {
            self.outside(self.from..hit.end);
            self.advance();
        }
        self.edits
    }

    fn advance(&mut self) {
        self.next += 1;
        self.from = self.hits.get(self.next).map_or(0, |hit| hit.start);
    }

    /// Numbers outside of strings: the first becomes a mask, the others nothing that tells.
    fn outside(&mut self, part: Range<usize>) {
        let is_number =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
        let (mut at, mut number) = (part.start, 0);
        while at < part.end {
            let length = self.text[at..part.end].iter().take_while(|byte| is_number(byte)).count();
            if length > 0 {
                let by =
                    if number == 0 { format!("\"{MASK}\"").into_bytes() } else { b"0".to_vec() };
                self.push(at..at + length, by);
                number += 1;
            }
            at += length.max(1);
        }
    }

    /// A part of a string without half an escape at either end.
    fn whole(&self, mut part: Range<usize>, string: &Range<usize>) -> Range<usize> {
        let escape = |at: usize| {
            let before = &self.text[string.start..at];
            let sign = before.iter().rev().take(5).position(|byte| *byte == b'\\')?;
            let slashes = before[..before.len() - sign]
                .iter()
                .rev()
                .take_while(|byte| **byte == b'\\')
                .count();
            let length = if self.text.get(at - sign) == Some(&b'u') { 6 } else { 2 };
            (slashes % 2 == 1 && sign + 1 < length).then_some(at - sign - 1)
        };
        part.start = escape(part.start).unwrap_or(part.start);
        part.end = escape(part.end).unwrap_or(part.end).max(part.start);
        part
    }

    fn push(&mut self, range: Range<usize>, by: Vec<u8>) {
        let hit = &self.hits[self.next];
        let is_first = self.edits.last().is_none_or(|last| last.range.end <= hit.start);
        let form = (is_first && !hit.goes_on).then_some(hit.form);
        self.edits.push(Edit { by, ..Edit::mask(range, form) });
    }
}
