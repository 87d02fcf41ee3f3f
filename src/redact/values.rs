//! Finds the secrets of a run in a text, in every form, without reading most of the text.

use std::ops::RangeInclusive;

use super::escape::{self, Decoded, Escape, Ways};
use super::grams::Grams;
use super::hit::Hit;
use super::secret::Secret;
use super::spelling::{self, Spelling};
use super::work;

mod index;
mod language;
mod reach;

use index::{Index, Place};
use language::Language;
use reach::Reach;

/// Escapes that may lie on top of each other.
const LAYERS: usize = 3;

/// Escape signs before a match that are also tried as plain text.
const SIGNS: usize = 2;

/// The most characters that belong to one escape sign.
const SWALLOWED: usize = escape::LONGEST / 2;

/// Bytes that are decoded at once where candidates are dense, so that none is decoded twice.
const AT_ONCE: usize = 4 << 10;

/// All forms of all secrets.
pub(super) struct Values {
    spellings: Vec<Spelling>,
    ways: Ways,
    ways_of_encoded: Ways,
    /// Its window: the fewest characters in a row that any spelling asks for.
    index: Index,
    grams: Grams,
}

/// The secrets in other writings in a part of a text that was decoded.
#[derive(Default)]
struct Known {
    hits: Vec<Hit>,
    /// All that begin before this are known.
    until: usize,
    ahead: usize,
}

impl Values {
    pub(super) fn new(secrets: &[Secret], left_out: Option<&str>) -> Self {
        let known: Vec<_> =
            Escape::ALL.into_iter().filter(|escape| left_out != Some(escape.as_str())).collect();
        let spellings = spelling::all(secrets, left_out);
        let window = spellings.iter().map(|spelling| spelling.window).min().unwrap_or(16).min(16);
        let mut values = Self {
            ways: Ways::new(true, &known, &spellings),
            ways_of_encoded: Ways::new(false, &known, &spellings),
            index: Index::new(window, &spellings),
            grams: Grams::new(&[]),
            spellings,
        };
        values.grams = Grams::new(&values.all_grams());
        values
    }

    fn ways(&self, spelling: &Spelling) -> &Ways {
        if spelling.of_letters { &self.ways } else { &self.ways_of_encoded }
    }

    fn all_grams(&self) -> Vec<u32> {
        let mut grams = Vec::new();
        let mut languages = [&self.ways_of_encoded, &self.ways].map(Language::new);
        for spelling in &self.spellings {
            let spelled = &spelling.bytes[spelling.secret.clone()];
            languages[usize::from(spelling.of_letters)].grams(spelled, &mut grams);
        }
        grams
    }

