//! Several pieces where one key should be.

use std::ops::Range;

use super::{Oddity, Origin, Peeled, peel};
use crate::key::shapes;

/// The fewest characters of a piece that may be a key on its own.
const LEAST: usize = 16;

/// Pieces with blanks, line breaks, or commas between them: two keys, or one that was broken.
pub(super) fn choose(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let pieces = split(&bytes);
    let (Some(first), Some(second)) = (pieces.first(), pieces.get(1)) else { return false };
    let joined: Vec<u8> = pieces.iter().flat_map(|piece| &bytes[piece.clone()]).copied().collect();
    let apart = separators(&bytes);
    let lead = &bytes[first.clone()];
    let two_keys = lead.len() >= LEAST && may_be_key(lead) && may_be_key(&bytes[second.clone()]);
    if shapes::is_complete(lead) || (two_keys && !shapes::is_complete(&joined)) {
        let again = pieces[1..].iter().find(|piece| &bytes[(*piece).clone()] == lead).cloned();
        let other = pieces[1..]
            .iter()
            .any(|piece| &bytes[piece.clone()] != lead && may_be_key(&bytes[piece.clone()]));
        if let Some(again) = again {
            same(peeled, first, &again);
            peeled.met.insert(Oddity::Doubled);
        }
        if other {
            peeled.met.insert(Oddity::TwoKeys);
        }
        keep(peeled, &bytes, |at| first.contains(&at));
    } else if apart.contains(&Oddity::Quotes) {
        return false;
    } else {
        keep(peeled, &bytes, |at| !is_separator(bytes[at]));
    }
    peeled.met.extend(apart);
    true
}

/// Two whole keys with nothing between them.
pub(super) fn adjoining(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let lengths = [shapes::USER_LENGTH, shapes::LEGACY_LENGTH, shapes::DECODED_LENGTH];
    let found = lengths.into_iter().find(|length| {
        bytes.split_at_checked(*length).is_some_and(|(first, rest)| {
            first != rest
                && shapes::is_complete(first)
                && rest.len() >= LEAST
                && shapes::is_complete(&peel(rest).whole())
        })
    });
    if let Some(length) = found {
        peeled.units.truncate(length);
        peeled.met.insert(Oddity::TwoKeys);
    }
    found.is_some()
}

/// The same key twice, with nothing between.
pub(super) fn doubled(peeled: &mut Peeled) -> bool {
    let half = peeled.units.len() / 2;
    let bytes = peeled.whole();
    let twice = half >= LEAST && bytes[..half] == bytes[half..];
    if twice {
        same(peeled, &(0..half), &(half..bytes.len()));
        peeled.units.truncate(half);
        peeled.met.insert(Oddity::Doubled);
    }
    twice
}

fn split(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 0..=bytes.len() {
        if at == bytes.len() || is_separator(bytes[at]) {
            if start < at {
                pieces.push(start..at);
            }
            start = at + 1;
        }
    }
    pieces
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b';') || byte.is_ascii_whitespace()
}

fn separators(bytes: &[u8]) -> Vec<Oddity> {
    let of = |byte: &u8| match byte {
        b' ' | b'\t' => Some(Oddity::Blanks),
        b'\r' | b'\n' => Some(Oddity::LineBreak),
        b',' | b';' => Some(Oddity::Quotes),
        _ if byte.is_ascii_whitespace() => Some(Oddity::Invisible),
        _ => None,
    };
    bytes.iter().filter_map(of).collect()
}

fn may_be_key(piece: &[u8]) -> bool {
    // No wrapper holds a separator here, so this goes one level deep.
    let inner = peel(piece).whole();
    shapes::is_complete(&inner)
        || (inner.len() >= LEAST
            && inner.iter().any(u8::is_ascii_digit)
            && inner.iter().any(u8::is_ascii_alphabetic))
}

/// Marks the bytes of one range as repetitions of another's.
fn same(peeled: &mut Peeled, first: &Range<usize>, again: &Range<usize>) {
    for (from, to) in first.clone().zip(again.clone()) {
        if let (Some(from), Some(to)) = (peeled.units[from].at, peeled.units[to].at) {
            peeled.origin[to] = Origin::Same(from);
        }
    }
}

fn keep(peeled: &mut Peeled, bytes: &[u8], wanted: impl Fn(usize) -> bool) {
    for (unit, byte) in peeled.units.iter().zip(bytes) {
        if let Some(at) = unit.at.filter(|_| is_separator(*byte)) {
            peeled.origin[at] = Origin::Public;
        }
    }
    let mut at = 0..;
    peeled.units.retain(|_| at.next().is_some_and(&wanted));
}
