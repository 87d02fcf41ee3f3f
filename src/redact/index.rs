//! Finds needles in a text.

use std::ops::Range;

use super::grams::{Grams, Place, STRIDE};
use super::needle::{Code, FOLDED, Needle};
use super::work;

/// The bytes of a gram.
const GRAM: usize = 4;

/// From one piece of a secret to the next there are no more bytes than this.
const PIECE: usize = 96;

/// Where a needle stands in a text, and how much of it.
#[derive(Clone)]
pub(super) struct Found {
    /// Its number.
    pub(super) needle: usize,
    /// In the text.
    pub(super) range: Range<usize>,
    /// In the needle.
    pub(super) part: Range<usize>,
}

impl Found {
    /// True if it has a gram of its needle at a place of the text.
    fn has(&self, seed: usize, place: Place) -> bool {
        self.needle == place.text as usize
            && seed + self.part.start == self.range.start + place.at as usize
    }
}

/// Every gram of every needle.
pub(super) struct Index {
    pub(super) needles: Vec<Needle>,
    grams: Grams,
}

impl Index {
    pub(super) fn new(needles: Vec<Needle>) -> Self {
        let grams = Grams::new(
            GRAM,
            (0..).zip(&needles).flat_map(|(number, needle)| grams(number, needle)),
        );
        Self { needles, grams }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// Every place of a text, in strides, where a gram of a needle stands.
    pub(super) fn seeds<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let mut at = if self.is_empty() { text.len() } else { 0 };
        std::iter::from_fn(move || {
            let seed = self.grams.next(text, at)?;
            at = seed + STRIDE;
            Some(seed)
        })
    }

    /// Those of them that stand near each other, as they do in pieces of a secret. Digits in hex are
    /// in every log, and pieces of them are read as numbers.
    pub(super) fn near<'a>(
        &'a self,
        text: &'a [u8],
        seeds: impl Iterator<Item = usize> + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        let is_telling = |place: Place| self.needles[place.text as usize].code != Code::Hex;
        let mut last = None;
        seeds.filter(move |seed| self.grams.places(text, *seed).any(is_telling)).filter(
            move |seed| {
                let before = last.replace(*seed);
                before.is_some_and(|before| seed - before <= PIECE)
            },
        )
    }

    /// Every part of a needle that is long enough and has one of the seeds, in order; none of them
    /// overlap. `is_enough` tells it by the needle and the part.
    pub(super) fn find(
        &self,
        text: &[u8],
        seeds: impl Iterator<Item = usize>,
        is_enough: impl Fn(&Needle, &Range<usize>) -> bool,
        mut found: impl FnMut(Found) -> bool,
    ) {
        let mut end = 0;
        // What is too short is not grown again from each of its grams.
        let mut short: Vec<Found> = Vec::new();
        for seed in seeds {
            if seed < end {
                continue;
            }
            short.retain(|found| found.range.end > seed);
            let places = self.grams.places(text, seed);
            let places = places.filter(|place| !short.iter().any(|found| found.has(seed, *place)));
            let grown: Vec<Found> = places.map(|place| self.grown(text, seed, place)).collect();
            let (enough, others): (Vec<_>, Vec<_>) = grown
                .into_iter()
                .partition(|found| is_enough(&self.needles[found.needle], &found.part));
            short.extend(others);
            if let Some(hit) = enough.into_iter().max_by_key(|found| found.range.len()) {
                end = hit.range.end;
                if !found(hit) {
                    return;
                }
            }
        }
    }

    /// As much of a needle as stands around one gram of it.
    fn grown(&self, text: &[u8], seed: usize, place: Place) -> Found {
        let (number, at) = (place.text as usize, place.at as usize);
        let needle = &self.needles[number].folded;
        let is_same = |(one, other): &(&u8, &u8)| FOLDED[usize::from(**one)] == **other;
        let before = text[..seed].iter().rev().zip(needle[..at].iter().rev());
        let before = before.take_while(is_same).count();
        let after = text[seed..].iter().zip(&needle[at..]).take_while(is_same).count();
        work::looked(before + after);
        Found { needle: number, range: seed - before..seed + after, part: at - before..at + after }
    }
}

/// The grams of a needle. A public prefix is in every text about keys. Its last byte is enough: two
/// grams in a row reach into the core of any window.
fn grams(number: u32, needle: &Needle) -> Vec<(u32, Place)> {
    let from = needle.core.start.saturating_sub(1).max(needle.secret.start);
    let to = needle.secret.end.min(needle.core.end + 1);
    let mut grams = Vec::new();
    for at in from..to.saturating_sub(GRAM - 1) {
        let place = Place { text: number, at: u32::try_from(at).unwrap_or(u32::MAX) };
        spell(&needle.folded[at..at + GRAM], 0, &mut |gram| grams.push((gram, place)));
    }
    grams
}

/// Tells the grams of every text that is folded to this one: both alphabets of base64 are.
fn spell(folded: &[u8], gram: u32, tell: &mut impl FnMut(u32)) {
    let Some((last, rest)) = folded.split_last() else { return tell(gram) };
    let spellings = match last {
        b'-' => b"-+",
        b'_' => b"_/",
        last => std::slice::from_ref(last),
    };
    for spelling in spellings {
        spell(rest, gram << 8 | u32::from(*spelling), tell);
    }
}
