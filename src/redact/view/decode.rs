//! Runs of base64, decoded: their bytes may be anything, a text in UTF-16 or base64 once more.

use std::ops::Range;

use super::View;
use crate::redact::work;

/// The shortest run that is decoded: any twelve characters in UTF-16 take as many.
const SHORTEST: usize = 32;

const NONE: u8 = 64;

/// The value of each letter of base64, in both alphabets.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut at = 0_u8;
    while at < 64 {
        values[letters[at as usize] as usize] = at;
        at += 1;
    }
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values
};

fn value(byte: u8) -> u8 {
    VALUES[usize::from(byte)]
}

/// The first run from a place on. Lines of a long one follow each other: a mail's, or a PEM file's.
fn run(text: &[u8], mut from: usize) -> Option<Range<usize>> {
    loop {
        // A run has a letter at each step; only around one it is measured.
        let step =
            text.get(from..)?.iter().step_by(SHORTEST / 2).position(|byte| value(*byte) != NONE)?;
        let at = from + step * (SHORTEST / 2);
        let before = text[from..at].iter().rev().take_while(|byte| value(**byte) != NONE).count();
        let after = text[at..].iter().take_while(|byte| value(**byte) != NONE).count();
        let run = at - before..at + after;
        // Digits of a hash are no base64.
        if run.len() >= SHORTEST && !text[run.clone()].iter().all(u8::is_ascii_hexdigit) {
            return Some(run);
        }
        from = at + after.max(1);
    }
}

pub(in crate::redact) fn is_encoded(text: &[u8]) -> bool {
    run(text, 0).is_some()
}

/// Every run of a text, one after the other, with a line's end between them; in each of the four
/// ways in which the letters may be grouped there is one text.
pub(in crate::redact) fn views(text: &[u8]) -> Vec<View> {
    let mut views = vec![View::default(); 4];
    let mut from = 0;
    while let Some(found) = run(text, from) {
        from = found.end;
        work::looked(found.len());
        let letters: Vec<usize> = found.collect();
        for (first, view) in views.iter_mut().enumerate() {
            decode(text, letters.get(first..).unwrap_or_default(), view);
            view.push(b'\n', from - 1..from);
        }
    }
    views
}

fn decode(text: &[u8], letters: &[usize], view: &mut View) {
    for group in letters.chunks(4) {
        let bits = group.iter().fold(0_u32, |bits, at| bits << 6 | u32::from(value(text[*at])));
        let bits = bits << (6 * (4 - group.len()));
        for byte in 0..group.len().saturating_sub(1) {
            view.push((bits >> (16 - 8 * byte)).to_le_bytes()[0], group[byte]..group[byte + 1] + 1);
        }
    }
}
