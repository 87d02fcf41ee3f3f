//! Forms of a few characters in a dump of a secret, with anything between the numbers.

/// Symbol for the gap between numbers: all but letters and digits, and the `x` of `0x`.
pub(super) const GAP: u8 = 16;

/// Symbol for characters that are in no dump.
pub(super) const OTHER: u8 = 17;

/// Symbols in a row that hardly ever match by chance.
pub(super) const GRAM: usize = 6;

/// Symbols, and the way in which they are written, a small number.
pub(super) type Gram = (usize, [u8; GRAM]);

/// Octal numbers begin like many others, and are looked at as a whole only.
const OCTAL: usize = 2;

/// In so many digits without a gap every two bytes are looked at by themselves.
pub(super) const DIGITS: usize = 4;

/// Sizes of words: bytes that are written together, perhaps the last one first.
const WORDS: [usize; 3] = [2, 4, 8];

/// Which digit a byte is, or what else.
pub(super) const SYMBOLS: [u8; 256] = {
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

/// Adds everything that can stand at the start of a part of a secret.
pub(super) fn grams(secret: &[u8], grams: &mut Vec<Gram>) {
    for size in WORDS {
        let words = secret.chunks_exact(size).take(2);
        let turned = words.clone().map(|word| word.iter().rev().copied().collect::<Vec<_>>());
        beside(&words.map(<[u8]>::to_vec).collect::<Vec<_>>(), grams);
        beside(&turned.collect::<Vec<_>>(), grams);
    }
    for (way, write) in [hex, decimal, octal].into_iter().enumerate() {
        let numbers: Vec<_> = secret.iter().take(3).map(|byte| write(*byte)).collect();
        add(way, &numbers, &[GAP], grams);
        add(way, &numbers, &[GAP, GAP], grams);
    }
    let prefixed: Vec<_> =
        secret.iter().take(2).map(|byte| [&[0, GAP], &hex(*byte)[..]].concat()).collect();
    add(0, &prefixed, &[GAP], grams);
    add(0, &prefixed, &[GAP, GAP], grams);
    // A number on a line of its own, or after its name.
    let alone: Vec<_> = secret.iter().take(1).map(|byte| decimal(*byte)).collect();
    add(3, &alone, &[GAP; GRAM - 2], grams);
}

/// The symbols around the gap between two words.
fn beside(words: &[Vec<u8>], grams: &mut Vec<Gram>) {
    if let [one, other] = words {
        let one = &one[one.len().saturating_sub(GRAM / 2)..];
        let other = &other[..other.len().min(GRAM / 2)];
        let digits = [one, other].map(|word| word.iter().copied().flat_map(hex).collect());
        add(0, &digits, &[GAP], grams);
    }
}

fn add(way: usize, numbers: &[Vec<u8>], gap: &[u8], grams: &mut Vec<Gram>) {
    let text = [&[GAP], &numbers.join(gap)[..], gap].concat();
    let all =
        text.windows(GRAM).filter_map(|gram| gram.try_into().ok()).filter(|gram| is_telling(*gram));
    let all = all.filter(|gram: &[u8; GRAM]| way != OCTAL || !gram[1..DIGITS - 1].contains(&GAP));
    grams.extend(all.map(|gram| (way, gram)));
}

/// Blanks are in every text, and so are a few digits after blanks; many digits are told apart otherwise.
fn is_telling(gram: [u8; GRAM]) -> bool {
    !gram.starts_with(&[GAP; 3]) && gram[..DIGITS].contains(&GAP)
}

fn hex(byte: u8) -> Vec<u8> {
    vec![byte >> 4, byte & 15]
}

fn decimal(byte: u8) -> Vec<u8> {
    byte.to_string().bytes().map(|digit| digit - b'0').collect()
}

fn octal(byte: u8) -> Vec<u8> {
    vec![byte >> 6, byte >> 3 & 7, byte & 7]
}
