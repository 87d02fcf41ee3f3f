//! Where the value of a name stands: after `=`, `:`, in JSON, or in the `value` of a HAR pair.

use super::name::is_variable;
use super::sought::{Sought, Trimmed};
use super::{SIGHT, run, run_before};
use crate::redact::work;

/// How a value is attached to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `name=value`
    Parameter,
    /// `"name": "value"`
    Field,
    /// `name: value` where a header can stand: alone on a line, or in quotes.
    Header,
    /// `name: value` in the middle of a text.
    Prose,
    /// `name = value`, `NAME value`, and other signs between them: what looks random is a value.
    Loose,
}

/// A value and how it is attached.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) value: std::ops::Range<usize>,
}

/// Blanks between a name and its value.
const BLANKS: usize = 100;

/// No rule reads further than this for the end of a value: many names in a row stay cheap.
pub(super) const LINE: usize = 1 << 14;

/// Quotation marks a header can stand in.
const MARKS: [u8; 3] = *b"\"'`";

/// Endings of a header that is part of a string.
const STOPS: [&[u8]; 4] = [b"\\r", b"\\n", b"\\\"", b"\\u000"];

/// Where the next of each thing stands that can end a value.
#[derive(Debug, Default)]
pub(super) struct Limits {
    parameter: Sought,
    ampersand: Sought,
    newline: Sought,
    marks: [Sought; MARKS.len()],
    stops: [Sought; STOPS.len()],
    trimmed: Trimmed,
    digit: Sought,
    blank: Sought,
    mark: Sought,
}

/// The value that belongs to the name at this place.
pub(super) fn of(text: &[u8], name: std::ops::Range<usize>, limits: &mut Limits) -> Option<Place> {
    let closing = quote(&text[name.end..]);
    let mut at = name.end + closing;
    let apart = blanks(&text[at..]);
    at += apart;
    match text.get(at)? {
        b'=' if text[at..].starts_with(b"=>") => field(text, at + 2),
        b'=' if apart > 0 => Some(loose(text, at + 1, limits)),
        b'v' if text[at..].starts_with(b"value:") || text[at..].starts_with(b"value=") => {
            Some(loose(text, at + 6, limits))
        }
        // A table's next column, an element's text, PHP's `[name] => value`, Go's `name:[value]`.
        b'|' | b'>' if closing == 0 => Some(loose(text, at + 1, limits)),
        b']' if text[at + 1..].trim_ascii_start().starts_with(b"=>") => {
            let sign = memchr::memchr(b'>', &text[at..])?;
            Some(loose(text, at + sign + 1, limits))
        }
        b':' if closing == 0 && text.get(at + 1) == Some(&b'[') && quote(&text[at + 2..]) == 0 => {
            Some(loose(text, at + 2, limits))
        }
        b'=' => Some(parameter(text, at + 1, limits)),
        b'%' if text[at..].starts_with(b"%3D") || text[at..].starts_with(b"%3d") => {
            Some(parameter(text, at + 3, limits))
        }
        b':' if closing > 0 => field(text, at + 1),
        b':' => field(text, at + 1).or_else(|| Some(header(text, name.start, at + 1, limits))),
        b',' if is_string(text, &name) => pair(text, at + 1),
        // A reference such as `$HEYGEN_API_KEY` has no value behind it.
        _ if is_variable(&text[name.clone()])
            && closing == 0
            && apart > 0
            && !text[..name.start].ends_with(b"$")
            && !text[at - apart..at].contains(&b'\n') =>
        {
            Some(loose(text, at, limits))
        }
        _ => None,
    }
}

/// True if a name is a string of its own, as in a list.
fn is_string(text: &[u8], name: &std::ops::Range<usize>) -> bool {
    let mark = text[..name.start].last();
    matches!(mark, Some(b'"' | b'\''))
        && text[name.end..].iter().find(|byte| **byte != b'\\') == mark
}

/// A string in quotes, or else a word, on this line.
fn loose(text: &[u8], at: usize, limits: &mut Limits) -> Place {
    let near = &text[at..text.len().min(at + BLANKS)];
    let at = at + run(near, |byte| matches!(byte, b' ' | b'\t'));
    let is_field = quote(&text[at..]) > 0;
    field(text, at)
        .filter(|_| is_field)
        .unwrap_or_else(|| Place { kind: Kind::Loose, ..parameter(text, at, limits) })
}

fn blanks(text: &[u8]) -> usize {
    run(&text[..text.len().min(BLANKS)], |byte| byte.is_ascii_whitespace())
}

/// The length of a quotation mark with the backslashes before it.
fn quote(text: &[u8]) -> usize {
    let slashes = run(&text[..text.len().min(8)], |byte| byte == b'\\');
    if matches!(text.get(slashes), Some(b'"' | b'\'' | b'`')) { slashes + 1 } else { 0 }
}

/// The value that begins here, up to what can't be part of a parameter.
pub(super) fn parameter(text: &[u8], at: usize, limits: &mut Limits) -> Place {
    let at = at + quote(&text[at..]);
    let limit = text.len().min(at + LINE);
    let is_end = |byte: &u8| !byte.is_ascii_graphic() || b"&\"'`<>;,)]}|\\#".contains(byte);
    let find = |text: &[u8]| text.iter().position(is_end);
    let end = limits.parameter.first(text, (at, limit), 1, find).unwrap_or(limit);
    let find = |text: &[u8]| memchr::memmem::find(text, b"%26");
    let end = limits.ampersand.first(text, (at, end), 3, find).unwrap_or(end);
    Place { kind: Kind::Parameter, value: at..end }
}

