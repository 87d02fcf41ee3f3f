//! Tells with a few looks that a text is no dump of a secret.

use std::ops::Range;

use super::row::{self, Reading, Row, SWAPPED};
use crate::redact::spelling::Spelling;
use crate::redact::work;

/// What stands between numbers: all but letters and digits, and the `x` of `0x`.
const GAP: u8 = 16;

/// What is in no dump.
const OTHER: u8 = 17;

/// Which digit a byte is, or what else.
const SYMBOLS: [u8; 256] = {
    let mut symbols = [GAP; 256];
    let mut at = 0_usize;
    while at < 256 {
        let byte = at.to_le_bytes()[0];
        symbols[at] = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'x' | b'X' => GAP,
            _ if byte.is_ascii_alphabetic() => OTHER,
            _ => GAP,
        };
        at += 1;
    }
    symbols
};

/// Symbols that are in dumps.
const COUNT: usize = 17;

/// So many symbols are looked at together.
const GRAM: usize = 4;

/// The looks in so many bytes: no dump has a period that all of them miss it in.
const STEP: usize = 27;
const LOOKS: [usize; 3] = [0, 8, 17];

/// So many bytes of a secret in a row make a dump.
const FEWEST: usize = 4;

/// Words up to this length have to begin where they do; in a longer one a byte begins anywhere.
const WORD: usize = 18;

pub(super) struct Filter {
    /// The symbols that may follow each byte, one bit each.
    follow: [u32; 256],
    /// The symbol that each byte is, as such a bit.
    bits: [u32; 256],
    grams: Vec<u64>,
    /// Two bytes that follow each other in a spelling.
    pairs: Vec<u64>,
}

impl Filter {
    pub(super) fn new(spellings: &[&Spelling]) -> Self {
        let mut filter = Self {
            follow: [0; 256],
            bits: [0; 256],
            grams: vec![0; COUNT.pow(4).div_ceil(64)],
            pairs: vec![0; (1 << 16) / 64],
        };
        for spelling in spellings {
            let secret = &spelling.bytes[spelling.secret.clone()];
            for (at, pair) in secret.windows(2).enumerate() {
                if !filter.has_pair(pair[0], pair[1]) {
                    set(&mut filter.pairs, pair_of(pair[0], pair[1]));
                    filter.write([pair[0], pair[1]]);
                }
                filter.write_words(&secret[at..]);
            }
        }
        let follow = filter.follow;
        for (byte, symbol) in SYMBOLS.iter().enumerate() {
            let is_other = *symbol == OTHER;
            filter.follow[byte] = if is_other { 0 } else { follow[usize::from(*symbol)] };
            filter.bits[byte] = if is_other { 0 } else { 1 << symbol };
        }
        filter
    }

    /// Two bytes in all the ways in which dumps write them.
    fn write(&mut self, pair: [u8; 2]) {
        let [one, other] = pair.map(hex);
        self.add(&symbols(&[&[GAP], &one, &other, &[GAP]]));
        for [one, other] in [[one.to_vec(), other.to_vec()], pair.map(decimal), pair.map(octal)] {
            self.add(&symbols(&[&[GAP], &one, &[GAP], &other, &[GAP]]));
            self.add(&symbols(&[&[GAP, GAP], &one, &[GAP, GAP], &other, &[GAP, GAP]]));
        }
        for digits in [one, other] {
            self.add(&symbols(&[&[0, GAP], &digits]));
        }
    }

    /// The inside of words of several bytes, and what follows each other in a dump where the
    /// last byte of a word is written first.
    fn write_words(&mut self, secret: &[u8]) {
        let inside: Vec<_> = secret.iter().take(3).copied().flat_map(hex).collect();
        self.add(&inside);
        for far in SWAPPED.iter().filter_map(|size| secret.get(2 * size - 1)) {
            self.add(&symbols(&[&hex(secret[0]), &[GAP], &hex(*far)]));
        }
    }

    fn add(&mut self, text: &[u8]) {
        for gram in text.windows(GRAM) {
            // Two gaps and what is left of two numbers are in every text.
            if gram.iter().copied().map(|symbol| usize::from(symbol == GAP)).sum::<usize>() <= 2 {
                set(&mut self.grams, gram_of(gram));
                self.follow[usize::from(gram[0])] |= 1 << gram[1];
            }
        }
    }

    fn has_pair(&self, one: u8, other: u8) -> bool {
        has(&self.pairs, pair_of(one, other))
    }

    /// The places from `from` on that can be in a dump.
    pub(super) fn places<'a>(
        &'a self,
        text: &'a [u8],
        from: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let steps = text.get(from..).unwrap_or_default().chunks(STEP).enumerate();
        steps.flat_map(move |(number, step)| {
            let may_be = |look: &usize| {
                step.get(*look..look + 2).is_some_and(|pair| {
                    self.follow[usize::from(pair[0])] & self.bits[usize::from(pair[1])] != 0
                })
            };
            let looks =
                LOOKS.into_iter().filter(may_be).map(move |look| from + number * STEP + look);
            looks.filter(|at| self.is_gram(text, *at))
        })
    }

    fn is_gram(&self, text: &[u8], at: usize) -> bool {
        work::looked(GRAM);
        text.get(at..at + GRAM).is_some_and(|bytes| {
            let symbols =
                [bytes[0], bytes[1], bytes[2], bytes[3]].map(|byte| SYMBOLS[usize::from(byte)]);
            !symbols.contains(&OTHER) && has(&self.grams, gram_of(&symbols))
        })
    }

    /// Whether some bytes of a secret stand in a row around the number at a place, read in some way.
    pub(super) fn is_dump(&self, text: &[u8], number: &Range<usize>, reading: Reading) -> bool {
        let digits = &text[number.clone()];
        if number.len() > WORD {
            return reading == Reading::Hex
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
    let digit = (at..at + GRAM).find(is_digit).unwrap_or(at);
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

fn symbols(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn hex(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 15]
}

fn decimal(byte: u8) -> Vec<u8> {
    byte.to_string().bytes().map(|digit| digit - b'0').collect()
}

fn octal(byte: u8) -> Vec<u8> {
    vec![byte >> 6, byte >> 3 & 7, byte & 7]
}

fn gram_of(symbols: &[u8]) -> usize {
    symbols.iter().fold(0, |gram, symbol| gram * COUNT + usize::from(*symbol))
}

fn pair_of(one: u8, other: u8) -> usize {
    usize::from(one) << 8 | usize::from(other)
}

fn set(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

fn has(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}
