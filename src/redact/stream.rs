//! Takes secrets out of a stream of any length, in bounded memory.

use std::io::{self, Read, Write};

use super::hit::{Hit, MASK};
use super::{Ledger, Redactor};

mod window;

use window::Window;

/// Lines with hits are listed up to this number.
const LISTED: usize = 1000;

/// What a filter did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// What was taken out.
    pub ledger: Ledger,
    /// The numbers of the first thousand lines, from 1, from which something was taken.
    pub lines: Vec<u64>,
    /// Bytes read.
    pub bytes: u64,
}

/// Copies everything but the secrets, whatever the bytes are.
///
/// # Errors
/// When the reader or the writer fails.
pub fn filter(
    mut reader: impl Read,
    mut writer: impl Write,
    redactor: &Redactor,
) -> io::Result<Filtered> {
    let mut window = Window::default();
    let mut filtered = Filtered::default();
    let mut line = 1;
    loop {
        let ended = window.fill(&mut reader)?;
        let hits = redactor.hits(window.text(), window.done());
        let (hits, cut) = window.settled(hits, ended);
        filtered.write(&window, &hits, cut, &mut line, &mut writer)?;
        filtered.bytes += (cut - window.done()) as u64;
        window.advance(cut);
        if ended && window.is_done() {
            writer.flush()?;
            return Ok(filtered);
        }
    }
}

impl Filtered {
    fn write(
        &mut self,
        window: &Window,
        hits: &[Hit],
        cut: usize,
        line: &mut u64,
        writer: &mut impl Write,
    ) -> io::Result<()> {
        let text = window.text();
        let mut done = window.done();
        for hit in hits {
            writer.write_all(&text[done..hit.start])?;
            writer.write_all(MASK.as_bytes())?;
            self.ledger.add(hit);
            *line += newlines(&text[done..hit.start]);
            if self.lines.len() < LISTED && self.lines.last() != Some(line) {
                self.lines.push(*line);
            }
            *line += newlines(&text[hit.start..hit.end]);
            done = hit.end;
        }
        *line += newlines(&text[done..cut]);
        writer.write_all(&text[done..cut])
    }
}

fn newlines(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}
