//! Looks once for what many names in a row ask for.

use crate::redact::work;

/// How far something was looked for: no byte is looked at twice for it, whoever asks.
#[derive(Debug, Default)]
pub(super) struct Sought {
    from: usize,
    /// It begins nowhere between `from` and here.
    until: usize,
    /// True if it begins here.
    is_here: bool,
}

impl Sought {
    /// The first place from `at` on where it stands, all of its `length` bytes before `limit`.
    pub(super) fn first(
        &mut self,
        text: &[u8],
        (at, limit): (usize, usize),
        length: usize,
        find: impl Fn(&[u8]) -> Option<usize>,
    ) -> Option<usize> {
        if at < self.from || at > self.until {
            *self = Self { from: at, until: at, is_here: false };
        }
        if !self.is_here && self.until < limit {
            let found = find(&text[self.until..limit]);
            work::looked(found.unwrap_or(limit - self.until));
            self.is_here = found.is_some();
            let none = (limit + 1 - length.min(limit)).max(self.until);
            self.until = found.map_or(none, |found| self.until + found);
        }
        (self.is_here && self.until + length <= limit).then_some(self.until)
    }
}

/// Where the blanks before an end begin: many names on a line have the same end.
#[derive(Debug, Default)]
pub(super) struct Trimmed {
    from: usize,
    end: usize,
    blanks: usize,
}

impl Trimmed {
    pub(super) fn end(&mut self, text: &[u8], start: usize, end: usize) -> usize {
        if self.end != end || start < self.from {
            let blanks = start + text[start..end].trim_ascii_end().len();
            work::looked(end - blanks);
            *self = Self { from: start, end, blanks };
        }
        self.blanks.max(start)
    }
}
