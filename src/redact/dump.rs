//! Finds the secrets of a run in dumps: one byte after the other, each as a number.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

use super::hit::Hit;
use super::spelling::{Family, Spelling};
use super::values::Values;

mod column;
mod filter;
mod forms;
mod row;
mod zone;

use filter::{Filter, STRIDES};
use row::Reading;
use zone::Zone;

/// How far before a place the dump is read that may begin there.
const BEHIND: usize = 1 << 10;

/// Knows what a dump of a secret looks like.
pub(super) struct Dumps(Option<Filter>);

impl Dumps {
    pub(super) fn new(spellings: &[Spelling], left_out: Option<&str>) -> Self {
        // The digits of a spelling in hex are no dump of it but itself.
        let written = |spelling: &&Spelling| match spelling.family {
            Family::Hex => false,
            Family::Base64 => is_of_plain(spelling, spellings),
            _ => true,
        };
        let spellings: Vec<_> = spellings.iter().filter(written).collect();
        let is_known = left_out != Some("dump") && !spellings.is_empty();
        Self(is_known.then(|| Filter::new(&spellings)))
    }

    /// The parts of dumps in a text that must go; nothing before `from`.
    pub(super) fn hits(&self, text: &[u8], from: usize, values: &Values) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(filter) = &self.0 else { return hits };
        let mut read = [from.saturating_sub(BEHIND); Reading::ALL.len()];
        let mut start = read[0];
        while let Some(at) = filter.next(text, start) {
            start = at + STRIDES[0];
            let number = filter::number(text, at);
            for (reading, read) in Reading::ALL.into_iter().zip(&mut read) {
                if at >= *read && filter.is_dump(text, &number, reading) {
                    *read = Zone::new(text, values, reading, &mut hits).read(*read, at);
                }
            }
        }
        hits.retain(|hit| hit.end > from);
        for hit in &mut hits {
            hit.start = hit.start.max(from);
        }
        hits
    }
}

/// True for the base64 of the value as given: only that is ever sent.
fn is_of_plain(encoded: &Spelling, spellings: &[Spelling]) -> bool {
    let plain = spellings.iter().filter(|spelling| spelling.family == Family::Plain);
    let shifted =
        plain.flat_map(|plain| (0..3).map(|shift| [&[0; 3][..shift], &plain.bytes].concat()));
    let is_part = |text: String| memchr::memmem::find(text.as_bytes(), &encoded.bytes).is_some();
    let engines = [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD];
    let mut texts =
        shifted.flat_map(|bytes| engines.each_ref().map(|engine| engine.encode(&bytes)));
    texts.any(is_part)
}