/// A string in quotes, or the first of a list of strings.
fn field(text: &[u8], at: usize) -> Option<Place> {
    let mut at = at + blanks(&text[at..]);
    if text.get(at) == Some(&b'[') {
        at += 1;
        at += blanks(&text[at..]);
    }
    let opening = quote(&text[at..]);
    if opening == 0 {
        return None;
    }
    let mark = &text[at..at + opening];
    let start = at + opening;
    Some(Place { kind: Kind::Field, value: start..start + closed(&text[start..], mark) })
}

/// Where a string ends that was opened with this mark.
fn closed(text: &[u8], mark: &[u8]) -> usize {
    let text = &text[..text.len().min(LINE)];
    let mut at = 0;
    while let Some(next) = memchr::memchr2(mark[mark.len() - 1], b'\n', &text[at..]) {
        work::looked(next + 1);
        let slashes = run_before(&text[..at + next], 64, |byte| byte == b'\\');
        if text[at + next] == b'\n' {
            return at + next;
        }
        if slashes < mark.len() {
            return at + next - slashes;
        }
        at += next + 1;
    }
    work::looked(text.len() - at);
    text.len()
}

/// `"name": "x-api-key", "value": "…"`, or `["x-api-key", "…"]`.
fn pair(text: &[u8], at: usize) -> Option<Place> {
    let at = at + blanks(&text[at..]);
    let key = at + quote(&text[at..]);
    let Some(rest) = text[key..].strip_prefix(b"value") else {
        return field(text, at).filter(|place| !is_name(text, place.value.end));
    };
    let mut after = text.len() - rest.len();
    after += quote(rest);
    after += blanks(&text[after..]);
    if text.get(after) == Some(&b':') { field(text, after + 1) } else { None }
}

/// True if a string that ends here is the name of the next value.
fn is_name(text: &[u8], end: usize) -> bool {
    let after = end + quote(&text[end..]);
    text.get(after + blanks(&text[after..])) == Some(&b':')
}

fn header(text: &[u8], name: usize, at: usize, limits: &mut Limits) -> Place {
    let start =
        at + run(&text[at..text.len().min(at + BLANKS)], |byte| matches!(byte, b' ' | b'\t'));
    let before = &text[..name];
    let mark = before.last().and_then(|last| MARKS.iter().position(|mark| mark == last));
    let line = run_before(before, 16, |byte| !matches!(byte, b'\r' | b'\n'));
    let is_marker =
        |byte: &u8| matches!(byte, b'<' | b'>' | b'*' | b'|' | b'#' | b'-' | b' ' | b'\t');
    let is_alone = line < 16 && before[name - line..].iter().all(is_marker)
        || before.ends_with(b"\\n")
        || before.trim_ascii_end().ends_with(b"-H");
    let kind = if mark.is_some() || is_alone { Kind::Header } else { Kind::Prose };
    Place { kind, value: start..limits.line(text, start, mark) }
}

impl Limits {
    /// Where the next blank of a value stands, or else its end.
    pub(super) fn blank(&mut self, text: &[u8], value: std::ops::Range<usize>) -> usize {
        let find = |text: &[u8]| text.iter().position(u8::is_ascii_whitespace);
        self.blank.first(text, (value.start, value.end), 1, find).unwrap_or(value.end)
    }

    /// Where the next thing of a value stands that no random text has, or else its end.
    pub(super) fn random(&mut self, text: &[u8], value: std::ops::Range<usize>) -> usize {
        let is_end = |byte: &u8| !byte.is_ascii_graphic() || b"\"',;".contains(byte);
        let find = |text: &[u8]| text.iter().position(is_end);
        self.mark.first(text, (value.start, value.end), 1, find).unwrap_or(value.end)
    }

    /// True if a value has a digit where a rule looks: what is random has.
    pub(super) fn has_digit(&mut self, text: &[u8], value: &std::ops::Range<usize>) -> bool {
        let find = |text: &[u8]| text.iter().position(u8::is_ascii_digit);
        let limit = value.end.min(value.start + SIGHT);
        self.digit.first(text, (value.start, limit), 1, find).is_some()
    }

    /// Where a header ends that begins here, and at the latest at the next of its quotation marks.
    fn line(&mut self, text: &[u8], start: usize, mark: Option<usize>) -> usize {
        let limit = text.len().min(start + LINE);
        let find = |text: &[u8]| memchr::memchr2(b'\r', b'\n', text);
        let mut end = self.newline.first(text, (start, limit), 1, find).unwrap_or(limit);
        if let Some(mark) = mark {
            let find = |text: &[u8]| memchr::memchr(MARKS[mark], text);
            end = self.marks[mark].first(text, (start, end), 1, find).unwrap_or(end);
        }
        for (stop, sought) in STOPS.iter().zip(&mut self.stops) {
            let find = |text: &[u8]| memchr::memmem::find(text, stop);
            end = sought.first(text, (start, end), stop.len(), find).unwrap_or(end);
        }
        // What more text may follow is not trimmed: that keeps it undecided.
        if end < limit { self.trimmed.end(text, start, end) } else { end }
    }
}
