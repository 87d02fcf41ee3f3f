//! Signs that nobody sees, and those that a text editor puts in place of plain ones.

use super::{Oddity, Origin, Peeled, Unit};

/// Takes out what can't be seen, and puts plain signs in place of their ornate twins.
pub(super) fn clean(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let unit = peeled.units[at];
        let Some((length, oddity, plain)) = sign(&bytes[at..], at == 0) else {
            kept.push(unit);
            at += 1;
            continue;
        };
        for gone in peeled.units[at..at + length].iter().filter_map(|unit| unit.at) {
            peeled.origin[gone] = Origin::Public;
        }
        // A file in UTF-16 has a zero byte beside each letter: its mark says all.
        let utf16 = bytes[at] == 0 && peeled.met.contains(&Oddity::Bom);
        peeled.met.insert(if utf16 { Oddity::Bom } else { oddity });
        kept.extend(plain.map(|byte| Unit { byte, at: unit.at }));
        at += length;
    }
    peeled.units = kept;
    peeled.units.len() < bytes.len()
}

/// How long the sign is, what it is, and the plain one in its place.
const fn sign(bytes: &[u8], first: bool) -> Option<(usize, Oddity, Option<u8>)> {
    Some(match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (3, Oddity::Bom, None),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] if first => (2, Oddity::Bom, None),
        [0, ..] => (1, Oddity::Invisible, None),
        // Zero-width characters, marks of direction, word joiners.
        [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA0..=0xAF, ..] => {
            (3, Oddity::Invisible, None)
        }
        // The soft hyphen.
        [0xC2, 0xAD, ..] => (2, Oddity::Invisible, None),
        // No-break and other wide or narrow spaces.
        [0xC2, 0xA0, ..] => (2, Oddity::Blanks, Some(b' ')),
        [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..] | [0xE2, 0x81, 0x9F, ..] | [0xE3, 0x80, 0x80, ..] => {
            (3, Oddity::Blanks, Some(b' '))
        }
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => (3, Oddity::LineBreak, Some(b' ')),
        // Dashes and the minus sign.
        [0xE2, 0x80, 0x90..=0x95, ..] | [0xE2, 0x88, 0x92, ..] => (3, Oddity::NonAscii, Some(b'-')),
        // Curly and angular quotation marks.
        [0xE2, 0x80, 0x98..=0x9F, ..] => (3, Oddity::Quotes, Some(b'"')),
        [0xC2, 0xAB | 0xBB, ..] => (2, Oddity::Quotes, Some(b'"')),
        _ => return None,
    })
}
