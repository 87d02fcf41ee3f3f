//! How far a secret reaches from one place in it.

use crate::redact::escape::Ways;
use crate::redact::hit::Hit;
use crate::redact::spelling::{Family, Spelling};

/// The longest run of a spelling around one place, in the text and in the spelling.
pub(super) struct Reach {
    start: usize,
    end: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Reach {
    /// Goes both ways from the middle of characters that begin, and the last ends, at `starts`.
    pub(super) fn of(
        text: &[u8],
        floor: usize,
        starts: &[usize],
        spelled: &[u8],
        at: usize,
        ways: &Ways,
    ) -> Self {
        let (window, middle) = (starts.len() - 1, (starts.len() - 1) / 2);
        let mut reach = Self { start: starts[0], end: starts[window], from: at, to: at + window };
        let mut fronts = vec![starts[middle]];
        for (number, byte) in spelled.iter().enumerate().skip(at + middle) {
            fronts = fronts.iter().flat_map(|front| after(text, *front, ways.of(*byte))).collect();
            fronts.dedup();
            let Some(end) = fronts.iter().max() else { break };
            (reach.end, reach.to) = (reach.end.max(*end), reach.to.max(number + 1));
        }
        fronts = vec![starts[middle]];
        for (number, byte) in spelled[..at + middle].iter().enumerate().rev() {
            fronts = fronts
                .iter()
                .flat_map(|front| before(&text[floor..*front], floor, ways.of(*byte)))
                .collect();
            fronts.dedup();
            let Some(start) = fronts.iter().min() else { break };
            (reach.start, reach.from) = (reach.start.min(*start), reach.from.min(number));
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
        Hit { start, end, form, is_value: true }
    }

    fn form(&self, text: &[u8], spelling: &Spelling) -> &'static str {
        if spelling.family != Family::Plain {
            return spelling.family.into();
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

fn after(text: &[u8], at: usize, ways: &[Vec<u8>]) -> impl Iterator<Item = usize> {
    ways.iter().filter(move |way| text[at..].starts_with(way)).map(move |way| at + way.len())
}

fn before(text: &[u8], floor: usize, ways: &[Vec<u8>]) -> impl Iterator<Item = usize> {
    ways.iter()
        .filter(move |way| text.ends_with(way))
        .map(move |way| floor + text.len() - way.len())
}

fn escaped(text: &[u8]) -> &'static str {
    match text.iter().find(|byte| matches!(byte, b'%' | b'\\' | b'&' | b'\'')) {
        Some(b'%') => "percent",
        Some(b'\\') if text.windows(2).any(|pair| matches!(pair, b"\\u" | b"\\x" | b"\\/")) => {
            "json_escape"
        }
        Some(b'&') => "html_entity",
        _ => "shell",
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}
