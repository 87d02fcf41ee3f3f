//! How far a secret reaches from one place in it.

use std::ops::Range;

use crate::redact::escape::{self, Ways};
use crate::redact::hit::Hit;
use crate::redact::spelling::{Family, Spelling};
use crate::redact::work;

/// The longest run of a spelling around one place, in the text and in the spelling.
pub(super) struct Reach {
    start: usize,
    end: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Reach {
    /// Goes both ways from the middle of characters: where the first and the middle one begin and
    /// the last ends is in `starts`, where they stand in the spelling in `at`.
    pub(super) fn of(
        (text, floor): (&[u8], usize),
        [start, middle, end]: [usize; 3],
        spelled: &[u8],
        at: Range<usize>,
        ways: &Ways,
    ) -> Self {
        let mut reach = Self { start, end, from: at.start, to: at.end };
        let (behind, ahead) = spelled.split_at(at.start + at.len() / 2);
        let mut fronts = Fronts::at(middle);
        for (number, byte) in ahead.iter().enumerate() {
            let byte = ways.of(*byte);
            fronts.step(|front| byte.literal_end(text, front), |front| byte.ends(text, front));
            let Some(end) = fronts.last() else { break };
            (reach.end, reach.to) = (reach.end.max(end), reach.to.max(behind.len() + number + 1));
        }
        fronts = Fronts::at(middle);
        let text = &text[floor..];
        for (number, byte) in behind.iter().enumerate().rev() {
            let byte = ways.of(*byte);
            fronts.step(
                |front| byte.literal_start(text, front - floor).map(|start| start + floor),
                |front| byte.starts(text, front - floor).map(move |start| start + floor),
            );
            let Some(start) = fronts.first() else { break };
            (reach.start, reach.from) = (reach.start.min(start), reach.from.min(number));
        }
        reach
    }

    pub(super) fn hit(self, text: &[u8], floor: usize, spelling: &Spelling) -> Hit {
        let form = self.form(&text[self.start..self.end], spelling);
        let (mut start, mut end) = (self.start, self.end);
        if spelling.family == Family::Base64 {
            // The characters at the edges hold some bits of the secret, too.
            start -= usize::from(start > floor && is_base64(text[start - 1]));
            end += usize::from(text.get(end).copied().is_some_and(is_base64));
            end += text[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
        }
        Hit { start, end, form, kind: Some(spelling.kind) }
    }

    fn form(&self, text: &[u8], spelling: &Spelling) -> &'static str {
        if spelling.family != Family::Plain {
            return spelling.family.as_str();
        }
        if text != &spelling.bytes[self.from..self.to] {
            return escaped(text);
        }
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| b"-_.:".contains(byte));
        if self.to - self.from == spelling.bytes.len() {
            spelling.form
        } else if (self.from == 0 || is_edge(spelling.bytes.get(self.from - 1)))
            && is_edge(spelling.bytes.get(self.to))
        {
            "part"
        } else {
            "window"
        }
    }
}

/// Where the next character can begin: nearly always at one place only.
enum Fronts {
    One(usize),
    Many(Vec<usize>),
}

impl Fronts {
    fn at(place: usize) -> Self {
        Self::One(place)
    }

    /// One character on, where `literal` tells the place if there is no doubt, and `all` every place.
    fn step<All: Iterator<Item = usize>>(
        &mut self,
        literal: impl Fn(usize) -> Option<usize>,
        all: impl Fn(usize) -> All,
    ) {
        work::looked(1);
        let mut next: Vec<_> = match self {
            Self::One(front) => {
                if let Some(next) = literal(*front) {
                    *front = next;
                    return;
                }
                all(*front).collect()
            }
            Self::Many(fronts) => fronts.iter().flat_map(|front| all(*front)).collect(),
        };
        next.sort_unstable();
        next.dedup();
        *self = if let [one] = next[..] { Self::One(one) } else { Self::Many(next) };
    }

    fn first(&self) -> Option<usize> {
        match self {
            Self::One(front) => Some(*front),
            Self::Many(fronts) => fronts.first().copied(),
        }
    }

    fn last(&self) -> Option<usize> {
        match self {
            Self::One(front) => Some(*front),
            Self::Many(fronts) => fronts.last().copied(),
        }
    }
}

fn escaped(text: &[u8]) -> &'static str {
    match text.iter().find(|byte| escape::is_sign(**byte)) {
        Some(b'%') => "percent",
        Some(b'\\') if text.windows(2).any(|pair| matches!(pair, b"\\u" | b"\\x" | b"\\/")) => {
            "json_escape"
        }
        Some(b'&') => "html_entity",
        None => "quoted_printable",
        _ => "shell",
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}
