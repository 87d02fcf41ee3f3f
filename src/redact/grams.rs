//! Which four bytes can be part of a secret: one look decides for most places of a text.

/// A Bloom filter of four bytes at a time, with one hash.
#[derive(Clone)]
pub(super) struct Grams {
    words: Vec<u64>,
    shift: u32,
}

impl Grams {
    pub(super) const LENGTH: usize = 4;

    /// Four bytes of a text.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Option<u32> {
        text.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Sixteen bits or more for each gram. Most grams come many times, and how many differ shows only
    /// when all are in, so the filter begins with room for all and is folded together then.
    pub(super) fn new(grams: &[u32]) -> Self {
        let words_for = |grams: usize| (grams / 4).next_power_of_two().clamp(1 << 9, 1 << 20);
        let mut filter = Self::of_words(vec![0; words_for(grams.len())]);
        for gram in grams {
            let (word, bit) = filter.place(*gram);
            filter.words[word] |= 1 << bit;
        }
        let distinct = filter.words.iter().map(|word| word.count_ones() as usize).sum();
        let at_once = filter.words.len() / words_for(distinct).min(filter.words.len());
        let folded =
            filter.words.chunks(at_once).map(|words| words.iter().fold(0, |all, word| all | word));
        Self::of_words(folded.collect())
    }

    /// The number of words must be a power of two.
    fn of_words(words: Vec<u64>) -> Self {
        let shift = 32 - words.len().ilog2();
        Self { words, shift }
    }

    /// True if these four bytes may be part of a secret.
    #[inline]
    pub(super) fn has(&self, gram: u32) -> bool {
        let (word, bit) = self.place(gram);
        self.words[word] >> bit & 1 == 1
    }

    /// The word of a gram, and the bit in it. Half as many words put neighbours together.
    #[inline]
    fn place(&self, gram: u32) -> (usize, u32) {
        let hash = gram.wrapping_mul(0x9E37_79B1);
        ((hash << 6 >> self.shift) as usize, hash >> 26)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Grams;

    #[test]
    fn grams_that_come_again_and_again_take_no_more_room() {
        let grams: Vec<u32> = (0..40_000).map(|n: u32| n.wrapping_mul(0x0101_6b2d)).collect();
        let once = Grams::new(&grams);
        let often = Grams::new(&grams.repeat(9));
        assert_eq!(once.words, often.words);
        assert!(grams.iter().all(|gram| often.has(*gram)));
        let known: BTreeSet<u32> = grams.into_iter().collect();
        let others = (0..100_000).map(|n: u32| n.wrapping_mul(0x0203_51a7) ^ 0x8000_0001);
        let met = others.filter(|gram| !known.contains(gram) && often.has(*gram)).count();
        assert!(met < 10_000, "{met} of 100,000 strangers");
    }
}
