//! HeyGen's older keys, which no scanner knows: 32 hex digits, `-` and ten digits; or the base64 of that.

use super::{Hit, is_after_escape, run, run_before, shape};

/// Every key has an unbroken run in which one of these steps begins.
const STEP: usize = 16;

/// The shortest part of a key at the end of a line.
const SHORTEST: usize = 5;

const HEX: u8 = 1;
const ENCODED: u8 = 2;

/// Which bytes are small hex digits, and which can be in the base64 of such a key.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    let hex = b"0123456789abcdef";
    while at < hex.len() {
        classes[hex[at] as usize] |= HEX;
        at += 1;
    }
    at = 0;
    let encoded = b"012345ABDEFGIJMNOQRTUVWYZcdghijklmtwxyz";
    while at < encoded.len() {
        classes[encoded[at] as usize] |= ENCODED;
        at += 1;
    }
    classes
};

pub(super) fn hits(text: &[u8], hits: &mut Vec<Hit>) {
    let class = |byte: u8| CLASSES[usize::from(byte)];
    // A run has one end, and only what stands there decides.
    let mut ends = [0; 2];
    for (number, step) in text.chunks_exact(STEP).enumerate() {
        let classes = class(step[0]) & class(step[5]) & class(step[10]) & class(step[15]);
        if classes != 0 {
            let at = number * STEP;
            if classes & HEX != 0 && at >= ends[0] {
                hits.extend(decoded(text, at, &mut ends[0]));
            }
            if classes & ENCODED != 0 && at >= ends[1] {
                hits.extend(encoded(text, at, &mut ends[1]));
            }
        }
    }
}

/// True if two parts of a word may be parts of such a key.
pub(super) fn may_be_cut(word: &[u8], next: &[u8]) -> bool {
    [HEX, ENCODED].into_iter().any(|class| {
        let is_key = |byte: &u8| CLASSES[usize::from(*byte)] & class != 0;
        let before = word.iter().rev().take_while(|byte| is_key(byte) || **byte == b'-').count();
        let behind = run(next, |byte| is_key(&byte) || matches!(byte, b'-' | b'='));
        before >= SHORTEST && behind > 0
    })
}

/// True if a text ends with a whole key.
pub(in crate::redact) fn ends_with_key(text: &[u8]) -> bool {
    let tail = text.last_chunk::<43>();
    tail.is_some_and(|tail| {
        let (hex, rest) = tail.split_at(32);
        let is_hex = |byte: &u8| CLASSES[usize::from(*byte)] & HEX != 0;
        hex.iter().all(is_hex) && rest[0] == b'-' && rest[1..].iter().all(u8::is_ascii_digit)
    })
}

/// Where a key begins whose characters begin at `first`, if it may begin at `start`: what stands
/// before that is no part of a word.
fn begin(text: &[u8], first: usize, start: usize) -> Option<usize> {
    let is_alone = || {
        !text[..start].last().is_some_and(u8::is_ascii_alphanumeric) || is_after_escape(text, start)
    };
    (first <= start && is_alone()).then_some(start)
}

fn decoded(text: &[u8], at: usize, run_end: &mut usize) -> Option<Hit> {
    let is_hex = |byte| CLASSES[usize::from(byte)] & HEX != 0;
    let first = at - run_before(&text[..at], 36, is_hex);
    let end = at + run(&text[at..], is_hex);
    *run_end = end;
    let start = begin(text, first, end.checked_sub(32)?)?;
    let rest = text.get(end..)?.strip_prefix(b"-")?;
    // A word may begin right behind it where lines were joined.
    let alone = !rest.get(10).is_some_and(u8::is_ascii_digit);
    let is_key = alone && rest.len() >= 10 && rest[..10].iter().all(u8::is_ascii_digit);
    is_key.then(|| shape(start, end + 11, "shape:legacy_key"))
}

fn encoded(text: &[u8], at: usize, run_end: &mut usize) -> Option<Hit> {
    let is_encoded = |byte| CLASSES[usize::from(byte)] & ENCODED != 0;
    let first = at - run_before(&text[..at], 62, is_encoded);
    let end = at + run(&text[at..], |byte| byte.is_ascii_alphanumeric());
    *run_end = end;
    let padding = [&b"=="[..], b"%3D%3D", b"%3d%3d", b"\\u003d\\u003d"].into_iter();
    let padded =
        padding.filter(|padding| text[end..].starts_with(padding)).map(<[u8]>::len).next()?;
    let start = begin(text, first, end.checked_sub(58)?)?;
    let body = end - 2;
    let is_key = !matches!(text[..start].last(), Some(b'+' | b'/'))
        && b"MNOYZ".contains(&text[start])
        && text[start..body].iter().all(|byte| is_encoded(*byte))
        && matches!(
            &text[body..end],
            [b'M' | b'N', b'A' | b'Q' | b'g' | b'w'] | [b'O', b'A' | b'Q']
        );
    is_key.then(|| shape(start, end + padded, "shape:legacy_key"))
}
