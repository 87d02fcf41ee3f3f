//! Bytes that an encoding put into or around a key.

use super::{Oddity, Origin, Peeled, Unit};
use crate::key::within::complete_in;
use crate::key::{base64, shapes};

/// A value that was copied out of a URL.
pub(super) fn percent(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let plain: Vec<u8> = percent_encoding::percent_decode(&bytes).collect();
    let escaped = plain.len() < bytes.len() && plain.iter().all(u8::is_ascii_graphic);
    if escaped {
        replace(peeled, &plain, Oddity::Escaped);
    }
    escaped
}

/// Backslashes before signs that mean something in Markdown.
pub(super) fn markdown(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let escape =
        |at: usize| bytes[at] == b'\\' && matches!(bytes.get(at + 1), Some(b'_' | b'-' | b'='));
    for unit in peeled.units.iter().enumerate().filter(|(at, _)| escape(*at)).map(|(_, unit)| unit)
    {
        if let Some(at) = unit.at {
            peeled.origin[at] = Origin::Public;
        }
    }
    let mut at = 0..;
    peeled.units.retain(|_| at.next().is_some_and(|at| !escape(at)));
    let found = peeled.units.len() < bytes.len();
    if found {
        peeled.met.insert(Oddity::Escaped);
    }
    found
}

/// `echo KEY | base64` encodes the line break as well; the key that HeyGen knows has none.
pub(super) fn line_break(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let Some(inner) = base64::decode_text(&bytes) else { return false };
    let bare = inner.trim_ascii_end();
    let spoiled = bare.len() < inner.len() && shapes::is_decoded_legacy(bare);
    if spoiled {
        replace(peeled, &base64::encode(bare), Oddity::LineBreak);
    }
    spoiled
}

/// A key with more around it, all of it in base64, as `Basic` has it.
pub(super) fn credentials(peeled: &mut Peeled) -> bool {
    let Some(inner) = base64::decode_text(&peeled.whole()) else { return false };
    let places = complete_in(&inner);
    let [place] = places.as_slice() else { return false };
    // With nothing but blanks beside it, the key is one layer of base64 too deep, and no more.
    let more = place.len() < inner.trim_ascii().len()
        && !shapes::is_decoded_legacy(&inner[place.clone()]);
    if more {
        let key = inner[place.clone()].to_vec();
        replace(peeled, &key, Oddity::Inside);
    }
    more
}

fn replace(peeled: &mut Peeled, bytes: &[u8], oddity: Oddity) {
    peeled.units = bytes.iter().map(|byte| Unit { byte: *byte, at: None }).collect();
    peeled.met.insert(oddity);
}
