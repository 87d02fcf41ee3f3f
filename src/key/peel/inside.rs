//! A whole key inside something else: JSON, an address, a line of settings, a sentence.

use super::{Oddity, Origin, Peeled};
use crate::key::within::complete_in;

/// From this length on a run of letters and digits beside the key may be a secret as well.
const RANDOM: usize = 12;

/// Keeps the one whole key that stands in the value.
pub(super) fn keep(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let places = complete_in(&bytes);
    let [place] = places.as_slice() else { return false };
    let around = [&bytes[..place.start], &bytes[place.end..]];
    // Beside blanks and line breaks alone, or another key, the pieces are looked at one by one.
    let told = around.iter().any(|part| part.iter().any(|byte| !is_gap(*byte)));
    let second = around.iter().any(|part| part.split(|byte| is_gap(*byte)).any(may_be_key));
    if !told || second {
        return false;
    }
    for at in peeled.units[..place.start].iter().chain(&peeled.units[place.end..]) {
        if let Some(at) = at.at {
            peeled.origin[at] = Origin::Public;
        }
    }
    peeled.units.truncate(place.end);
    peeled.units.drain(..place.start);
    peeled.met.insert(Oddity::Inside);
    true
}

const fn is_gap(byte: u8) -> bool {
    matches!(byte, b',' | b';') || byte.is_ascii_whitespace()
}

/// A run of letters and digits that may be another key.
fn may_be_key(piece: &[u8]) -> bool {
    piece.split(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-')).any(|run| {
        run.len() >= RANDOM
            && run.iter().any(u8::is_ascii_digit)
            && run.iter().any(u8::is_ascii_alphabetic)
    })
}
