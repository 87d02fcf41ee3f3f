//! Takes secrets out of a HAR, and leaves it a HAR.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

use super::hit::MASK;
use super::shape;
use super::{Ledger, Redactor};

/// Windows programs begin a file with it.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A HAR without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The same document, as compact or as spread out as it was.
    pub json: Vec<u8>,
    /// Counts of the secrets taken out.
    pub ledger: Ledger,
}

/// Masks cookies, headers and parameters that carry credentials, and passes every other text
/// through the redactor. None if the text is no HAR: then [`filter`](super::stream::filter) is
/// the way.
#[must_use]
pub fn clean(text: &[u8], redactor: &Redactor) -> Option<Cleaned> {
    let mut har: Value = serde_json::from_slice(text.strip_prefix(BOM).unwrap_or(text)).ok()?;
    if !har.get("log")?.get("entries")?.is_array() {
        return None;
    }
    let mut cleaner = Cleaner { redactor, ledger: Ledger::default() };
    cleaner.value(&mut har, false);
    let is_spread = text.trim_ascii().contains(&b'\n');
    let json = if is_spread { serde_json::to_vec_pretty(&har) } else { serde_json::to_vec(&har) };
    let mut json = json.ok()?;
    json.extend_from_slice(&text[text.trim_ascii_end().len()..]);
    Some(Cleaned { json, ledger: cleaner.ledger })
}

/// How much of a text shows whether it is a HAR.
pub const HEAD: usize = 1 << 10;

/// True if a text begins as a HAR does; Docker's logs have a string in the place of the object.
#[must_use]
pub fn begins(text: &[u8]) -> bool {
    let text = text.strip_prefix(BOM).unwrap_or(text).trim_ascii_start();
    let head = &text[..text.len().min(HEAD)];
    let after = memchr::memmem::find(head, b"\"log\"").map(|at| head[at + 5..].trim_ascii_start());
    let value = after.and_then(|after| after.strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
    head.starts_with(b"{") && value.is_some_and(|value| value.starts_with(b"{"))
}

struct Cleaner<'a> {
    redactor: &'a Redactor,
    ledger: Ledger,
}

impl Cleaner<'_> {
    fn value(&mut self, value: &mut Value, is_cookie: bool) {
        match value {
            Value::String(text) => *text = self.redactor.redact(text, &mut self.ledger),
            Value::Array(values) => {
                for value in values {
                    self.value(value, is_cookie);
                }
            }
            Value::Object(members) => self.object(members, is_cookie),
            _ => {}
        }
    }

    fn object(&mut self, members: &mut Map<String, Value>, is_cookie: bool) {
        if let Some(form) = secret_pair(members, is_cookie) {
            self.mask(members, form);
        }
        if members.get("encoding").and_then(Value::as_str) == Some("base64") {
            self.decoded(members);
        }
        for (name, mut value) in std::mem::take(members) {
            self.value(&mut value, name == "cookies");
            members.insert(self.redactor.redact(&name, &mut self.ledger), value);
        }
    }

    fn mask(&mut self, members: &mut Map<String, Value>, form: &str) {
        if let Some(Value::String(value)) = members.get_mut("value")
            && !value.is_empty()
            && !shape::is_placeholder(value.as_bytes())
        {
            MASK.clone_into(value);
            self.ledger.count(form);
        }
    }

    /// A body in base64 is read as what it is, if it is text.
    fn decoded(&mut self, members: &mut Map<String, Value>) {
        if let Some(Value::String(text)) = members.get_mut("text")
            && let Ok(bytes) = BASE64_STANDARD.decode(text.as_bytes())
            && let Ok(body) = String::from_utf8(bytes)
        {
            let clean = self.redactor.redact(&body, &mut self.ledger);
            if clean != body {
                *text = BASE64_STANDARD.encode(clean);
            }
        }
    }
}

/// The mask of a `name`/`value` pair whose name says that its value is secret.
fn secret_pair(members: &Map<String, Value>, is_cookie: bool) -> Option<&'static str> {
    let name = members.get("name")?.as_str()?;
    let value = members.get("value")?.as_str()?;
    if is_cookie { Some("shape:cookie") } else { shape::secret_pair(name, value) }
}
