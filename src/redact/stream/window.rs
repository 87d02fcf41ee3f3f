//! The part of a stream that is in memory.

use std::io::{self, Read};

use crate::redact::hit::Hit;

/// Small enough that several passes find it in the processor's cache; smaller in tests, for more edges.
const BLOCK: usize = if cfg!(test) { 6 << 10 } else { 256 << 10 };

/// A secret longer than this is masked in pieces.
const MOST: usize = 4 << 20;

/// What stands before the undecided part, for rules that look back.
const BEHIND: usize = 1 << 10;

/// Rules may still change their mind about the last bytes of a block.
const AHEAD: usize = 2 << 10;

/// Bytes that were decided but are still looked at, then bytes that are not decided.
#[derive(Debug, Default)]
pub(super) struct Window {
    bytes: Vec<u8>,
    filled: usize,
    done: usize,
}

/// What stays of a window.
#[derive(Debug)]
pub(super) struct Rest {
    bytes: Vec<u8>,
    done: usize,
}

impl Window {
    /// Reads as much as there is room for; true at the end of the stream.
    pub(super) fn fill(&mut self, reader: &mut impl Read) -> io::Result<bool> {
        if self.bytes.len() < self.filled + BLOCK {
            self.bytes.resize(self.filled + BLOCK, 0);
        }
        while self.filled < self.bytes.len() {
            match reader.read(&mut self.bytes[self.filled..]) {
                Ok(0) => return Ok(true),
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    pub(super) fn text(&self) -> &[u8] {
        &self.bytes[..self.filled]
    }

    pub(super) fn done(&self) -> usize {
        self.done
    }

    pub(super) fn is_done(&self) -> bool {
        self.done == self.filled
    }

    /// The hits that more text cannot change, and where such text ends.
    pub(super) fn settled(&self, mut hits: Vec<Hit>, ended: bool) -> (Vec<Hit>, usize) {
        if ended {
            return (hits, self.filled);
        }
        let mut cut = self.filled.saturating_sub(AHEAD).max(self.done);
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

    /// What stays in memory when everything before `cut` is written; of that, `behind` is what rules look back at.
    pub(super) fn rest(&self, cut: usize, behind: &[u8]) -> Rest {
        let earlier = BEHIND.saturating_sub(behind.len()).min(self.done);
        let behind = [
            &self.bytes[self.done - earlier..self.done],
            &behind[behind.len().saturating_sub(BEHIND)..],
        ];
        let done = behind[0].len() + behind[1].len();
        Rest { bytes: [behind[0], behind[1], &self.bytes[cut..self.filled]].concat(), done }
    }

    /// Goes on with the rest.
    pub(super) fn advance(&mut self, rest: &Rest) {
        self.done = rest.done;
        self.filled = rest.bytes.len();
        if self.bytes.len() > self.filled + 2 * BLOCK {
            self.bytes.truncate(self.filled + BLOCK);
            self.bytes.shrink_to_fit();
        }
        self.bytes.resize(self.bytes.len().max(self.filled), 0);
        self.bytes[..self.filled].copy_from_slice(&rest.bytes);
    }
}
