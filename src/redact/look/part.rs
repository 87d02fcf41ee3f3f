//! How much of a secret is a leak, and how far it reaches in a text.

use std::ops::Range;

use super::CONTEXT;
use crate::redact::index::Found;
use crate::redact::needle::{Code, NEAR, Needle, WINDOW};

/// The fewest different characters of a part that is told apart from chance.
const VARIED: usize = 4;

/// A place that shows a part of a secret is looked at with this much before and behind it, and on to the
/// ends of the lines there: the value of a header goes so far.
pub(in crate::redact) const AROUND: usize = 256;

/// The parts of a text that reach so far around some places in it, in order and apart.
pub(in crate::redact) fn around(
    text: &[u8],
    mut spots: Vec<usize>,
    reach: usize,
) -> Vec<Range<usize>> {
    spots.sort_unstable();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for spot in spots {
        if parts.last().is_some_and(|last| spot + reach <= last.end) {
            continue;
        }
        let before = spot.saturating_sub(reach);
        let behind = text.len().min(spot + reach);
        let near = before.saturating_sub(CONTEXT)..text.len().min(behind + CONTEXT);
        let start = memchr::memrchr(b'\n', &text[near.start..before]);
        let start = start.map_or(near.start, |at| near.start + at + 1);
        let end = memchr::memchr(b'\n', &text[behind..near.end]);
        let end = end.map_or(near.end, |at| behind + at);
        match parts.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => parts.push(start..end),
        }
    }
    parts
}

/// A part of a secret that is a leak.
pub(super) fn enough(needle: &Needle, part: &Range<usize>) -> bool {
    shared(part, &needle.secret) >= needle.window
}

/// The same where a few characters on each side may have been read as something else.
pub(super) fn near_enough(needle: &Needle, part: &Range<usize>) -> bool {
    enough(needle, part)
        || needle.window >= WINDOW && shared(part, &needle.core) * WINDOW >= needle.window * NEAR
}

/// True if a part has as many different characters as chance does not bring together.
pub(super) fn is_varied(part: &[u8]) -> bool {
    let mut distinct: Vec<u8> = part.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() >= VARIED
}

fn shared(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// The name in the ledger of a plain part of a secret.
pub(super) fn form(text: &[u8], needle: &Needle, found: &Found) -> &'static str {
    if needle.code != Code::Plain {
        return needle.code.as_str();
    }
    if text[found.range.clone()] != needle.exact[found.part.clone()] {
        return "case";
    }
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| b"-_.:".contains(byte));
    if found.part.len() == needle.exact.len() {
        needle.form
    } else if (found.part.start == 0 || is_edge(needle.exact.get(found.part.start - 1)))
        && is_edge(needle.exact.get(found.part.end))
    {
        "part"
    } else {
        "window"
    }
}

/// In base64 the letters at the edges hold some bits of the secret, too.
pub(super) fn edges(text: &[u8], needle: &Needle, found: &Found) -> Range<usize> {
    let Range { mut start, mut end } = found.range;
    if needle.code == Code::Base64 {
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
        start -= usize::from(text[..start].last().is_some_and(is_base64));
        end += usize::from(text.get(end).is_some_and(is_base64));
        end += text[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
    }
    start..end
}

/// Adds what stands right before and behind a part of a secret and belongs to it as it is written.
pub(super) fn grow(text: &[u8], needle: &Needle, part: &Range<usize>, pieces: &mut [Range<usize>]) {
    let is_same = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    if let Some(first) = pieces.first_mut() {
        let before = text[..first.start].iter().rev().zip(needle.exact[..part.start].iter().rev());
        first.start -= before.take_while(is_same).count();
    }
    if let Some(last) = pieces.last_mut() {
        let after = text[last.end..].iter().zip(&needle.exact[part.end..]);
        last.end += after.take_while(is_same).count();
        if needle.code != Code::Base64 {
            last.end += text[last.end..].iter().take(2).take_while(|byte| **byte == b'=').count();
        }
    }
}
