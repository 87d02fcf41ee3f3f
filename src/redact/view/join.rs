//! Lines that were broken to a width, put together again: a terminal's, a box's, a mail's, a folded text's.

use std::ops::Range;

use super::View;
use crate::redact::work;

/// The shortest end of a line that may go on in the next one.
pub(in crate::redact) const SHORTEST: usize = 5;

/// The sides of a box, as UTF-8.
const SIDES: [&[u8]; 4] = ["│".as_bytes(), "┃".as_bytes(), "║".as_bytes(), b"|"];

/// True if some line ends, behind its layout, in what may be the start of a secret.
pub(in crate::redact) fn is_broken(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', text).any(|at| joint(text, at).is_some())
}

/// The text without the layout between lines that belong together.
pub(in crate::redact) fn view(text: &[u8]) -> View {
    work::looked(text.len());
    let mut view = View::with_room(text.len());
    let mut done = 0;
    for at in memchr::memchr_iter(b'\n', text) {
        if let Some(joint) = joint(text, at).filter(|joint| joint.start >= done) {
            view.copy(text, done..joint.start);
            done = joint.end;
        }
    }
    view.copy(text, done..text.len());
    view
}

impl View {
    /// True if the source has something between the bytes of a part.
    pub(in crate::redact) fn is_joined(&self, part: &Range<usize>) -> bool {
        let places = &self.places[part.clone()];
        places.windows(2).any(|pair| pair[0].1 < pair[1].0)
    }

    /// How many bytes of a part stand in the source before the first thing between them.
    pub(in crate::redact) fn first_piece(&self, part: &Range<usize>) -> usize {
        let places = &self.places[part.clone()];
        places.windows(2).take_while(|pair| pair[0].1 == pair[1].0).count() + 1
    }
}

/// What stands between two lines that go on, around the end of the first: a secret may be in both
/// only if both have the same layout, or the first says that it goes on.
fn joint(text: &[u8], newline: usize) -> Option<Range<usize>> {
    let line = text[..newline].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    work::looked(newline - line);
    let end = line + trailing(&text[line..newline]);
    let word = text[line..end].iter().rev().take_while(|byte| is_word(**byte)).count();
    let word = &text[end - word..end];
    if word.len() < SHORTEST {
        return None;
    }
    let next = newline + 1;
    let start = next + leading(&text[next..]);
    let says_so =
        matches!(text[end..newline], [.., b'\\' | b'=' | b'+'] | [.., b'\\' | b'=', b'\r'])
            || matches!(text[end..newline], [b'"' | b'\'', ..]);
    let is_alike = || {
        let first = line + leading(&text[line..newline]);
        text[line..first] == text[next..start]
    };
    let goes_on = text.get(start).is_some_and(|byte| is_word(*byte));
    (goes_on && (says_so || is_alike())).then_some(end..start)
}

/// Where the layout at the end of a line begins.
fn trailing(line: &[u8]) -> usize {
    let mut end = line.len();
    loop {
        let rest = &line[..end];
        let side = SIDES.iter().find(|side| rest.ends_with(side));
        end -= match (side, rest) {
            (Some(side), _) => side.len(),
            (_, [.., b' ' | b'\t' | b'\r' | b'\\' | b'"' | b'\'' | b'+' | b',']) => 1,
            // Padding belongs to base64; alone it says in a mail that the line goes on.
            (_, [.., before, b'=']) if *before != b'=' => 1,
            _ => return end,
        };
    }
}

/// Where the layout at the start of a line ends.
fn leading(line: &[u8]) -> usize {
    let mut start = 0;
    loop {
        let rest = &line[start..];
        let side = SIDES.iter().find(|side| rest.starts_with(side));
        start += match (side, rest) {
            (Some(side), _) => side.len(),
            (_, [b' ' | b'\t' | b'>' | b'"' | b'\'' | b'#' | b'*', ..]) => 1,
            _ => return start,
        };
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=')
}
