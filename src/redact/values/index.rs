//! Where in which spelling some characters stand.

use std::collections::BTreeSet;

use crate::redact::grams::Grams;
use crate::redact::spelling::Spelling;
use crate::redact::work;

/// Published text: it holds nearly all that the program ever says, so none of it is a secret.
const PUBLISHED: [&str; 7] = [
    include_str!("../../../README.md"),
    include_str!("../../../docs/causes.md"),
    include_str!("../../../docs/classes.md"),
    include_str!("../../../docs/codes.md"),
    include_str!("../../../docs/endpoints.md"),
    include_str!("../../../docs/help.md"),
    include_str!("../../../docs/record.schema.json"),
];

/// A place in a spelling.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) spelling: usize,
    pub(super) at: usize,
}

/// All windows of all spellings, in order.
pub(super) struct Index {
    pub(super) window: usize,
    grams: Grams,
    places: Vec<(u128, Place)>,
}

impl Index {
    pub(super) fn new(window: usize, spellings: &[Spelling]) -> Self {
        let (mut places, mut grams) = (Vec::new(), Vec::new());
        for (number, spelling) in spellings.iter().enumerate() {
            let secret = &spelling.bytes[spelling.secret.clone()];
            grams.extend((0..secret.len()).filter_map(|at| Grams::at(secret, at)));
            places.extend(secret.windows(window).enumerate().map(|(at, bytes)| {
                (packed(bytes), Place { spelling: number, at: spelling.secret.start + at })
            }));
        }
        places.sort_by_key(|(bytes, _)| *bytes);
        let mut index = Self { window, grams: Grams::new(&grams), places };
        let published = index.published();
        index.places.retain(|(bytes, _)| !published.contains(bytes));
        index
    }

    /// The windows that stand in the program's own texts: they are no secrets, even where a URL or
    /// a command was taken for a key.
    fn published(&self) -> BTreeSet<u128> {
        let mut published = BTreeSet::new();
        for text in PUBLISHED {
            let mut from = 0;
            while let Some((at, places)) = self.next(text.as_bytes(), from) {
                published.extend(places.first().map(|(bytes, _)| *bytes));
                from = at + 1;
            }
        }
        published
    }

    /// The first window from `from` on that some spellings have, and the places where they have it.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<(usize, &[(u128, Place)])> {
        let mut at = from;
        while let Some(window) = text.get(at..at + self.window) {
            let has = |at: &usize| {
                work::looked(1);
                Grams::at(window, *at).is_some_and(|gram| self.grams.has(gram))
            };
            // No window that a strange gram is in can be known.
            let strange = (0..=self.window - Grams::LENGTH).rev().find(|at| !has(at));
            if let Some(strange) = strange {
                at += strange + 1;
                continue;
            }
            let places = self.places(packed(window));
            if !places.is_empty() {
                return Some((at, places));
            }
            at += 1;
        }
        None
    }

    /// True if four characters stand in some spelling.
    pub(super) fn has(&self, gram: u32) -> bool {
        self.grams.has(gram)
    }

    fn places(&self, bytes: u128) -> &[(u128, Place)] {
        work::looked(self.window);
        let first = self.places.partition_point(|(known, _)| *known < bytes);
        let rest = &self.places[first..];
        &rest[..rest.iter().take_while(|(known, _)| *known == bytes).count()]
    }
}

fn packed(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |packed, byte| packed << 8 | u128::from(*byte))
}
