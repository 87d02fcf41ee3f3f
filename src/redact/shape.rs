//! Finds what looks like a secret of someone else, or a person.

use super::hit::Hit;
use super::work;
use crate::key::{vendor_token, whole_length};

mod address;
mod anchor;
mod before;
mod legacy;
mod name;
mod named;
mod place;
mod sought;
mod token;
mod vendor;

pub(super) use address::EMAIL;
pub(super) use legacy::ends_with_key as ends_with_legacy;
pub(super) use named::is_placeholder;

use anchor::Anchor;

/// How far a rule looks around an anchor before it decides.
pub(super) const SIGHT: usize = 512;

/// A place that looks like a secret of someone else, or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) range: std::ops::Range<usize>,
    pub(super) form: &'static str,
}

/// Every place of a text that looks like a secret, in no order; they may overlap. What stands
/// before `from` is there to be looked back at only, and begins anywhere.
pub(super) fn spans(text: &[u8], from: usize, out: &mut Vec<Span>) {
    let mut hits = anchored(text, from, |_| true);
    hits.extend(memchr::memchr_iter(b'@', text).filter_map(|at| address::found(text, at, 1)));
    legacy::hits(text, &mut hits);
    out.extend(hits.into_iter().map(|hit| Span { range: hit.start..hit.end, form: hit.form }));
}

/// The shape rules' hits, without the values that they leave alone.
pub(super) struct Shapes {
    exempt: Vec<Vec<u8>>,
}

impl Shapes {
    pub(super) fn new(exempt: &[String]) -> Self {
        let exempt = exempt.iter().filter(|value| !value.is_empty());
        Self { exempt: exempt.map(|value| value.clone().into_bytes()).collect() }
    }

    /// Every hit of every rule; those that begin before `from` were told before, or never will be.
    pub(super) fn hits(&self, text: &[u8], from: usize) -> Vec<Hit> {
        let mut found = Vec::new();
        spans(text, from, &mut found);
        self.without_given(text, found)
    }

    /// The hits of the rules that no text fits by chance.
    pub(super) fn certain(&self, text: &[u8]) -> Vec<Hit> {
        let is_certain = |anchor| !matches!(anchor, Anchor::Jwt | Anchor::At | Anchor::Name);
        let mut hits = anchored(text, 0, is_certain);
        legacy::hits(text, &mut hits);
        hits.retain(|hit| matches!(hit.form, "shape:key" | "shape:legacy_key" | "shape:vendor"));
        let span = |hit: Hit| Span { range: hit.start..hit.end, form: hit.form };
        self.without_given(text, hits.into_iter().map(span).collect())
    }

    fn without_given(&self, text: &[u8], mut found: Vec<Span>) -> Vec<Hit> {
        let is_shown = |part: &[u8]| self.exempt.iter().any(|value| contains(value, part));
        found.retain(|span| !is_shown(&text[span.range.clone()]));
        found.iter().map(|span| shape(span.range.start, span.range.end, span.form)).collect()
    }
}

/// How many bytes of a text are a token of a form, none if it is too short for one or lacks its end, and
/// whether no more can belong to it.
pub(super) fn length(text: &[u8], form: &str) -> (usize, bool) {
    match form {
        "shape:vendor" => match whole_length(text) {
            Some(whole) if text.len() < whole => (0, false),
            Some(whole) => (whole, true),
            None => (vendor_token(text).unwrap_or_default(), false),
        },
        "shape:key" => token::length(text),
        _ => (text.len(), true),
    }
}

/// True if a token may begin in a word at the end of a line and go on in the next.
pub(super) fn may_be_cut(word: &[u8], next: &[u8]) -> bool {
    let both = [word, next].concat();
    work::looked(both.len());
    anchor::has_start(&both)
        || memchr::memmem::find(&both, b"hg_").is_some()
        || legacy::may_be_cut(word, next)
}

/// What the rules of some anchors find.
fn anchored(text: &[u8], from: usize, is_meant: impl Fn(Anchor) -> bool) -> Vec<Hit> {
    let mut ends = Ends { from, ..Ends::default() };
    let mut hits = Vec::new();
    for (at, anchor, length) in anchor::all(text) {
        if !is_meant(anchor) {
            continue;
        }
        let hit = match anchor {
            Anchor::Jwt => token::jwt(text, at, &mut ends.token),
            Anchor::Own => token::prefixed(text, at, &mut ends.token),
            Anchor::At => address::found(text, at, length),
            Anchor::Name => named::found(text, at, &mut ends),
            _ => {
                let hit =
                    vendor::found(anchor, text, at..at + length).filter(|_| at >= ends.vendor);
                ends.vendor = hit.map_or(ends.vendor, |hit| hit.end);
                hit
            }
        };
        hits.extend(hit);
    }
    hits
}

/// How far the last hit of each kind went: what is inside of one is not read again, else many names
/// in a row would be read to the end by each of them.
#[derive(Debug, Default)]
struct Ends {
    /// Where a part of a stream begins that is not decided yet; what stands before it is there to
    /// be looked back at, and begins anywhere.
    from: usize,
    token: usize,
    vendor: usize,
    parameter: usize,
    line: usize,
    sought: place::Limits,
}

fn contains(value: &[u8], part: &[u8]) -> bool {
    part.len() <= value.len() && memchr::memmem::find(value, part).is_some()
}

/// The mask for the value of a header, parameter or cookie whose name says that it is secret.
pub(super) fn secret_pair(name: &str, value: &str) -> Option<&'static str> {
    let (policy, form) = name::known(name.as_bytes())?;
    (policy != name::Policy::Code || named::is_code(value.as_bytes())).then_some(form)
}

/// A hit of a rule.
fn shape(start: usize, end: usize, form: &'static str) -> Hit {
    Hit { start, end, form, kind: None, goes_on: false }
}

/// How many bytes from the start are of a kind.
fn run(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let run = text.iter().position(|byte| !is(*byte)).unwrap_or(text.len());
    work::looked(run + 1);
    run
}

/// How many bytes before the end are of a kind; looks back no further than `most`.
fn run_before(text: &[u8], most: usize, is: impl Fn(u8) -> bool) -> usize {
    let run = text.iter().rev().take(most).take_while(|byte| is(**byte)).count();
    work::looked(run + 1);
    run
}

/// True if what stands before a place is the end of an escape or of a terminal's colour, and no
/// part of a word: `\n`, `%22`, `\x27`, `\u0022`, `ESC[33m`.
fn is_after_escape(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(12)..at];
    work::looked(before.len());
    let are_hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., b'%', high, low] | [.., b'\\', b'x', high, low] => are_hex(&[*high, *low]),
        [.., b'\\', b'u', a, b, c, d] => are_hex(&[*a, *b, *c, *d]),
        [colour @ .., b'm' | b'K'] => {
            let is_number = |byte: &&u8| byte.is_ascii_digit() || **byte == b';';
            colour.iter().rev().find(|byte| !is_number(byte)) == Some(&b'[')
        }
        _ => false,
    }
}

#[inline]
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