    /// The first place at or after `from` where a secret stands.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<Hit> {
        let window = self.index.window;
        if self.spellings.is_empty() || text.len() < from + window {
            return None;
        }
        let stride = window + 1 - Grams::LENGTH;
        let mut known = Known::default();
        let mut start = from;
        while let Some(at) = self.candidate(text, start, stride) {
            if let Some(hit) = self.verified(text, from, at, &mut known) {
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
    fn verified(&self, text: &[u8], floor: usize, at: usize, known: &mut Known) -> Option<Hit> {
        let has = |at: usize| Grams::at(text, at).is_some_and(|gram| self.grams.has(gram));
        let window = self.index.window;
        let needed = window + 1 - Grams::LENGTH;
        let before = (1..needed).take_while(|back| at >= floor + back && has(at - back)).count();
        let after = (1..needed).take_while(|on| has(at + on)).count();
        work::looked(before + after + 1);
        if before + after + 1 < needed {
            return None;
        }
        let plain = &text[..text.len().min(at + window)];
        self.seeded(text, floor, plain, at - before, |at| at).or_else(|| {
            if at >= known.until {
                self.decode(text, floor, at, known);
            }
            let hits = known.hits.iter().filter(|hit| hit.start <= at);
            let hit = hits.min_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end))).copied();
            let begins_here = at == floor + before || !has(at - before - 1);
            hit.or_else(|| self.unswallowed(text, floor, at - before..=at, begins_here))
        })
    }

    /// Secrets that begin with characters which an escape sign right before them would take.
    /// A sign that follows another is read only where nothing before it can be part of a secret.
    fn unswallowed(
        &self,
        text: &[u8],
        floor: usize,
        begins: RangeInclusive<usize>,
        is_first: bool,
    ) -> Option<Hit> {
        let first = floor.max(begins.start().saturating_sub(SWALLOWED));
        let is_single = |at: usize| {
            let before = &text[floor.max(at.saturating_sub(SWALLOWED))..at];
            is_first || !before.iter().any(|byte| escape::is_sign(*byte))
        };
        let signs =
            (first..=*begins.end()).filter(|at| escape::is_sign(text[*at]) && is_single(*at));
        signs.take(SIGNS).find_map(|sign| self.decoded(text, floor, sign + 1))
    }

    /// The secret that begins in the first few characters after a place where escapes are read from.
    fn decoded(&self, text: &[u8], floor: usize, start: usize) -> Option<Hit> {
        if self.is_strange(&text[start..]) {
            return None;
        }
        let enough = self.index.window + SWALLOWED;
        let near = &text[start..text.len().min(start + enough * escape::LONGEST)];
        let begin = Decoded::first(near, start, enough);
        let hit = self.seeded(text, floor, &begin.bytes, 0, |at| begin.starts[at]);
        if hit.is_some() || !escape::is_escaped(&begin.bytes) {
            return hit.filter(|hit| hit.start < start + SWALLOWED);
        }
        let mut layer = Decoded::raw(near, start);
        for _ in 0..LAYERS {
            let next = layer.again();
            if next.bytes.len() == layer.bytes.len() {
                break;
            }
            layer = next;
            let hit = self.seeded(text, floor, &layer.bytes, 0, |at| layer.starts[at]);
            if let Some(hit) = hit.filter(|hit| hit.start < start + SWALLOWED) {
                return Some(hit);
            }
        }
        None
    }

    /// True if what stands before the next escape can be no part of a secret that begins in these
    /// first few characters.
    fn is_strange(&self, text: &[u8]) -> bool {
        let most = SWALLOWED + Grams::LENGTH;
        let literal = text.iter().take(most).take_while(|byte| !escape::is_sign(**byte)).count();
        work::looked(literal);
        let gram = Grams::at(text, literal.saturating_sub(Grams::LENGTH));
        let is_in_order = literal < most - 1 || gram.is_some_and(|gram| self.index.has(gram));
        // Less than that may stand before a secret that begins with the next escape.
        let is_known = literal < SWALLOWED || self.ways.knows(text[literal - 1]);
        !is_in_order || !is_known
    }

    /// Finds what is written otherwise around a candidate, and further on if the last one was near.
    fn decode(&self, text: &[u8], floor: usize, at: usize, known: &mut Known) {
        let reach = self.index.window * escape::LONGEST;
        let is_dense = known.until > 0 && at < known.until + reach;
        known.ahead = if is_dense { (known.ahead * 2).clamp(reach, AT_ONCE) } else { 0 };
        known.until = at + known.ahead + 1;
        known.hits.clear();
        let start = floor.max(at.saturating_sub(reach));
        let near = &text[start..text.len().min(at + known.ahead + reach)];
        if !escape::is_escaped(near) {
            return;
        }
        let mut layer = Decoded::raw(near, start);
        for _ in 0..LAYERS {
            let next = layer.again();
            if next.bytes.len() == layer.bytes.len() {
                break;
            }
            layer = next;
            let mut from = 0;
            while let Some(hit) =
                self.seeded(text, floor, &layer.bytes, from, |at| layer.starts[at])
            {
                from = layer.starts.partition_point(|start| *start < hit.end);
                known.hits.push(hit);
            }
        }
    }

    /// The first and longest secret that has a window among decoded characters from `from` on,
    /// each of which begins at `start` in the text.
    fn seeded(
        &self,
        text: &[u8],
        floor: usize,
        decoded: &[u8],
        mut from: usize,
        start: impl Fn(usize) -> usize,
    ) -> Option<Hit> {
        let window = self.index.window;
        while let Some((at, places)) = self.index.next(decoded, from) {
            let starts = [at, at + window / 2, at + window].map(&start);
            let hits =
                places.iter().filter_map(|(_, place)| self.grown(text, floor, starts, *place));
            let hit = hits.min_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
            if hit.is_some() {
                return hit;
            }
            from = at + 1;
        }
        None
    }

    /// As much of the spelling as stands around some of its characters.
    fn grown(&self, text: &[u8], floor: usize, starts: [usize; 3], place: Place) -> Option<Hit> {
        let spelling = &self.spellings[place.spelling];
        let at = place.at..place.at + self.index.window;
        let reach = Reach::of((text, floor), starts, &spelling.bytes, at, self.ways(spelling));
        let secret = reach.from.max(spelling.secret.start)..reach.to.min(spelling.secret.end);
        (secret.len() >= spelling.window).then(|| reach.hit(text, floor, spelling))
    }
}
