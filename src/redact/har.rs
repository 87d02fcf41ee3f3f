//! Takes secrets out of a HAR, and leaves it a HAR.
//!
//! The text is redacted as any other. Besides, its strings are read in order, so that what only the
//! structure tells is taken out, too: cookies, pairs of a name and a value, bodies in base64. Numbers,
//! blanks and the order of members stay as they are, and a file that was cut is read to its end.

use std::ops::Range;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::hit::MASK;
use super::shape;
use super::{Ledger, Redactor};

mod cut;
mod strings;

use strings::Object;

/// Windows programs begin a file with it.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How much of a text shows whether it is a HAR.
pub const HEAD: usize = 1 << 10;

/// A HAR without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The same document, as compact or as spread out as it was.
    pub json: Vec<u8>,
    /// Counts of the secrets taken out.
    pub ledger: Ledger,
}

/// A string that becomes another one.
struct Edit {
    range: Range<usize>,
    by: Vec<u8>,
    /// The secrets that were taken out of it.
    ledger: Ledger,
}

/// Masks cookies, headers and parameters that carry credentials, and whatever the redactor finds.
/// None if the text is no HAR: then [`filter`](super::stream::filter) is the way.
#[must_use]
pub fn clean(text: &[u8], redactor: &Redactor) -> Option<Cleaned> {
    if !begins(text) || !has_entries(text) {
        return None;
    }
    let hits = redactor.hits(text, 0, &mut Vec::new());
    let mut cuts = cut::Cuts::new(text, &hits);
    let mut edits: Vec<Edit> = Vec::new();
    strings::read(
        text,
        |string| cuts.string(&string),
        |object| edits.extend(edit(text, object, redactor)),
    );
    edits.sort_unstable_by_key(|edit| edit.range.start);
    let is_apart = |edit: &Edit| {
        let next = edits.partition_point(|known| known.range.end <= edit.range.start);
        edits.get(next).is_none_or(|next| next.range.start >= edit.range.end)
    };
    let cuts: Vec<Edit> = cuts.done().into_iter().filter(is_apart).collect();
    edits.extend(cuts);
    edits.sort_unstable_by_key(|edit| edit.range.start);
    Some(written(text, &edits))
}

/// True if a text begins as a HAR does; Docker's logs have a string in the place of the object.
#[must_use]
pub fn begins(text: &[u8]) -> bool {
    let text = text.strip_prefix(BOM).unwrap_or(text).trim_ascii_start();
    let head = &text[..text.len().min(HEAD)];
    let after = memchr::memmem::find(head, b"\"log\"").map(|at| head[at + 5..].trim_ascii_start());
    let value = after.and_then(|after| after.strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
    head.starts_with(b"{") && value.is_some_and(|value| value.starts_with(b"{"))
}

/// True if a text has a list of entries.
fn has_entries(text: &[u8]) -> bool {
    const NAME: &[u8] = b"\"entries\"";
    memchr::memmem::find_iter(text, NAME).any(|at| {
        let rest = text[at + NAME.len()..].trim_ascii_start();
        rest.strip_prefix(b":").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"["))
    })
}

impl Edit {
    fn mask(range: Range<usize>, form: Option<&str>) -> Self {
        let mut ledger = Ledger::default();
        if let Some(form) = form {
            ledger.count(form);
        }
        Self { range, by: MASK.as_bytes().to_vec(), ledger }
    }
}

/// The facts that an object tells of one of its members.
fn edit(text: &[u8], object: &Object, redactor: &Redactor) -> Option<Edit> {
    if object.is_base64
        && let Some(body) = &object.text
    {
        return decoded(text, body, redactor);
    }
    let value = object.value.clone()?;
    let written = strings::plain(text, &value);
    if written.is_empty() || shape::is_placeholder(written.as_bytes()) {
        return None;
    }
    let name = object.name.as_ref().map(|name| strings::plain(text, name)).unwrap_or_default();
    let form =
        if object.is_cookie { Some("shape:cookie") } else { shape::secret_pair(&name, &written) };
    Some(Edit::mask(value, Some(form?)))
}

/// A body in base64 is read as what it is, if it is text.
fn decoded(text: &[u8], range: &Range<usize>, redactor: &Redactor) -> Option<Edit> {
    let body = BASE64_STANDARD.decode(strings::plain(text, range)).ok()?;
    let body = String::from_utf8(body).ok()?;
    let mut ledger = Ledger::default();
    let clean = redactor.redact(&body, &mut ledger);
    let by = BASE64_STANDARD.encode(&clean).into_bytes();
    (clean != body).then(|| Edit { range: range.clone(), by, ledger })
}

fn written(text: &[u8], edits: &[Edit]) -> Cleaned {
    let mut cleaned = Cleaned { json: Vec::with_capacity(text.len()), ledger: Ledger::default() };
    let mut done = 0;
    for edit in edits {
        cleaned.json.extend_from_slice(&text[done..edit.range.start]);
        cleaned.json.extend_from_slice(&edit.by);
        cleaned.ledger.merge(&edit.ledger);
        done = edit.range.end;
    }
    cleaned.json.extend_from_slice(&text[done..]);
    cleaned
}
