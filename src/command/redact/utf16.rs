//! Texts in UTF-16, as Windows writes them: read as UTF-8, and written back as they were.
//!
//! What is no UTF-16 comes back as it was, too: half a pair is kept as if it were a character,
//! and so is a byte too many at the end.

use std::io::{self, Cursor, Read, Write};

mod units;

use units::{bytes, encode, sequence};

/// So much of a text tells what it is written in.
const START: usize = 512;

/// A text without a mark is taken for UTF-16 from this many characters on.
const FEWEST: usize = 8;

/// So much is read at once.
const BLOCK: usize = 32 << 10;

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The order of the bytes, if a text is in UTF-16, and the whole text again.
pub(super) fn detect<R: Read>(mut input: R) -> io::Result<(Option<Order>, impl Read)> {
    let mut start = Vec::new();
    input.by_ref().take(START as u64).read_to_end(&mut start)?;
    let order = match start.as_slice() {
        // UTF-32 begins so, too, but nobody writes logs in it.
        [0xFF, 0xFE, ..] => Some(Order::Little),
        [0xFE, 0xFF, ..] => Some(Order::Big),
        _ => unmarked(&start),
    };
    Ok((order, Cursor::new(start).chain(input)))
}

/// Nearly every second byte is zero.
fn unmarked(start: &[u8]) -> Option<Order> {
    let units = || start.chunks_exact(2);
    let most = |is: fn(&[u8]) -> bool| {
        units().len() >= FEWEST && units().filter(|unit| is(unit)).count() * 4 >= units().len() * 3
    };
    if most(|unit| unit[0] != 0 && unit[1] == 0) {
        Some(Order::Little)
    } else if most(|unit| unit[0] == 0 && unit[1] != 0) {
        Some(Order::Big)
    } else {
        None
    }
}

/// Reads UTF-16 as UTF-8, its mark included.
pub(super) struct Decoder<R> {
    reader: R,
    order: Order,
    block: Vec<u8>,
    /// Bytes at the start of the block that are no whole unit yet.
    kept: usize,
    /// The first half of a pair.
    half: Option<u16>,
    text: Cursor<Vec<u8>>,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(reader: R, order: Order) -> Self {
        Self { reader, order, block: vec![0; BLOCK], kept: 0, half: None, text: Cursor::default() }
    }

    /// What was left at the end: less than a unit.
    pub(super) fn rest(&self) -> &[u8] {
        &self.block[..self.kept]
    }

    fn fill(&mut self) -> io::Result<()> {
        let count = self.reader.read(&mut self.block[self.kept..])?;
        let mut text = std::mem::take(&mut self.text).into_inner();
        text.clear();
        if count == 0 {
            text.extend(self.half.take().into_iter().flat_map(|half| sequence(half.into())));
        }
        let filled = self.kept + count;
        for pair in self.block[..filled].chunks_exact(2) {
            let unit = match self.order {
                Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
                Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
            };
            self.half = units::decode(self.half, unit, &mut text);
        }
        self.kept = filled % 2;
        self.block[0] = self.block[filled.saturating_sub(1)];
        self.text = Cursor::new(text);
        Ok(())
    }

    fn is_ended(&self, before: (usize, Option<u16>)) -> bool {
        self.text.get_ref().is_empty() && (self.kept, self.half) == before
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.text.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let before = (self.kept, self.half);
            self.fill()?;
            if self.is_ended(before) {
                return Ok(0);
            }
        }
    }
}

/// Writes UTF-8 as UTF-16.
pub(super) struct Encoder<W> {
    writer: W,
    order: Order,
    /// What may be the start of a character.
    pending: Vec<u8>,
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(writer: W, order: Order) -> Self {
        Self { writer, order, pending: Vec::new() }
    }

    /// Writes what is left, and some bytes as they are.
    pub(super) fn finish(mut self, rest: &[u8]) -> io::Result<()> {
        let units = vec![0xFFFD; usize::from(!self.pending.is_empty())];
        self.writer.write_all(&bytes(&units, self.order))?;
        self.writer.write_all(rest)?;
        self.writer.flush()
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(text);
        let (units, done) = encode(&self.pending);
        self.pending.drain(..done);
        self.writer.write_all(&bytes(&units, self.order))?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests;
