//! The part of a stream that is in memory.

use std::io::{self, Read};

use crate::redact::hit::Hit;
use crate::redact::look::{CONTEXT, PAGE};

/// Much longer than what is looked at twice at its edges; smaller in tests, for more edges.
const BLOCK: usize = if cfg!(test) { 12 << 10 } else { 1 << 20 };

/// A secret longer than this is masked in pieces.
const MOST: usize = 1 << 20;

/// More text may change the hits in the last bytes of a block.
const AHEAD: usize = PAGE + CONTEXT;

/// Why no more is read for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    Full,
    /// Nothing has come for a while.
    Paused,
    Ended,
}

/// Bytes that were decided but are still looked at, then bytes that are not decided.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub(super) bytes: Vec<u8>,
    /// How many bytes hold text.
    pub(super) filled: usize,
    /// How many of them are decided.
    pub(super) done: usize,
    /// The secrets of the run in the text.
    pub(super) values: Vec<Hit>,
}

impl Window {
    /// Reads as much as there is room for, or until the stream pauses or ends.
    pub(super) fn fill(&mut self, reader: &mut impl Read) -> io::Result<Fill> {
        // What is undecided is looked at again: twice as much each time keeps the work linear.
        let room = self.filled + BLOCK.max(self.filled);
        if self.bytes.len() < room {
            self.bytes.resize(room, 0);
        }
        while self.filled < self.bytes.len() {
            match reader.read(&mut self.bytes[self.filled..]) {
                Ok(0) => return Ok(Fill::Ended),
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Fill::Paused),
                Err(error) => return Err(error),
            }
        }
        Ok(Fill::Full)
    }

    pub(super) fn is_done(&self) -> bool {
        self.done == self.filled
    }

    /// The hits that more text cannot change, and where such text ends.
    pub(super) fn settled(&self, mut hits: Vec<Hit>, fill: Fill) -> (Vec<Hit>, usize) {
        let mut cut = match fill {
            Fill::Ended => return (hits, self.filled),
            Fill::Full => self.filled.saturating_sub(AHEAD) / PAGE * PAGE,
            // Somebody may be looking on: whole lines are shown before more of them come.
            Fill::Paused => {
                memchr::memrchr(b'\n', &self.bytes[..self.filled]).map_or(0, |at| at + 1)
            }
        };
        cut = cut.max(self.done);
        if let Some(hit) = hits.iter_mut().find(|hit| hit.start <= cut && hit.end >= cut) {
            if self.filled - hit.start < MOST {
                cut = hit.start;
            } else {
                hit.end = hit.end.min(self.filled);
                cut = hit.end;
            }
        }
        hits.retain(|hit| hit.start < cut);
        (hits, cut)
    }

    /// Everything before `cut` is written.
    pub(super) fn advance(&mut self, cut: usize) {
        // Pages begin where they would in the whole text, and the first one has its context.
        let first = cut.saturating_sub(CONTEXT) / PAGE * PAGE;
        let keep = first.saturating_sub(PAGE);
        self.values.retain(|hit| hit.end > keep && hit.end <= cut);
        for hit in &mut self.values {
            (hit.start, hit.end) = (hit.start.saturating_sub(keep), hit.end - keep);
        }
        self.bytes.copy_within(keep..self.filled, 0);
        self.filled -= keep;
        self.done = cut - keep;
        if self.bytes.len() > self.filled + 2 * BLOCK {
            self.bytes.truncate(self.filled + BLOCK);
            self.bytes.shrink_to_fit();
        }
    }
}
