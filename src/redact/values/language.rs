//! All grams that can stand in any writing of a spelling.

use crate::redact::escape::Ways;
use crate::redact::grams::Grams;

/// Texts of the same length, up to four bytes, the first in the lowest bits.
type Texts = Vec<u32>;

/// The spellings of one character.
struct Pieces<'a> {
    /// Its ways shorter than a gram.
    short: Vec<&'a [u8]>,
    /// Distinct beginnings of its ways, by length.
    heads: [Texts; Grams::LENGTH],
    /// Distinct ends of its ways, by length.
    tails: [Texts; Grams::LENGTH],
    /// Grams inside one way.
    inner: Texts,
}

impl<'a> Pieces<'a> {
    fn new(ways: &'a [Vec<u8>]) -> Self {
        let mut heads: [Texts; Grams::LENGTH] = Default::default();
        let mut tails: [Texts; Grams::LENGTH] = Default::default();
        for way in ways {
            for length in 1..Grams::LENGTH.min(way.len() + 1) {
                heads[length].push(packed(&way[..length]));
                tails[length].push(packed(&way[way.len() - length..]));
            }
        }
        heads.iter_mut().chain(&mut tails).for_each(distinct);
        heads[0] = vec![0];
        let mut inner =
            ways.iter().flat_map(|way| way.windows(Grams::LENGTH).map(packed)).collect();
        distinct(&mut inner);
        let short = ways.iter().map(Vec::as_slice).filter(|way| way.len() < Grams::LENGTH);
        Self { short: short.collect(), heads, tails, inner }
    }

    /// All beginnings of some length, from this character on.
    fn beginnings(&self, following: &[Texts], length: usize) -> Texts {
        let mut texts = self.heads[length].clone();
        for way in self.short.iter().filter(|way| way.len() < length) {
            let head = packed(way);
            let following = &following[length - way.len()];
            texts.extend(following.iter().map(|next| head | next << (8 * way.len())));
        }
        distinct(&mut texts);
        texts
    }
}

/// All characters in all their ways.
pub(super) struct Language<'a> {
    ways: &'a Ways,
    pieces: Vec<Option<Pieces<'a>>>,
}

impl<'a> Language<'a> {
    pub(super) fn new(ways: &'a Ways) -> Self {
        Self { ways, pieces: (0..256).map(|_| None).collect() }
    }

    /// Adds the grams of a spelling in all of its writings.
    pub(super) fn grams(&mut self, spelled: &[u8], grams: &mut Vec<u32>) {
        let mut following: [Texts; Grams::LENGTH] =
            [vec![0], Texts::new(), Texts::new(), Texts::new()];
        for byte in spelled.iter().rev() {
            let new = || {
                let pieces = Pieces::new(&self.ways.of(*byte).ways);
                grams.extend(&pieces.inner);
                pieces
            };
            let pieces = self.pieces[usize::from(*byte)].get_or_insert_with(new);
            for (length, tails) in pieces.tails.iter().enumerate().skip(1) {
                for tail in tails {
                    grams.extend(
                        following[Grams::LENGTH - length]
                            .iter()
                            .map(|next| tail | next << (8 * length)),
                    );
                }
            }
            following = std::array::from_fn(|length| pieces.beginnings(&following, length));
        }
    }
}

fn packed(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u32::from(*byte))
}

fn distinct(texts: &mut Texts) {
    texts.sort_unstable();
    texts.dedup();
}
