//! Texts in UTF-16, as Windows writes them: read as UTF-8, and written back as they were.
//!
//! Bytes that are not valid UTF-16 come back unchanged, too: an unpaired surrogate is kept as three
//! bytes (as WTF-8 does), and an odd byte at the end as it is.

use std::io::{self, Cursor, Read, Write};

/// `detect` looks at this many bytes.
const START: usize = 512;

/// The fewest characters of a text without a mark that is taken for UTF-16.
const FEWEST: usize = 8;

/// The bytes that are read at once.
const BLOCK: usize = 32 << 10;

/// The order of the two bytes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    fn units(self, bytes: &[u8]) -> impl DoubleEndedIterator<Item = u16> {
        let (pairs, _) = bytes.as_chunks();
        pairs.iter().map(move |pair| match self {
            Self::Little => u16::from_le_bytes(*pair),
            Self::Big => u16::from_be_bytes(*pair),
        })
    }

    fn bytes(self, units: impl IntoIterator<Item = u16>) -> Vec<u8> {
        let bytes = |unit: u16| match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        };
        units.into_iter().flat_map(bytes).collect()
    }
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
    /// Bytes that are no whole character yet.
    pending: Vec<u8>,
    text: Cursor<Vec<u8>>,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(reader: R, order: Order) -> Self {
        Self { reader, order, pending: Vec::new(), text: Cursor::default() }
    }

    /// The byte that is left at the end of an odd number.
    pub(super) fn rest(&self) -> &[u8] {
        &self.pending
    }

    /// Reads the next block; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let kept = self.pending.len();
        self.pending.resize(kept + BLOCK, 0);
        let count = self.reader.read(&mut self.pending[kept..]);
        self.pending.truncate(kept + count.as_ref().unwrap_or(&0));
        let is_end = count? == 0;
        let mut whole = self.pending.len() / 2 * 2;
        // A high surrogate waits for the low one.
        let last = self.order.units(&self.pending[..whole]).next_back();
        if !is_end && last.is_some_and(|unit| matches!(unit, 0xD800..=0xDBFF)) {
            whole -= 2;
        }
        let mut text = Vec::with_capacity(whole * 2);
        for character in char::decode_utf16(self.order.units(&self.pending[..whole])) {
            match character {
                Ok(character) => {
                    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                Err(lone) => text.extend(surrogate_to_bytes(lone.unpaired_surrogate())),
            }
        }
        self.pending.drain(..whole);
        self.text = Cursor::new(text);
        Ok(!is_end || whole > 0)
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.text.read(buffer)?;
            if count > 0 || buffer.is_empty() || !self.fill()? {
                return Ok(count);
            }
        }
    }
}

/// Writes UTF-8 as UTF-16.
pub(super) struct Encoder<W> {
    writer: W,
    order: Order,
    /// Bytes of a character whose end is not there yet.
    pending: Vec<u8>,
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(writer: W, order: Order) -> Self {
        Self { writer, order, pending: Vec::new() }
    }

    /// Writes what is left, and some bytes as they are.
    pub(super) fn finish(mut self, rest: &[u8]) -> io::Result<()> {
        let cut = (!self.pending.is_empty()).then_some(REPLACEMENT);
        self.writer.write_all(&self.order.bytes(cut))?;
        self.writer.write_all(rest)?;
        self.writer.flush()
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(text);
        let (units, done) = encode(&self.pending);
        self.pending.drain(..done);
        self.writer.write_all(&self.order.bytes(units))?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Written for a character of which a mask replaced a part.
const REPLACEMENT: u16 = 0xFFFD;

/// The units of a text, and how many of its bytes they are; an unfinished character at its end waits.
fn encode(text: &[u8]) -> (Vec<u16>, usize) {
    let (mut units, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some(chunk) = rest.utf8_chunks().next() {
        units.extend(chunk.valid().encode_utf16());
        rest = &rest[chunk.valid().len()..];
        let (unit, length) = match rest {
            [] | [0xED] | [0xED, 0xA0..=0xBF] => break,
            [0xED, high @ 0xA0..=0xBF, low @ 0x80..=0xBF, ..] => {
                (0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F), 3)
            }
            _ if rest.len() == chunk.invalid().len() && is_start(rest) => break,
            _ => (REPLACEMENT, chunk.invalid().len()),
        };
        units.push(unit);
        rest = &rest[length..];
    }
    (units, text.len() - rest.len())
}

/// True if more bytes could make a character of these.
fn is_start(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn surrogate_to_bytes(unit: u16) -> [u8; 3] {
    let [high, low] = [unit >> 6, unit].map(|bits| 0x80 | (bits.to_le_bytes()[0] & 0x3F));
    [0xED, high, low]
}

#[cfg(test)]
mod tests;
