//! Runs of base64, decoded: their bytes may be anything, a text in UTF-16 or base64 once more.

use std::ops::Range;

use super::{View, inflate, text_parts};
use crate::redact::work;

/// The shortest run that is decoded: any twelve characters in UTF-16 take as many.
const SHORTEST: usize = 32;

/// Programs break base64 into lines no shorter than this; the columns of a dump are.
const NARROWEST: usize = 60;

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

#[inline]
fn value(byte: u8) -> u8 {
    VALUES[usize::from(byte)]
}

/// The first run from a place on. Lines of a long one follow each other: a mail's, or a PEM file's.
fn run(text: &[u8], mut from: usize) -> Option<Range<usize>> {
    loop {
        // A run has a letter at each step; only around one it is measured.
        let mut steps = text.get(from..)?.iter().step_by(SHORTEST);
        let at = from + steps.position(|byte| value(*byte) != NONE)? * SHORTEST;
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

/// The runs of a text, one after the other, with a line's end between them; in each of the ways in
/// which the letters may be grouped there is one text. Noise is left out.
pub(in crate::redact) fn views(text: &[u8], ways: usize) -> Vec<View> {
    let mut views = vec![View::default(); ways];
    let (mut letters, mut places, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(lines) = lines(text, from) {
        from = lines.last().map_or(text.len(), |last| last.end);
        letters.clear();
        places.clear();
        for line in &lines {
            letters.extend_from_slice(&text[line.clone()]);
        }
        work::looked(letters.len());
        for (first, view) in views.iter_mut().enumerate() {
            decoded(&letters[first..], &mut bytes);
            let mut parts = text_parts(&bytes);
            if inflate::is_packed(&bytes) {
                parts = std::iter::once(0..bytes.len()).collect();
            }
            if !parts.is_empty() {
                if places.is_empty() {
                    places.extend(lines.iter().cloned().flatten());
                }
                for part in parts {
                    part.for_each(|at| view.push(bytes[at], place(&places[first..], at)));
                    view.end_part();
                }
            }
        }
    }
    views
}

/// The next run, with those that are lines of the same text: all of the width of the first, save the
/// last.
fn lines(text: &[u8], from: usize) -> Option<Vec<Range<usize>>> {
    let first = run(text, from)?;
    let width = first.end - memchr::memrchr(b'\n', &text[..first.start]).map_or(0, |at| at + 1);
    let (mut end, mut length) = (first.end, width);
    let mut lines = vec![first];
    while width >= NARROWEST && length == width {
        let start = match text[end..] {
            [b'\n', ..] => end + 1,
            [b'\r', b'\n', ..] => end + 2,
            _ => break,
        };
        length = text[start..].iter().take_while(|byte| value(**byte) != NONE).count();
        // A word that goes on is the start of another line.
        let is_ended = text.get(start + length).is_none_or(|byte| b"=\r\n\"'\\<&".contains(byte));
        if !(1..=width).contains(&length) || !is_ended {
            break;
        }
        end = start + length;
        lines.push(start..end);
    }
    Some(lines)
}

/// The bytes of letters in groups of four.
fn decoded(letters: &[u8], bytes: &mut Vec<u8>) {
    bytes.clear();
    let bits = |group: &[u8; 4]| {
        group.iter().fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)))
    };
    let (groups, rest) = letters.as_chunks::<4>();
    for group in groups {
        let [_, triple @ ..] = bits(group).to_be_bytes();
        bytes.extend(triple);
    }
    let mut last = [b'A'; 4];
    last[..rest.len()].copy_from_slice(rest);
    bytes.extend(bits(&last).to_be_bytes().iter().skip(1).take(rest.len().saturating_sub(1)));
}

/// Where the letters of a byte stand. Over the end of a line the next letter is left to the next byte.
fn place(letters: &[usize], byte: usize) -> Range<usize> {
    let at = byte / 3 * 4 + byte % 3;
    letters[at]..letters[at] + 1 + usize::from(letters[at + 1] == letters[at] + 1)
}
