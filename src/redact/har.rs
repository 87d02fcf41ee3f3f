//! Takes secrets out of a HAR, and leaves it a HAR.
//!
//! The text is redacted as any other. Besides, its strings are read in order, so that what only the
//! structure tells is taken out, too: cookies, pairs of a name and a value, bodies in base64. Numbers,
//! blanks and the order of members stay as they are, and a file that was cut is read to its end. No more
//! than some entries are in memory.

use std::io::{self, Read, Write};
use std::ops::Range;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::hit::MASK;
use super::shape;
use super::stream::Filtered;
use super::{Ledger, Redactor};

mod cut;
mod entries;
mod strings;

use entries::Entries;
use strings::Object;

/// Windows programs begin a file with it.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How much of a text shows whether it is a HAR.
pub const HEAD: usize = 1 << 10;

/// So much is read before entries are cleaned; smaller in tests, for more cuts.
const PIECE: usize = if cfg!(test) { 1 << 10 } else { 1 << 20 };

/// A string that becomes another one.
struct Edit {
    range: Range<usize>,
    by: Vec<u8>,
    /// The secrets that were taken out of it.
    ledger: Ledger,
}

/// Copies a HAR, piece by piece, without cookies, without headers and parameters that carry credentials,
/// and without whatever the redactor finds.
///
/// # Errors
/// When the reader or the writer fails.
pub fn filter(
    mut reader: impl Read,
    mut writer: impl Write,
    redactor: &Redactor,
) -> io::Result<Filtered> {
    let mut filtered = Filtered::default();
    let (mut text, mut entries) = (Vec::new(), Entries::default());
    loop {
        let has_more = read_piece(&mut reader, &mut text)?;
        let end = if has_more { entries.last_end(&text) } else { text.len() };
        let (clean, ledger) = cleaned(&text[..end], redactor);
        writer.write_all(&clean)?;
        filtered.ledger.merge(&ledger);
        filtered.bytes += end as u64;
        if !has_more {
            writer.flush()?;
            return Ok(filtered);
        }
        text.drain(..end);
        entries.forget(end);
    }
}

/// Adds a piece to a text; false if it is the last one. A recording that pauses is waited for.
fn read_piece(reader: &mut impl Read, text: &mut Vec<u8>) -> io::Result<bool> {
    let most = text.len() + PIECE;
    while text.len() < most {
        match reader.by_ref().take((most - text.len()) as u64).read_to_end(text) {
            Ok(0) => return Ok(false),
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
            _ => {}
        }
    }
    Ok(true)
}

fn cleaned(text: &[u8], redactor: &Redactor) -> (Vec<u8>, Ledger) {
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
    written(text, &edits)
}

/// What the object of a HAR begins with.
const MEMBERS: [&[u8]; 6] =
    [b"\"version\"", b"\"creator\"", b"\"browser\"", b"\"pages\"", b"\"entries\"", b"\"comment\""];

/// True if a text begins as a HAR does; records of a log may have a string, or another object, in the
/// place of its object.
#[must_use]
pub fn begins(text: &[u8]) -> bool {
    let text = text.strip_prefix(BOM).unwrap_or(text).trim_ascii_start();
    let head = &text[..text.len().min(HEAD)];
    let after = memchr::memmem::find(head, b"\"log\"").map(|at| head[at + 5..].trim_ascii_start());
    let value = after.and_then(|after| after.strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
    let inside = value.and_then(|value| value.strip_prefix(b"{")).map(<[u8]>::trim_ascii_start);
    head.starts_with(b"{")
        && inside.is_some_and(|inside| {
            let is_member = MEMBERS.iter().any(|member| inside.starts_with(member));
            let has = |name: &[u8]| memchr::memmem::find(inside, name).is_some();
            let is_own = has(b"\"creator\"") || has(b"\"entries\"");
            is_member || is_own || inside.is_empty() || inside.starts_with(b"}")
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

fn written(text: &[u8], edits: &[Edit]) -> (Vec<u8>, Ledger) {
    let (mut clean, mut ledger) = (Vec::with_capacity(text.len()), Ledger::default());
    let mut done = 0;
    for edit in edits {
        clean.extend_from_slice(&text[done..edit.range.start]);
        clean.extend_from_slice(&edit.by);
        ledger.merge(&edit.ledger);
        done = edit.range.end;
    }
    clean.extend_from_slice(&text[done..]);
    (clean, ledger)
}
