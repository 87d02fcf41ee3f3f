//! Pieces that are items of a list, or one on each line: arrays of characters, events of a stream.

use std::ops::Range;

use super::View;
use crate::redact::work;

/// A longer item is no piece but a text of its own.
const LONGEST: usize = 16;

/// Items further apart than this, or with other lines between, are no list.
const APART: usize = 512;

/// This many lines, or items, make a list.
const FEWEST: usize = 4;

/// True if a text has lists of short items, or lines that are events of a stream.
pub(in crate::redact) fn is_listed(text: &[u8]) -> bool {
    let mut short = 0;
    text.split(|byte| *byte == b'\n').any(|line| {
        let line = line.trim_ascii();
        let is_event = line.starts_with(b"data:")
            || matches!(line, [b'[', b'0'..=b'9', ..])
            || line.starts_with(b"{\"") && line.len() <= APART;
        short = if line.len() <= LONGEST && !line.is_empty() || is_event { short + 1 } else { 0 };
        short >= FEWEST || is_row(line)
    })
}

/// True if a line has several short strings right after each other.
fn is_row(line: &[u8]) -> bool {
    let quotes = memchr::memchr2_iter(b'"', b'\'', line);
    let (mut last, mut near) = (None, 0);
    for at in quotes {
        near = if last.is_some_and(|last| at - last <= LONGEST) { near + 1 } else { 0 };
        if near >= 2 * FEWEST {
            return true;
        }
        last = Some(at);
    }
    false
}

/// The strings of a text in order; the last string of each line; the last word of each line.
pub(in crate::redact) fn views(text: &[u8]) -> Vec<View> {
    work::looked(text.len());
    let mut lists = [List::default(), List::default(), List::default()];
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let strings = strings(text, at..at + line.len());
        for string in &strings {
            lists[0].add(text, string.clone());
        }
        if let Some(last) = strings.last() {
            lists[1].add(text, last.clone());
        }
        lists[2].add(text, last_word(text, at, line));
        at += line.len();
    }
    lists.map(|list| list.view).into()
}

/// Items that follow each other.
#[derive(Default)]
struct List {
    view: View,
    end: usize,
}

impl List {
    fn add(&mut self, text: &[u8], item: Range<usize>) {
        if item.is_empty() {
            return;
        }
        let between = &text[self.end..item.start];
        if between.len() > APART || has_others(between) {
            self.view.push(b'\n', item.start..item.start);
        }
        self.end = item.end;
        self.view.copy(text, item);
    }
}

/// True if other lines stand between two items.
fn has_others(between: &[u8]) -> bool {
    let lines = between.split(|byte| *byte == b'\n').skip(1);
    memchr::memchr_iter(b'\n', between).count() > 2
        && lines.filter(|line| !line.trim_ascii().is_empty()).count() > 2
}

/// The short strings of a line that are no names of members.
fn strings(text: &[u8], line: Range<usize>) -> Vec<Range<usize>> {
    let mut strings = Vec::new();
    let mut at = line.start;
    while let Some(next) = memchr::memchr2(b'"', b'\'', &text[at..line.end]) {
        let start = at + next + 1;
        let mark = text[start - 1];
        let Some(length) = closed(&text[start..line.end], mark) else {
            at = start;
            continue;
        };
        let rest = text[start + length + 1..line.end].trim_ascii_start();
        if length > 0 && length <= LONGEST && !rest.starts_with(b":") && !rest.starts_with(b"=>") {
            strings.push(start..start + length);
        }
        at = start + length + 1;
    }
    strings
}

/// The length of a string whose opening mark was read.
fn closed(text: &[u8], mark: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'\\', mark, text.get(at..)?)?;
        if text[at] == mark {
            return Some(at);
        }
        at += 2;
    }
}

fn last_word(text: &[u8], at: usize, line: &[u8]) -> Range<usize> {
    let end = at + line.trim_ascii_end().len();
    let word = text[at..end].iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    if word <= LONGEST && word < end - at { end - word..end } else { end..end }
}
