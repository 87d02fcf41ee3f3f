//! A character that was taken for one that looks like it, and a beginning that was not selected.

use super::{Oddity, Peeled, Unit};
use crate::key::{base64, shapes};

/// Characters that are taken for each other.
const ALIKE: [&[u8]; 2] = [b"0Oo", b"1lI"];
/// The most characters of the public prefix that may be missing; with fewer left it tells nothing.
const MOST_MISSING: usize = 6;

/// Puts the character that fits in the place of one that looks like it, in the older keys, where
/// it is known what may stand in each place.
pub(super) fn mend(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    if shapes::is_complete(&bytes) {
        return false;
    }
    let mended = match bytes.len() {
        shapes::DECODED_LENGTH => Some(bytes.iter().map(|byte| digit(*byte)).collect()),
        shapes::LEGACY_LENGTH => in_groups(&bytes),
        _ => None,
    };
    let Some(mended) = mended.filter(|mended: &Vec<u8>| shapes::is_complete(mended)) else {
        return false;
    };
    for (unit, byte) in peeled.units.iter_mut().zip(mended) {
        unit.byte = byte;
    }
    peeled.met.insert(Oddity::Misread);
    true
}

/// The public beginning of today's keys, where the selection began too late.
pub(super) fn begin(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let missing = shapes::USER_LENGTH.saturating_sub(bytes.len());
    if !(1..=MOST_MISSING).contains(&missing) {
        return false;
    }
    let prefix = &shapes::USER_PREFIX[..missing];
    let found = shapes::is_user_key(&[prefix, &bytes].concat());
    if found {
        peeled.units.splice(0..0, prefix.iter().map(|byte| Unit { byte: *byte, at: None }));
        peeled.met.insert(Oddity::Beginning);
    }
    found
}

/// The digit that a letter outside of the hex digits was taken for.
const fn digit(byte: u8) -> u8 {
    match byte {
        b'O' | b'o' => b'0',
        b'l' | b'I' => b'1',
        _ => byte,
    }
}

/// Four characters of base64 hold three of the key, so each four are mended by themselves.
fn in_groups(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::with_capacity(bytes.len());
    for (at, group) in bytes.chunks(4).enumerate() {
        let fits = |group: &[u8]| {
            base64::decode(group).is_some_and(|(inner, _)| {
                inner.iter().enumerate().all(|(place, byte)| may_stand(at * 3 + place, *byte))
            })
        };
        let found = alternatives(group).into_iter().find(|group| fits(group))?;
        mended.extend(found);
    }
    Some(mended)
}

/// The group itself, and those in which one or two characters were misread.
fn alternatives(group: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![group.to_vec()];
    for at in 0..group.len() {
        let alike = ALIKE.iter().find(|alike| alike.contains(&group[at]));
        for byte in alike.into_iter().flat_map(|alike| alike.iter()) {
            for mut other in all.clone() {
                if other[at] != *byte {
                    other[at] = *byte;
                    all.push(other);
                }
            }
        }
    }
    all
}

/// The bytes that may stand in a place of the decoded form.
const fn may_stand(place: usize, byte: u8) -> bool {
    match place {
        0..32 => shapes::is_hex(byte),
        32 => byte == b'-',
        _ => byte.is_ascii_digit(),
    }
}
