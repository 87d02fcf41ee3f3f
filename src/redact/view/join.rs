//! Lines that were broken to a width, put together again: a terminal's, a box's, a mail's, a folded text's.

use std::ops::Range;

use super::View;
use crate::key::vendor_prefixes;
use crate::redact::{shape, work};

/// The shortest end of a line that may go on in the next one.
pub(in crate::redact) const SHORTEST: usize = 5;

/// The most bytes of a word before the end of a line, and of one behind it, that are looked at.
const MOST: usize = 512;
const HEAD: usize = 16;

/// The longest text that a program writes before each line.
const PREFIX: usize = 64;

/// The sides of a box, as UTF-8.
const SIDES: [&[u8]; 4] = ["│".as_bytes(), "┃".as_bytes(), "║".as_bytes(), b"|"];

/// The ends of lines in a part of a text at which a secret may be cut in two.
pub(in crate::redact) fn spots(text: &[u8], part: Range<usize>) -> Vec<usize> {
    let mut last = None;
    let ends = memchr::memchr_iter(b'\n', &text[part.clone()]).map(|at| part.start + at);
    let is_spot = |at: &usize| {
        let Some(joint) = joint(text, *at) else { return false };
        let is_token = |byte: &&u8| is_word(**byte) || **byte == b'.';
        let word = text[..joint.start].iter().rev().take(MOST).take_while(is_token).count();
        let next = text[joint.end..].iter().take(HEAD).take_while(is_token).count();
        let start = joint.start - word;
        // Lines of one word each belong together.
        let is_cut = last == Some(start)
            || shape::may_be_cut(&text[start..joint.start], &text[joint.end..joint.end + next]);
        last = is_cut.then_some(joint.end);
        is_cut
    };
    ends.filter(is_spot).collect()
}

/// Parts of a text without the layout between lines that belong together.
pub(in crate::redact) fn view(text: &[u8], parts: &[Range<usize>]) -> View {
    let mut view = View::default();
    for part in parts {
        work::looked(part.len());
        let mut done = part.start;
        for at in memchr::memchr_iter(b'\n', &text[part.clone()]).map(|at| part.start + at) {
            let joint = joint(text, at);
            if let Some(joint) = joint.filter(|joint| joint.start >= done && joint.end <= part.end)
            {
                view.copy(text, done..joint.start);
                // Nothing belongs to an older key behind its ten digits.
                let is_whole = shape::ends_with_legacy(&view.bytes);
                done = if is_whole { joint.start } else { joint.end };
            }
        }
        view.copy(text, done..part.end);
        view.end_part();
    }
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

/// The layout between two lines that go on, around the end of the first: a secret may be in both only
/// if both have the same layout, or the first says that it goes on.
fn joint(text: &[u8], newline: usize) -> Option<Range<usize>> {
    let line = memchr::memrchr(b'\n', &text[..newline]).map_or(0, |at| at + 1);
    work::looked(newline - line);
    let end = line + trailing(&text[line..newline]);
    let word = &text[line.max(end.saturating_sub(SHORTEST))..end];
    if word.len() < SHORTEST || !word.iter().all(|byte| is_word(*byte)) {
        return None;
    }
    let next = newline + 1;
    let prefix = prefix(&text[line..end], &text[next..]);
    let start = next + if prefix > 0 { prefix } else { leading(&text[next..]) };
    let blank = text[line..end].iter().rposition(|byte| !is_word(*byte));
    if blank.is_some_and(|at| is_last_word(&text[line + at..end], &text[start..])) {
        return None;
    }
    let says_so =
        matches!(text[end..newline], [.., b'\\' | b'=' | b'+'] | [.., b'\\' | b'=', b'\r'])
            || matches!(text[end..newline], [b'"' | b'\'', ..]);
    let says_so = says_so && !(text.get(end) == Some(&b'=') && is_padding(text, end));
    let is_alike = || {
        let first = line + leading(&text[line..newline]);
        text[line..first] == text[next..start]
    };
    let goes_on = text.get(start).is_some_and(|byte| is_word(*byte));
    (goes_on && (says_so || prefix > 0 || is_alike())).then_some(end..start)
}

/// True for a blank and a word of small letters with which no token begins that goes on in the next
/// line: the end of a sentence.
fn is_last_word(text: &[u8], next: &[u8]) -> bool {
    let [b' ' | b'\t', word @ ..] = text else { return false };
    let goes_on =
        |prefix: &[u8]| prefix.strip_prefix(word).is_some_and(|rest| next.starts_with(rest));
    word.iter().all(u8::is_ascii_lowercase) && !vendor_prefixes().any(goes_on)
}

/// What a program writes before each line, such as its name or the time, in any digits: how much of it
/// two lines have alike.
fn prefix(one: &[u8], other: &[u8]) -> usize {
    let is_alike =
        |(one, other): &(&u8, &u8)| one == other || one.is_ascii_digit() && other.is_ascii_digit();
    let alike = one.iter().zip(other).take(PREFIX).take_while(is_alike).count();
    let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'|');
    one[..alike].iter().rposition(is_end).map_or(0, |at| at + 1)
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

/// The equals sign at this place fills up base64, and says nothing of the next line. In a line as long as
/// those of mails, and before a line that begins with as long a word, it may say that the line goes on.
pub(super) fn is_padding(text: &[u8], at: usize) -> bool {
    let line = text[..at].iter().rev().take(MAIL + 1).take_while(|byte| **byte != b'\n').count();
    let is_base64 = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'+' | b'/');
    let run = text[..at].iter().rev().take(4 * MAIL).take_while(is_base64).count();
    let next = text[at + 1..].iter().skip_while(|byte| matches!(**byte, b'\r' | b'\n'));
    let next = next.take(LONG).take_while(is_base64).count();
    run >= SHORTEST && run % 4 == 3 && next < LONG && !(MAIL - 6..MAIL).contains(&line)
}

/// A word of so many characters is seldom a word of a language, or a time.
const LONG: usize = 16;
/// The most characters of a line in a mail (RFC 2045).
const MAIL: usize = 76;

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

#[inline]
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=')
}
