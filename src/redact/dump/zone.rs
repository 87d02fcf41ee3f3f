//! The lines of a dump, read as one text.

use std::ops::Range;

use super::BEHIND;
use super::column::{self, Column};
use super::row::{Reading, Row, Unit};
use crate::redact::SecretKind;
use crate::redact::hit::Hit;
use crate::redact::values::Values;
use crate::redact::work;

/// From the last byte of a line to the first of the next is no more than this, and a few
/// characters for each byte of the line.
const APART: usize = 60;

/// The bytes of one line of a dump.
struct Line {
    units: Vec<Unit>,
    width: usize,
    /// How far from the start of the line they begin.
    indent: usize,
    column: Option<Column>,
}

/// Reads a part of a text in which a secret may be dumped.
pub(super) struct Zone<'a> {
    text: &'a [u8],
    values: &'a Values,
    reading: Reading,
    hits: &'a mut Vec<Hit>,
    /// Lines that go on from one another.
    lines: Vec<Line>,
}

impl<'a> Zone<'a> {
    pub(super) fn new(
        text: &'a [u8],
        values: &'a Values,
        reading: Reading,
        hits: &'a mut Vec<Hit>,
    ) -> Self {
        Self { text, values, reading, hits, lines: Vec::new() }
    }

    /// Reads from shortly before a place, but not before `floor`, up to the end of the dump that
    /// the place is in, and tells where that is.
    pub(super) fn read(mut self, floor: usize, anchor: usize) -> usize {
        let mut at = self.start(floor, anchor);
        while at < self.text.len() {
            let line = at..line_end(self.text, at);
            at = line.end + if self.text[line.end..].starts_with(b"\\") { 2 } else { 1 };
            let next = self.line(&line);
            let follows = next.as_ref().is_some_and(|next| self.follows(next));
            if !follows {
                self.search();
                if line.start > anchor {
                    return line.start;
                }
            }
            self.lines.extend(next);
        }
        self.search();
        self.text.len()
    }

    /// The start of a line, or of a word in a long one.
    fn start(&self, floor: usize, anchor: usize) -> usize {
        let first = floor.max(anchor.saturating_sub(BEHIND));
        work::looked(anchor - first);
        let near = &self.text[first..anchor];
        if first == 0 || self.text[first - 1] == b'\n' {
            return first;
        }
        let start = near.iter().position(|byte| *byte == b'\n');
        let start = start.or_else(|| near.iter().position(|byte| !byte.is_ascii_alphanumeric()));
        start.map_or(anchor, |start| first + start + 1)
    }

    /// The row that goes on from the line before, or else the longest; the others are searched.
    fn line(&mut self, line: &Range<usize>) -> Option<Line> {
        let last = self.lines.last();
        let mut units = Vec::new();
        let rows = Row::all(
            self.text,
            line.clone(),
            self.reading,
            last.map(|last| last.width),
            &mut units,
        );
        let indent = |row: &Row| units[row.units.start].start - line.start;
        let rank = |row: &Row| {
            let last = last.filter(|last| last.width == row.width);
            // What has no indent may be an offset.
            let is_below = last.is_some_and(|last| last.indent > 0 && last.indent == indent(row));
            (is_below, last.is_some(), row.units.len())
        };
        let (chosen, _) = rows.iter().enumerate().max_by_key(|(_, row)| rank(row))?;
        let mut chosen_line = None;
        for (number, row) in rows.iter().enumerate() {
            let units = &units[row.units.clone()];
            let (count, column) = column::of(self.text, line, units);
            let units = units[..count].to_vec();
            let line = Line { units, width: row.width, indent: indent(row), column };
            if number == chosen {
                chosen_line = Some(line);
            } else {
                self.found(&[line]);
            }
        }
        chosen_line
    }

    fn follows(&self, next: &Line) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let end = last.units.last().map_or(0, |unit| unit.end);
        let start = next.units.first().map_or(usize::MAX, |unit| unit.start);
        next.width <= last.width && start.saturating_sub(end) <= APART + 2 * last.units.len()
    }

    /// Searches the lines so far, and begins anew.
    fn search(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.found(&lines);
    }

    fn found(&mut self, lines: &[Line]) {
        let bytes: Vec<_> =
            lines.iter().flat_map(|line| line.units.iter().map(|unit| unit.byte)).collect();
        let mut at = 0;
        let mut before = (0, lines);
        while let Some(hit) = self.values.next(&bytes, at) {
            at = hit.end;
            let (mut first, mut rest) = before;
            while let [line, others @ ..] = rest {
                let end = first + line.units.len();
                if first >= hit.end {
                    break;
                }
                if hit.start < end {
                    let from = hit.start.max(first) - first;
                    self.mask(line, from..hit.end.min(end) - first, hit.kind);
                }
                if end > hit.end {
                    break;
                }
                (first, rest) = (end, others);
            }
            before = (first, rest);
        }
    }

    /// Some bytes of a line must go, and their text with them.
    fn mask(&mut self, line: &Line, part: Range<usize>, kind: Option<SecretKind>) {
        let mut take = |start: usize, end: usize| {
            self.hits.push(Hit { start, end, form: "dump", kind });
        };
        if let [first, ..] = line.units[part.clone()]
            && let Some(last) = line.units[..part.end].last()
        {
            take(first.start, last.end);
        }
        match &line.column {
            Some(Column::Exact(start)) => take(start + part.start, start + part.end),
            Some(Column::Near(column)) => take(column.start, column.end),
            None => {}
        }
    }
}

/// Where a line ends; in a string of another language it may end with an escape.
fn line_end(text: &[u8], at: usize) -> usize {
    let rest = &text[at..];
    let end = memchr::memchr2_iter(b'\n', b'\\', rest)
        .find(|end| rest[*end] == b'\n' || is_line(&rest[*end..]));
    let end = end.map_or(text.len(), |end| at + end);
    work::looked(end - at);
    end
}

/// True if an escape ends a line, and a number begins the next.
fn is_line(text: &[u8]) -> bool {
    text.strip_prefix(b"\\n").is_some_and(|line| {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'|');
        let blanks = line.iter().take(APART).take_while(is_blank).count();
        let word = line[blanks..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
        let mut word = word.take(APART).peekable();
        work::looked(blanks + 1);
        word.peek().is_some() && word.all(u8::is_ascii_hexdigit)
    })
}
