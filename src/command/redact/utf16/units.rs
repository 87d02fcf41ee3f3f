//! One character after the other, from UTF-16 to UTF-8 and back.

use super::Order;

/// Appends a unit to a text, after the first half of a pair if there is one; returns the first half
/// of the next.
pub(super) fn decode(half: Option<u16>, unit: u16, text: &mut Vec<u8>) -> Option<u16> {
    match (half, unit) {
        (Some(half), 0xDC00..=0xDFFF) => {
            let pair = u32::from(half - 0xD800) << 10 | u32::from(unit - 0xDC00);
            text.extend(sequence(0x1_0000 + pair));
            None
        }
        (half, unit) => {
            text.extend(half.into_iter().flat_map(|half| sequence(half.into())));
            if matches!(unit, 0xD800..=0xDBFF) {
                return Some(unit);
            }
            text.extend(sequence(unit.into()));
            None
        }
    }
}

/// The bytes of a character; half a pair has such, too.
pub(super) fn sequence(character: u32) -> impl Iterator<Item = u8> {
    let [low, mid, high, _] =
        [0, 6, 12, 18].map(|shift| (character >> shift & 0x3F | 0x80).to_le_bytes()[0]);
    let lead = |mark: u32, shift: u32| (mark | character >> shift).to_le_bytes()[0];
    let (bytes, length) = match character {
        0..=0x7F => ([lead(0, 0), 0, 0, 0], 1),
        0x80..=0x7FF => ([lead(0xC0, 6), low, 0, 0], 2),
        0x800..=0xFFFF => ([lead(0xE0, 12), mid, low, 0], 3),
        _ => ([lead(0xF0, 18), high, mid, low], 4),
    };
    bytes.into_iter().take(length)
}

/// The units of a text, and how many of its bytes that were: not the start of a character at its end.
pub(super) fn encode(text: &[u8]) -> (Vec<u16>, usize) {
    let mut units = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(lead) = text.get(at) {
        let length = match lead {
            0..=0x7F => 1,
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 0,
        };
        let rest = text[at + 1..].iter().take(usize::max(length, 1) - 1);
        let follow = rest.take_while(|byte| matches!(byte, 0x80..=0xBF)).count() + 1;
        if follow < length && at + follow == text.len() {
            break;
        }
        if length == 0 || follow < length {
            // A mask stands where the rest of the character was.
            units.push(0xFFFD);
            at += follow;
            continue;
        }
        push(character(&text[at..at + length]), &mut units);
        at += length;
    }
    (units, at)
}

fn character(sequence: &[u8]) -> u32 {
    let lead = match sequence.len() {
        1 => 0x7F,
        2 => 0x1F,
        3 => 0x0F,
        _ => 0x07,
    };
    let first = u32::from(sequence[0]) & lead;
    sequence[1..].iter().fold(first, |character, byte| character << 6 | u32::from(byte & 0x3F))
}

fn push(character: u32, units: &mut Vec<u16>) {
    if let Ok(unit) = u16::try_from(character) {
        units.push(unit);
    } else {
        let half = |start: u32, bits: u32| u16::try_from(start + bits).unwrap_or(0xFFFD);
        let pair = character - 0x1_0000;
        units.extend([half(0xD800, pair >> 10), half(0xDC00, pair & 0x3FF)]);
    }
}

/// The bytes of units.
pub(super) fn bytes(units: &[u16], order: Order) -> Vec<u8> {
    let bytes = |unit: &u16| match order {
        Order::Little => unit.to_le_bytes(),
        Order::Big => unit.to_be_bytes(),
    };
    units.iter().flat_map(bytes).collect()
}
