//! Which four bytes can be part of a secret: one look decides for most places of a text.

/// A Bloom filter of four bytes at a time, with one hash.
#[derive(Clone)]
pub(super) struct Grams {
    bits: Vec<u64>,
    shift: u32,
}

impl Grams {
    pub(super) const LENGTH: usize = 4;

    /// Four bytes of a text.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Option<u32> {
        text.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    pub(super) fn new(mut grams: Vec<u32>) -> Self {
        grams.sort_unstable();
        grams.dedup();
        let words = (grams.len() / 4).next_power_of_two().clamp(1 << 9, 1 << 20);
        let mut filter = Self { bits: vec![0; words], shift: 32 - (words.ilog2() + 6) };
        for gram in grams {
            let bit = filter.bit(gram);
            filter.bits[bit / 64] |= 1 << (bit % 64);
        }
        filter
    }

    /// Whether these four bytes may be part of a secret.
    #[inline]
    pub(super) fn has(&self, gram: u32) -> bool {
        let bit = self.bit(gram);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline]
    fn bit(&self, gram: u32) -> usize {
        (gram.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }
}
