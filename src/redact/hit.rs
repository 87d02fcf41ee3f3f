//! Where something must go, and what goes with it.

use std::borrow::Cow;
use std::ops::Range;

use super::SecretKind;

/// The text in the place of everything taken out.
pub(super) const MASK: &str = "[redacted]";

/// One place, and the form it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: &'static str,
    /// Which secret of the run it is, if it doesn't only look like someone's.
    pub(super) kind: Option<SecretKind>,
    /// True for all but the first piece of one secret: it is counted once.
    pub(super) goes_on: bool,
}

impl Hit {
    pub(super) fn known(range: Range<usize>, form: &'static str, kind: SecretKind) -> Self {
        Self { start: range.start, end: range.end, form, kind: Some(kind), goes_on: false }
    }

    /// The same in a text that begins so many bytes later.
    pub(super) fn back(self, bytes: usize) -> Self {
        Self { start: self.start - bytes, end: self.end - bytes, ..self }
    }

    /// The same in a text that begins so many bytes earlier.
    pub(super) fn on(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, end: self.end + bytes, ..self }
    }

    /// The order in which hits name a merged one: a known secret before a suspected one, then the longer one.
    fn rank(&self) -> (bool, usize) {
        (self.kind.is_some(), self.end - self.start)
    }
}

/// Hits that overlap or touch become one.
pub(super) fn merged(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut groups: Vec<(Hit, Hit)> = Vec::new();
    for hit in hits {
        match groups.last_mut() {
            Some((whole, first)) if hit.start <= whole.end => {
                whole.end = whole.end.max(hit.end);
                whole.goes_on &= hit.goes_on;
                if hit.rank() > first.rank() {
                    *first = hit;
                }
            }
            _ => groups.push((hit, hit)),
        }
    }
    groups
        .into_iter()
        .map(|(whole, first)| Hit {
            start: whole.start,
            end: whole.end,
            goes_on: whole.goes_on,
            ..first
        })
        .collect()
}

/// A text with masks in the place of its hits.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, [u8]>,
    /// Where each mask stands, and the hit it stands for.
    masks: Vec<(Range<usize>, Hit)>,
}

impl<'a> Masked<'a> {
    /// `at` is where the text begins in what the hits count from.
    pub(super) fn new(text: &'a [u8], at: usize, hits: &[Hit]) -> Self {
        if hits.is_empty() {
            return Self { text: text.into(), masks: Vec::new() };
        }
        let mut masks = Vec::with_capacity(hits.len());
        let mut masked = Vec::with_capacity(text.len());
        let mut done = 0;
        for hit in hits {
            masked.extend_from_slice(&text[done..hit.start - at]);
            let start = masked.len();
            mask(&text[hit.start - at..hit.end - at], &mut masked);
            masks.push((start..masked.len(), *hit));
            done = hit.end - at;
        }
        masked.extend_from_slice(&text[done..]);
        Self { text: masked.into(), masks }
    }

    /// A place outside of all hits, in the masked text.
    pub(super) fn masked(&self, at: usize) -> usize {
        let before = self.masks.partition_point(|(_, hit)| hit.end <= at);
        self.masks[..before].last().map_or(at, |(mask, hit)| mask.end + (at - hit.end))
    }

    /// The same place in the text without masks.
    pub(super) fn unmasked(&self, hit: &Hit) -> Hit {
        Hit {
            start: self.place(hit.start, |mask| mask.start),
            end: self.place(hit.end, |mask| mask.end),
            ..*hit
        }
    }

    fn place(&self, at: usize, inside: impl Fn(&Hit) -> usize) -> usize {
        let before = self.masks.partition_point(|(mask, _)| mask.start < at);
        match before.checked_sub(1).map(|last| &self.masks[last]) {
            Some((mask, hit)) if at < mask.end => inside(hit),
            Some((mask, hit)) => hit.end + (at - mask.end),
            None => at,
        }
    }
}

/// The mask, each character with as many NULs behind it as the text has: in UTF-16 one.
fn mask(text: &[u8], masked: &mut Vec<u8>) {
    let nuls = text.iter().skip(1).take(3).take_while(|byte| **byte == 0).count();
    for (number, byte) in MASK.bytes().enumerate() {
        masked.extend(std::iter::repeat_n(0, if number == 0 { 0 } else { nuls }));
        masked.push(byte);
    }
}
