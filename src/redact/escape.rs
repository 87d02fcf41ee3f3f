//! The ways in which one character may be written, and the way back.

mod decoded;
mod writing;

use super::spelling::Spelling;

use crate::text::named_enum;
pub(super) use decoded::{Decoded, is_escaped, is_sign};

/// The longest way to write one character.
pub(super) const LONGEST: usize = 13;

named_enum! {
    /// A family of escapes.
    pub(super) enum Escape {
        Percent = "percent",
        Json = "json_escape",
        Html = "html_entity",
        Shell = "shell",
        Quoted = "quoted_printable",
    }
}

/// All ways to write each byte that some spelling has.
#[derive(Debug)]
pub(super) struct Ways(Vec<Written>);

/// All ways to write one byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// In order of their first bytes.
    pub(super) ways: Vec<Vec<u8>>,
    /// The same in order of their last bytes.
    endings: Vec<Vec<u8>>,
    byte: u8,
    /// True if an escape of the byte begins with itself.
    begins: bool,
    /// The bytes before it where it is the end of an escape of itself.
    before: Vec<u8>,
}

impl Ways {
    /// Letters and digits are escaped only by encoders that escape everything.
    pub(super) fn new(of_letters: bool, known: &[Escape], spellings: &[Spelling]) -> Self {
        let mut all = Self(vec![Written::default(); 256]);
        for byte in spellings.iter().flat_map(|spelling| &spelling.bytes) {
            let written = &mut all.0[usize::from(*byte)];
            if written.ways.is_empty() {
                let has_escapes = of_letters || !byte.is_ascii_alphanumeric();
                *written = Written::new(*byte, if has_escapes { known } else { &[] });
            }
        }
        all
    }

    /// True if some spelling has this byte.
    pub(super) fn knows(&self, byte: u8) -> bool {
        !self.of(byte).ways.is_empty()
    }

    pub(super) fn of(&self, byte: u8) -> &Written {
        &self.0[usize::from(byte)]
    }
}

impl Written {
    fn new(byte: u8, known: &[Escape]) -> Self {
        let mut ways = writing::escapes(byte, known);
        let begins = ways.iter().any(|way| way[0] == byte);
        let itself = ways.iter().filter(|way| way.ends_with(&[byte]));
        let before = itself.map(|way| way[way.len() - 2]).collect();
        ways.push(vec![byte]);
        ways.sort_unstable();
        ways.dedup();
        let mut endings = ways.clone();
        endings.sort_by_key(|way| way.last().copied());
        Self { ways, endings, byte, begins, before }
    }

    /// Where the byte ends that begins here, if it stands for itself and nothing else is possible.
    pub(super) fn literal_end(&self, text: &[u8], at: usize) -> Option<usize> {
        (!self.begins && text.get(at) == Some(&self.byte)).then_some(at + 1)
    }

    /// Where the byte begins that ends here, if it stands for itself and nothing else is possible.
    pub(super) fn literal_start(&self, text: &[u8], end: usize) -> Option<usize> {
        match &text[..end] {
            [.., before, last] => *last == self.byte && !self.before.contains(before),
            [last] => *last == self.byte,
            [] => false,
        }
        .then(|| end - 1)
    }

    /// Where the byte ends that begins here, in every way.
    pub(super) fn ends(&self, text: &[u8], at: usize) -> impl Iterator<Item = usize> {
        let ways = alike(&self.ways, text.get(at).copied(), |way| way.first().copied());
        ways.iter().filter(move |way| text[at..].starts_with(way)).map(move |way| at + way.len())
    }

    /// Where the byte begins that ends here, in every way.
    pub(super) fn starts(&self, text: &[u8], end: usize) -> impl Iterator<Item = usize> {
        let ways = alike(&self.endings, text[..end].last().copied(), |way| way.last().copied());
        ways.iter().filter(move |way| text[..end].ends_with(way)).map(move |way| end - way.len())
    }
}

/// Those of some ways, in order of a byte of theirs, that have this one.
fn alike(ways: &[Vec<u8>], byte: Option<u8>, of: impl Fn(&Vec<u8>) -> Option<u8>) -> &[Vec<u8>] {
    let first = ways.partition_point(|way| of(way) < byte);
    let rest = &ways[first..];
    &rest[..rest.partition_point(|way| of(way) == byte)]
}
