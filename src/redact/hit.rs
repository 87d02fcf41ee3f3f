//! Where something must go, and what goes with it.

use std::borrow::Cow;

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
}

impl Hit {
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
                if hit.rank() > first.rank() {
                    *first = hit;
                }
            }
            _ => groups.push((hit, hit)),
        }
    }
    groups
        .into_iter()
        .map(|(whole, first)| Hit { start: whole.start, end: whole.end, ..first })
        .collect()
}

/// A text with masks in the place of its hits.
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, [u8]>,
    /// Where each mask begins, and the hit it stands for.
    masks: Vec<(usize, Hit)>,
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
            masks.push((masked.len(), *hit));
            masked.extend_from_slice(MASK.as_bytes());
            done = hit.end - at;
        }
        masked.extend_from_slice(&text[done..]);
        Self { text: masked.into(), masks }
    }

    /// A place outside of all hits, in the masked text.
    pub(super) fn masked(&self, at: usize) -> usize {
        let before = self.masks.partition_point(|(_, hit)| hit.end <= at);
        self.masks[..before].last().map_or(at, |(start, hit)| start + MASK.len() + (at - hit.end))
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
        match self
            .masks
            .partition_point(|(start, _)| *start < at)
            .checked_sub(1)
            .map(|last| &self.masks[last])
        {
            Some((start, hit)) if at < start + MASK.len() => inside(hit),
            Some((start, hit)) => hit.end + (at - start - MASK.len()),
            None => at,
        }
    }
}
