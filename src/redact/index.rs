//! Finds needles in a text with one look at every second place.

use std::ops::Range;

use super::needle::{Code, FOLDED, Needle};
use super::work;

/// The bytes of a gram.
const GRAM: usize = 4;

/// From one look to the next: any five bytes in a row have a gram at such a place.
const STRIDE: usize = 2;

/// From one piece of a secret to the next there are no more bytes than this.
const PIECE: usize = 96;

/// Where in which needle a gram stands.
#[derive(Clone, Copy)]
struct Place {
    needle: u32,
    at: u32,
}

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
        self.needle == place.needle as usize
            && seed + self.part.start == self.range.start + place.at as usize
    }
}

/// Every gram of every needle.
pub(super) struct Index {
    pub(super) needles: Vec<Needle>,
    /// A Bloom filter: one bit for each gram.
    bits: Vec<u64>,
    shift: u32,
    /// In order of their grams.
    places: Vec<(u32, Place)>,
}

impl Index {
    pub(super) fn new(needles: Vec<Needle>) -> Self {
        let mut places = Vec::new();
        for (number, needle) in (0..).zip(&needles) {
            // A public prefix is in every text about keys. Its last byte is enough: two grams in a row
            // reach into the core of any window.
            let from = needle.core.start.saturating_sub(1).max(needle.secret.start);
            let to = needle.secret.end.min(needle.core.end + 1);
            for at in from..to.saturating_sub(GRAM - 1) {
                let place = Place { needle: number, at: u32::try_from(at).unwrap_or(u32::MAX) };
                let grams = spelled(&needle.folded[at..at + GRAM]);
                places.extend(grams.into_iter().map(|gram| (gram, place)));
            }
        }
        places.sort_unstable_by_key(|(gram, place)| (*gram, place.needle, place.at));
        let words = places.len().next_power_of_two().clamp(1 << 10, 1 << 18);
        let mut index = Self { needles, bits: vec![0; words], shift: 32 - words.ilog2(), places };
        for (gram, _) in &index.places {
            let (word, bit) = place(*gram, index.shift);
            index.bits[word] |= 1 << bit;
        }
        index
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    #[inline]
    fn may_have(&self, gram: u32) -> bool {
        let (word, bit) = place(gram, self.shift);
        self.bits[word] >> bit & 1 == 1
    }

    fn places(&self, gram: u32) -> impl Iterator<Item = Place> {
        let first = self.places.partition_point(|(known, _)| *known < gram);
        let rest = self.places[first..].iter();
        rest.take_while(move |(known, _)| *known == gram).map(|(_, place)| *place)
    }

    /// Where two grams of a secret stand near each other, as they do in pieces of it. Digits in hex are
    /// in every log, and pieces of them are read as numbers.
    pub(super) fn seeds(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let is_telling = |place: Place| self.needles[place.needle as usize].code != Code::Hex;
        let (mut at, mut last, mut seeds) = (part.start, None, Vec::new());
        while let Some(seed) = self.seed(&text[..part.end], at) {
            at = seed + STRIDE;
            let gram = gram(text, seed).unwrap_or_default();
            if self.places(gram).any(is_telling) {
                if last.is_some_and(|last| seed - last <= PIECE) {
                    seeds.push(seed);
                }
                last = Some(seed);
            }
        }
        seeds
    }

    /// The first place from `at` on, in strides, where a gram of a needle stands.
    fn seed(&self, text: &[u8], at: usize) -> Option<usize> {
        let grams = text.get(at..)?.windows(GRAM).step_by(STRIDE);
        let is_known = |bytes: &[u8]| {
            gram(bytes, 0)
                .is_some_and(|gram| self.may_have(gram) && self.places(gram).next().is_some())
        };
        let mut grams = grams.enumerate();
        grams.find(|(_, bytes)| is_known(bytes)).map(|(number, _)| at + number * STRIDE)
    }

    /// Every part of a needle in a text that is long enough, in order; none of them overlap.
    /// `is_enough` tells it by the needle and the part.
    pub(super) fn find(
        &self,
        text: &[u8],
        is_enough: impl Fn(&Needle, &Range<usize>) -> bool,
        mut found: impl FnMut(Found) -> bool,
    ) {
        if self.is_empty() {
            return;
        }
        let mut at = 0;
        // What is too short is not grown again from each of its grams.
        let mut short: Vec<Found> = Vec::new();
        while let Some(seed) = self.seed(text, at) {
            at = seed + STRIDE;
            short.retain(|found| found.range.end > seed);
            let gram = gram(text, seed).unwrap_or_default();
            let places = self
                .places(gram)
                .filter(|place| !short.iter().any(|found| found.has(seed, *place)));
            let grown: Vec<Found> = places.map(|place| self.grown(text, seed, place)).collect();
            let (enough, others): (Vec<_>, Vec<_>) = grown
                .into_iter()
                .partition(|found| is_enough(&self.needles[found.needle], &found.part));
            short.extend(others);
            if let Some(hit) = enough.into_iter().max_by_key(|found| found.range.len()) {
                at = hit.range.end.max(at);
                if !found(hit) {
                    return;
                }
            }
        }
    }

    /// As much of a needle as stands around one gram of it.
    fn grown(&self, text: &[u8], seed: usize, place: Place) -> Found {
        let (number, at) = (place.needle as usize, place.at as usize);
        let needle = &self.needles[number].folded;
        let is_same = |(one, other): &(&u8, &u8)| FOLDED[usize::from(**one)] == **other;
        let before = text[..seed].iter().rev().zip(needle[..at].iter().rev());
        let before = before.take_while(is_same).count();
        let after = text[seed..].iter().zip(&needle[at..]).take_while(is_same).count();
        work::looked(before + after);
        Found { needle: number, range: seed - before..seed + after, part: at - before..at + after }
    }
}

/// The bit that tells small letters from capital ones.
const CASE: u32 = 0x2020_2020;

/// Four bytes of a text, without their letter case.
#[inline]
fn gram(text: &[u8], at: usize) -> Option<u32> {
    text.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes) | CASE)
}

/// The grams of every text that is folded to this one: both alphabets of base64 are.
fn spelled(folded: &[u8]) -> Vec<u32> {
    let grams = folded.iter().rev().fold(vec![0], |grams: Vec<u32>, byte| {
        let spellings = match byte {
            b'-' => b"-+",
            b'_' => b"_/",
            byte => std::slice::from_ref(byte),
        };
        let longer = |byte: &u8| grams.iter().map(|gram| gram << 8 | u32::from(*byte)).collect();
        spellings.iter().flat_map(|byte| -> Vec<u32> { longer(byte) }).collect()
    });
    grams.iter().map(|gram| gram | CASE).collect()
}

/// The word of a gram, and the bit in it.
#[inline]
fn place(gram: u32, shift: u32) -> (usize, u32) {
    let hash = gram.wrapping_mul(0x9E37_79B1);
    ((hash << 6 >> shift) as usize, hash >> 26)
}
