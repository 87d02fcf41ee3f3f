//! Finds the secrets of a run in dumps: one byte after the other, each as a number.

use super::hit::Hit;
use super::spelling::{Family, Spelling};
use super::values::Values;

mod column;
mod filter;
mod row;
mod zone;

use filter::Filter;
use row::Reading;
use zone::Zone;

/// How far before a place the dump is read that may begin there.
const BEHIND: usize = 1 << 10;

/// Knows what a dump of a secret looks like.
pub(super) struct Dumps(Option<Filter>);

impl Dumps {
    pub(super) fn new(spellings: &[Spelling], left_out: Option<&str>) -> Self {
        // The digits of a spelling in hex are no dump of it but itself.
        let spellings: Vec<_> =
            spellings.iter().filter(|spelling| spelling.family != Family::Hex).collect();
        let is_known = left_out != Some("dump") && !spellings.is_empty();
        Self(is_known.then(|| Filter::new(&spellings)))
    }

    /// What of the dumps in a text must go; nothing before `from`.
    pub(super) fn hits(&self, text: &[u8], from: usize, values: &Values) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(filter) = &self.0 else { return hits };
        let mut read = [from.saturating_sub(BEHIND); Reading::ALL.len()];
        let first = read[0];
        for at in filter.places(text, first) {
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
