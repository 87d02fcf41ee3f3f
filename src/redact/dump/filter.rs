//! Tells with a few looks that a text is no dump of a secret.

use std::ops::Range;

use super::forms::{self, DIGITS, GAP, GRAM, OTHER, SYMBOLS};
use super::row::{self, Reading, Row};
use crate::redact::grams::Grams;
use crate::redact::spelling::Spelling;
use crate::redact::work;

/// From one look to the next: lines of four bytes have one, and no dump repeats itself after so
/// many characters that all of them miss it.
pub(super) const STRIDES: [usize; 2] = [8, 9];

/// Bytes after a pair that can change how a dump of the pair looks.
const PART: usize = 14;

/// Arrangements without a gap: a byte begins at the first digit, or at the second.
const EVEN: usize = 0;
const ODD: usize = 1 << DIGITS;

/// The fewest bytes of a secret in a row that make a dump.
const FEWEST: usize = 4;

/// Words up to this length have to begin where they do; in a longer one a byte begins anywhere.
const WORD: usize = 14;

pub(super) struct Filter {
    /// In which arrangements of digits and gaps each byte may be first, second, third and fourth.
    places: Box<[[u64; 256]; DIGITS]>,
    grams: Grams,
    /// Two bytes that follow each other in a spelling, one bit each.
    pairs: Vec<u64>,
}

impl Filter {
    pub(super) fn new(spellings: &[&Spelling]) -> Self {
        let (mut grams, mut pairs) = (Vec::new(), vec![0; (1 << 16) / 64]);
        let mut places = [[0_u64; 256]; DIGITS];
        let mut arrange = |gram: &[u8], number: usize| {
            for (place, symbol) in places.iter_mut().zip(gram) {
                place[usize::from(*symbol)] |= 1 << number;
            }
        };
        let secrets = spellings.iter().map(|spelling| &spelling.bytes[spelling.secret.clone()]);
        let parts = secrets.flat_map(|secret| {
            (2..=secret.len()).map(|end| &secret[end - 2..secret.len().min(end + PART)])
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort_unstable();
        parts.dedup();
        for part in parts {
            let [one, other] = [part[0], part[1]];
            pairs[pair_of(one, other) / 64] |= 1 << (pair_of(one, other) % 64);
            // In a word of several bytes one begins at each second digit.
            let digits = [one >> 4, one & 15, other >> 4, other & 15];
            arrange(&digits, EVEN);
            arrange(&[digits[1], digits[2], digits[3], digits[0]], ODD);
            forms::grams(part, &mut grams);
        }
        for (way, gram) in &grams {
            let gaps = gram[..DIGITS].iter().map(|symbol| usize::from(*symbol == GAP));
            arrange(&gram[..DIGITS], gaps.fold(*way, |gaps, gap| gaps << 1 | gap));
        }
        let places = places.map(|place| {
            SYMBOLS.map(|symbol| if symbol == OTHER { 0 } else { place[usize::from(symbol)] })
        });
        Self {
            places: Box::new(places),
            grams: Grams::new(&grams.iter().map(|(_, gram)| packed(*gram)).collect::<Vec<_>>()),
            pairs,
        }
    }

    fn has_pair(&self, one: u8, other: u8) -> bool {
        let pair = pair_of(one, other);
        self.pairs[pair / 64] >> (pair % 64) & 1 == 1
    }

    /// The first place from `at` on, in strides, that can be in a dump.
    pub(super) fn next(&self, text: &[u8], mut at: usize) -> Option<usize> {
        let [first, second, third, fourth] = &*self.places;
        let fits = |at: usize| {
            let look: &[u8; DIGITS] = text.get(at..)?.first_chunk()?;
            let [one, two, three, four] = look.map(usize::from);
            let fits = first[one] & second[two] & third[three] & fourth[four] != 0;
            Some(fits && self.may_be(text, at))
        };
        loop {
            for stride in STRIDES {
                if fits(at)? {
                    return Some(at);
                }
                at += stride;
            }
        }
    }

    fn may_be(&self, text: &[u8], at: usize) -> bool {
        work::looked(GRAM);
        let Some(gram) = text.get(at..).and_then(|text| text.first_chunk::<GRAM>()) else {
            return self.is_inside(text, at);
        };
        let gram = gram.map(|byte| SYMBOLS[usize::from(byte)]);
        if gram[..DIGITS].iter().all(|symbol| *symbol < GAP) {
            // A byte begins here, or one digit before or after.
            return (at.saturating_sub(1)..at + 2).any(|at| self.is_inside(text, at));
        }
        !gram.contains(&OTHER) && self.grams.has(packed(gram))
    }

    /// True if the two bytes that begin here follow each other in a spelling.
    fn is_inside(&self, text: &[u8], at: usize) -> bool {
        let digits = text.get(at..).and_then(|text| text.first_chunk::<DIGITS>());
        digits.is_some_and(|digits| {
            let [one, two, three, four] = digits.map(|byte| SYMBOLS[usize::from(byte)]);
            one.max(two).max(three).max(four) < GAP
                && self.has_pair(one << 4 | two, three << 4 | four)
        })
    }

    /// True if some bytes of a secret stand in a row around the number at a place, read in some way.
    pub(super) fn is_dump(&self, text: &[u8], number: &Range<usize>, reading: Reading) -> bool {
        let digits = row::without_prefix(&text[number.clone()]);
        if digits.len() > WORD {
            return matches!(reading, Reading::Hex | Reading::Swapped)
                && [digits, &digits[1..]].iter().any(|digits| self.has_run(row::pairs(digits)));
        }
        if !reading.reads(digits) {
            return false;
        }
        let around = reading.around();
        let part = number.start.saturating_sub(around)..text.len().min(number.end + around);
        let mut units = Vec::new();
        Row::all(text, whole(text, part), reading, None, &mut units);
        self.has_run(units.iter().map(|unit| unit.byte))
    }

    fn has_run(&self, bytes: impl Iterator<Item = u8>) -> bool {
        let (mut last, mut run) = (None, 1);
        bytes.into_iter().any(|byte| {
            let is_next = last.replace(byte).is_some_and(|last| self.has_pair(last, byte));
            run = if is_next { run + 1 } else { 1 };
            run == FEWEST
        })
    }
}

/// The number at a place, or the part of it that is near.
pub(super) fn number(text: &[u8], at: usize) -> Range<usize> {
    let is_digit = |at: &usize| SYMBOLS[usize::from(text[*at])] < GAP;
    let digit = (at..text.len().min(at + GRAM)).find(is_digit).unwrap_or(at);
    whole(text, digit..digit)
}

/// A part of a text, and the words that it cuts.
fn whole(text: &[u8], part: Range<usize>) -> Range<usize> {
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric();
    let before = text[..part.start].iter().rev().take(WORD).take_while(is_word).count();
    let after = text[part.end..].iter().take(WORD).take_while(is_word).count();
    work::looked(before + after + 2);
    part.start - before..part.end + after
}

/// Six symbols as a number.
fn packed(gram: [u8; GRAM]) -> u32 {
    gram.iter().fold(0, |packed, symbol| packed << 5 | u32::from(*symbol))
}

fn pair_of(one: u8, other: u8) -> usize {
    usize::from(one) << 8 | usize::from(other)
}
