//! All grams that can stand in any writing of a spelling.

use crate::redact::escape::Ways;
use crate::redact::grams::Grams;

/// Texts of the same length, up to four bytes, the first in the lowest bits.
type Texts = Vec<u32>;

/// What one character contributes.
struct Pieces<'a> {
    ways: &'a [Vec<u8>],
    /// Distinct ends of its ways, by length.
    tails: [Texts; Grams::LENGTH],
    /// Grams inside one way.
    inner: Texts,
}

impl<'a> Pieces<'a> {
    fn new(ways: &'a [Vec<u8>]) -> Self {
        let mut tails: [Texts; Grams::LENGTH] = Default::default();
        for way in ways {
            for length in 1..Grams::LENGTH.min(way.len() + 1) {
                tails[length].push(packed(&way[way.len() - length..]));
            }
        }
        tails.iter_mut().for_each(distinct);
        let mut inner =
            ways.iter().flat_map(|way| way.windows(Grams::LENGTH).map(packed)).collect();
        distinct(&mut inner);
        Self { ways, tails, inner }
    }
}

/// Adds the grams of a spelling in all of its writings.
pub(super) fn grams(spelled: &[u8], ways: &Ways, grams: &mut Vec<u32>) {
    let mut pieces: Vec<Option<Pieces<'_>>> = (0..256).map(|_| None).collect();
    let mut following: [Texts; Grams::LENGTH] = [vec![0], Texts::new(), Texts::new(), Texts::new()];
    for byte in spelled.iter().rev() {
        let piece =
            pieces[usize::from(*byte)].get_or_insert_with(|| Pieces::new(&ways.of(*byte).ways));
        grams.extend(&piece.inner);
        for (length, tails) in piece.tails.iter().enumerate().skip(1) {
            for tail in tails {
                grams.extend(
                    following[Grams::LENGTH - length]
                        .iter()
                        .map(|next| tail | next << (8 * length)),
                );
            }
        }
        following = std::array::from_fn(|length| beginnings(piece.ways, &following, length));
    }
}

/// All beginnings of some length, from a character on.
fn beginnings(ways: &[Vec<u8>], following: &[Texts], length: usize) -> Texts {
    let mut texts = Texts::new();
    for way in ways {
        let taken = length.min(way.len());
        let head = packed(&way[..taken]);
        texts.extend(following[length - taken].iter().map(|next| head | next << (8 * taken)));
    }
    distinct(&mut texts);
    texts
}

fn packed(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u32::from(*byte))
}

fn distinct(texts: &mut Texts) {
    texts.sort_unstable();
    texts.dedup();
}
