//! Texts that are no secret, even where they were given as a key: the program's own words, and those
//! that the user gave to be shown.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Published text: it holds nearly all that the program ever says.
const PUBLISHED: [&str; 7] = [
    include_str!("../../README.md"),
    include_str!("../../docs/causes.md"),
    include_str!("../../docs/classes.md"),
    include_str!("../../docs/codes.md"),
    include_str!("../../docs/endpoints.md"),
    include_str!("../../docs/help.md"),
    include_str!("../../docs/record.schema.json"),
];

static SQUEEZED: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| PUBLISHED.iter().map(|text| squeezed(text.as_bytes())).collect());

/// This many letters at an end may stand there by chance.
const CHANCE: usize = 3;

/// The shortest part that is told apart from chance.
const SHORTEST: usize = 8;

/// So many answers are remembered.
const REMEMBERED: usize = 4096;

/// Texts that are shown.
pub(super) struct Own {
    given: Vec<Vec<u8>>,
    /// One secret is found again and again in a log: what was asked of a part of it is known.
    known: Mutex<HashMap<(Vec<u8>, bool), bool>>,
}

impl Own {
    pub(super) fn new(given: &[String]) -> Self {
        let given = given.iter().map(|text| squeezed(text.as_bytes())).collect();
        Self { given, known: Mutex::default() }
    }

    /// True if a part of a secret stands in one of them; `is_loose` if letter case and what stands
    /// between the letters don't count.
    pub(super) fn has(&self, part: &[u8], is_loose: bool) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() == REMEMBERED {
            known.clear();
        }
        *known.entry((part.to_vec(), is_loose)).or_insert_with(|| self.looked(part, is_loose))
    }

    fn looked(&self, part: &[u8], is_loose: bool) -> bool {
        let has = |text: &[u8], part: &[u8]| memchr::memmem::find(text, part).is_some();
        if PUBLISHED.iter().any(|text| has(text.as_bytes(), word(part))) {
            return true;
        }
        let part = squeezed(part);
        // A letter or two beside it may be the secret's by chance.
        let trims = (0..=CHANCE).flat_map(|start| (0..=CHANCE).map(move |end| (start, end)));
        let mut trims = trims.filter(|(start, end)| start + end + SHORTEST <= part.len());
        is_loose
            && trims.any(|(start, end)| {
                let part = &part[start..part.len() - end];
                self.given.iter().chain(SQUEEZED.iter()).any(|text| has(text, part))
            })
    }
}

/// A part of a secret without the signs at its ends, which stand around words of the program as well.
fn word(part: &[u8]) -> &[u8] {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    let start = part.iter().position(is_letter).unwrap_or(0);
    let end = part.iter().rposition(is_letter).map_or(0, |last| last + 1);
    part.get(start..end).filter(|word| word.len() >= SHORTEST).unwrap_or(part)
}

/// Letters and digits, in small letters.
fn squeezed(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_of_a_part_is_about_one_way_to_look() {
        let part = b"HEYGENDOCTORCHECK";
        for ways in [[false, true, false, true], [true, false, true, false]] {
            let own = Own::new(&[]);
            for is_loose in ways {
                assert_eq!(own.has(part, is_loose), is_loose, "{ways:?}");
            }
        }
        let own = Own::new(&[]);
        assert!(own.has(b",\"created_at\":", false), "a field's name with its signs");
        assert!(!own.has(b",\"0a1b2c3d4e\":", false), "and no other word with them");
    }
}
