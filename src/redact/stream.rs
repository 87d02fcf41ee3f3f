//! Takes secrets out of a stream of any length, in bounded memory.

use std::io::{self, Read, Write};

use super::hit::{Hit, Masked};
use super::{Ledger, Redactor};

mod live;
mod noise;
mod window;

pub use live::Live;
use window::{Fill, Window};

/// Lines with hits are listed up to this number.
const LISTED: usize = 1000;

/// The result of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Counts of the secrets taken out.
    pub ledger: Ledger,
    /// The numbers of the first thousand lines, from 1, from which something was taken.
    pub lines: Vec<u64>,
    /// The lines on which the first thousand parts begin that are no text: nobody can say what is in them.
    pub unjudged: Vec<u64>,
    /// Bytes read.
    pub bytes: u64,
}

/// Copies everything but the secrets, whatever the bytes are. A reader that says `WouldBlock` has
/// paused: whole lines that were read are written then, and it is asked again.
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
        let fill = window.fill(&mut reader)?;
        let hits = redactor.hits(&window.bytes[..window.filled], window.done, &mut window.values);
        let (hits, cut) = window.settled(hits, fill);
        let fresh = &window.bytes[window.done..cut];
        writer.write_all(&Masked::new(fresh, window.done, &hits).text)?;
        filtered.note_noise(fresh, line);
        filtered.note(fresh, window.done, &hits, &mut line);
        window.advance(cut);
        if fill == Fill::Full {
            continue;
        }
        writer.flush()?;
        if fill == Fill::Ended && window.is_done() {
            return Ok(filtered);
        }
    }
}

impl Filtered {
    /// Notes the lines of what can't be judged in a part of the stream that begins on this line.
    fn note_noise(&mut self, text: &[u8], mut line: u64) {
        for block in text.chunks(noise::BLOCK) {
            if self.unjudged.len() < LISTED && noise::is_noise(block) {
                self.unjudged.push(line);
            }
            line += newlines(block);
        }
    }

    /// Counts what was found in a part of the stream, and its lines.
    fn note(&mut self, text: &[u8], at: usize, hits: &[Hit], line: &mut u64) {
        self.bytes += text.len() as u64;
        let mut done = 0;
        for hit in hits {
            if !hit.goes_on {
                self.ledger.count(hit.form);
            }
            *line += newlines(&text[done..hit.start - at]);
            if self.lines.len() < LISTED && self.lines.last() != Some(line) {
                self.lines.push(*line);
            }
            done = hit.start - at;
        }
        *line += newlines(&text[done..]);
    }
}

fn newlines(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}
