//! Finds many short texts in a long one with one look at every second place.

/// From one look to the next: of two grams that begin next to each other one is looked at.
pub(super) const STRIDE: usize = 2;

/// So many hashes for each gram: few other ones have the same.
const SPARSE: usize = 16;

/// The bit that tells small letters from capital ones.
const CASE: u32 = 0x2020_2020;

/// Where in which text a gram stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The number of the text.
    pub(super) text: u32,
    pub(super) at: u32,
}

/// Some bytes in a row of each of many texts, without their letter case.
pub(super) struct Grams {
    /// The bits of a word that a gram has.
    mask: u32,
    /// By the hash of a gram, whether one of them has it. A byte is read faster than a bit.
    hashes: Vec<bool>,
    shift: u32,
    /// In order of their grams.
    places: Vec<(u32, Place)>,
}

impl Grams {
    /// Knows grams of so many bytes, at most four.
    pub(super) fn new(length: usize, grams: impl Iterator<Item = (u32, Place)>) -> Self {
        let mask = u32::MAX >> (8 * (4 - length));
        let mut places: Vec<_> = grams.map(|(gram, place)| ((gram | CASE) & mask, place)).collect();
        places.sort_unstable_by_key(|(gram, place)| (*gram, place.text, place.at));
        let size = (places.len() * SPARSE).next_power_of_two().clamp(1 << 16, 1 << 22);
        let shift = 32 - size.ilog2();
        let mut hashes = vec![false; size];
        for (gram, _) in &places {
            hashes[hash(*gram, shift)] = true;
        }
        Self { mask, hashes, shift, places }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The first place from `at` on, in strides, where a gram stands.
    pub(super) fn next(&self, text: &[u8], mut at: usize) -> Option<usize> {
        // Four places at once.
        while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk::<12>) {
            let (words, _) = bytes.as_chunks();
            let one = u32::from_le_bytes(words[0]);
            let two = u32::from_le_bytes(words[1]);
            let three = u32::from_le_bytes(words[2]);
            let grams = [
                self.folded(one),
                self.folded(one >> 16 | two << 16),
                self.folded(two),
                self.folded(two >> 16 | three << 16),
            ];
            let may_have = self.may_have(grams[0])
                | self.may_have(grams[1])
                | self.may_have(grams[2])
                | self.may_have(grams[3]);
            if may_have && let Some(number) = grams.iter().position(|gram| self.has(*gram)) {
                return Some(at + number * STRIDE);
            }
            at += 4 * STRIDE;
        }
        let rest = text.get(at..)?;
        let known = (0..rest.len()).step_by(STRIDE).find(|place| self.has(self.at(rest, *place)));
        known.map(|place| at + place)
    }

    /// The texts that have the gram which stands here, and where.
    pub(super) fn places(&self, text: &[u8], at: usize) -> impl Iterator<Item = Place> {
        let gram = self.at(text, at);
        let first = self.places.partition_point(|(known, _)| *known < gram);
        let rest = self.places[first..].iter();
        rest.take_while(move |(known, _)| *known == gram).map(|(_, place)| *place)
    }

    /// The same for any place, where there is seldom one.
    pub(super) fn here(&self, text: &[u8], at: usize) -> impl Iterator<Item = Place> {
        let has = self.may_have(self.at(text, at));
        has.then(|| self.places(text, at)).into_iter().flatten()
    }

    /// The gram that stands here; NULs stand for what lies behind the end of the text.
    #[inline]
    fn at(&self, text: &[u8], at: usize) -> u32 {
        let byte = |ahead: usize| text.get(at + ahead).copied().unwrap_or_default();
        self.folded(u32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)]))
    }

    #[inline]
    fn folded(&self, bytes: u32) -> u32 {
        (bytes | CASE) & self.mask
    }

    #[inline]
    fn may_have(&self, gram: u32) -> bool {
        self.hashes[hash(gram, self.shift)]
    }

    #[inline]
    fn has(&self, gram: u32) -> bool {
        self.may_have(gram) && self.places.binary_search_by_key(&gram, |(known, _)| *known).is_ok()
    }
}

#[inline]
fn hash(gram: u32, shift: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> shift) as usize
}
