//! Finds the secrets of a run in a text, in every form, without reading most of the text.

use std::collections::HashMap;

use strum::IntoEnumIterator;

use super::escape::{self, Decoded, Escape, Ways};
use super::grams::Grams;
use super::hit::Hit;
use super::secret::Secret;
use super::spelling::{self, Family, Spelling};

mod language;
mod reach;

use reach::Reach;

/// Escapes that may lie on top of each other.
const LAYERS: usize = 3;

/// Where in which spelling some characters stand.
#[derive(Clone, Copy)]
struct Place {
    spelling: usize,
    at: usize,
}

/// All forms of all secrets.
pub(super) struct Values {
    spellings: Vec<Spelling>,
    ways: Ways,
    ways_of_encoded: Ways,
    /// The fewest characters in a row that any spelling asks for.
    window: usize,
    grams: Grams,
    places: HashMap<u128, Vec<Place>>,
}

impl Values {
    pub(super) fn new(secrets: &[Secret], left_out: Option<&str>) -> Self {
        let known: Vec<_> =
            Escape::iter().filter(|escape| left_out != Some(escape.into())).collect();
        let spellings = spelling::all(secrets, left_out);
        let window = spellings.iter().map(|spelling| spelling.window).min().unwrap_or(16).min(16);
        let mut values = Self {
            ways: Ways::new(true, &known, &spellings),
            ways_of_encoded: Ways::new(false, &known, &spellings),
            window,
            grams: Grams::new(Vec::new()),
            places: HashMap::new(),
            spellings,
        };
        values.grams = Grams::new(values.all_grams());
        values.index();
        values
    }

    fn ways(&self, spelling: &Spelling) -> &Ways {
        if matches!(spelling.family, Family::Base64 | Family::Hex) {
            &self.ways_of_encoded
        } else {
            &self.ways
        }
    }

    fn index(&mut self) {
        for (number, spelling) in self.spellings.iter().enumerate() {
            for at in spelling.secret.start..(spelling.secret.end + 1).saturating_sub(self.window) {
                let key = packed(&spelling.bytes[at..at + self.window]);
                self.places.entry(key).or_default().push(Place { spelling: number, at });
            }
        }
    }

    fn all_grams(&self) -> Vec<u32> {
        let mut grams = Vec::new();
        for spelling in &self.spellings {
            language::grams(
                &spelling.bytes[spelling.secret.clone()],
                self.ways(spelling),
                &mut grams,
            );
        }
        grams
    }

    /// The first place at or after `from` where a secret stands.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<Hit> {
        if self.spellings.is_empty() || text.len() < from + self.window {
            return None;
        }
        let stride = self.window + 1 - Grams::LENGTH;
        let mut start = from;
        while let Some(at) = self.candidate(text, start, stride) {
            if let Some(hit) = self.verified(text, from, at) {
                return Some(hit);
            }
            start = at + stride;
        }
        None
    }

    /// Every window has one of these places in it.
    fn candidate(&self, text: &[u8], start: usize, stride: usize) -> Option<usize> {
        let steps = text.get(start..)?.chunks(stride);
        let mut at = start;
        for step in steps {
            if let Some(gram) = Grams::at(step, 0).or_else(|| Grams::at(text, at))
                && self.grams.has(gram)
            {
                return Some(at);
            }
            at += stride;
        }
        None
    }

    /// The secret around a candidate, if there is one.
    fn verified(&self, text: &[u8], floor: usize, at: usize) -> Option<Hit> {
        let has = |at: usize| Grams::at(text, at).is_some_and(|gram| self.grams.has(gram));
        let needed = self.window + 1 - Grams::LENGTH;
        let before = (1..needed).take_while(|back| at >= floor + back && has(at - back)).count();
        let after = (1..needed).take_while(|on| has(at + on)).count();
        if before + after + 1 < needed {
            return None;
        }
        let plain = Decoded::raw(&text[at - before..text.len().min(at + self.window)], at - before);
        self.seeded(text, floor, &plain).or_else(|| {
            let reach = self.window * escape::LONGEST;
            let start = floor.max(at.saturating_sub(reach));
            let near = &text[start..text.len().min(at + reach)];
            if !escape::is_escaped(near) {
                return None;
            }
            let layers =
                std::iter::successors(Some(Decoded::raw(near, start)), |layer| Some(layer.again()));
            layers
                .skip(1)
                .take(LAYERS)
                .filter_map(|layer| self.seeded(text, floor, &layer))
                .min_by_key(|hit| hit.start)
        })
    }

    /// The first and longest secret that has a window among decoded characters.
    fn seeded(&self, text: &[u8], floor: usize, decoded: &Decoded) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for (bytes, starts) in
            decoded.bytes.windows(self.window).zip(decoded.starts.windows(self.window + 1))
        {
            if best.as_ref().is_some_and(|best| best.start <= starts[0]) {
                break;
            }
            if !Grams::at(bytes, 0).is_some_and(|gram| self.grams.has(gram)) {
                continue;
            }
            for place in self.places.get(&packed(bytes)).into_iter().flatten() {
                if let Some(hit) = self.grown(text, floor, starts, *place)
                    && best
                        .as_ref()
                        .is_none_or(|best| (hit.start, best.end) < (best.start, hit.end))
                {
                    best = Some(hit);
                }
            }
        }
        best
    }

    /// As much of the spelling as stands around some of its characters.
    fn grown(&self, text: &[u8], floor: usize, starts: &[usize], place: Place) -> Option<Hit> {
        let spelling = &self.spellings[place.spelling];
        let reach = Reach::of(text, floor, starts, &spelling.bytes, place.at, self.ways(spelling));
        let secret = reach.from.max(spelling.secret.start)..reach.to.min(spelling.secret.end);
        (secret.len() >= spelling.window).then(|| reach.hit(text, floor, spelling))
    }
}

fn packed(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |packed, byte| packed << 8 | u128::from(*byte))
}
