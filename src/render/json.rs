//! The record itself, as JSON.

use std::fmt::Write as _;

use crate::record::Record;
use serde::Serialize;

use crate::text::acts;

pub(super) fn render(record: &Record) -> String {
    pretty(record)
}

/// Anything that is read by people as well.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // It is made of strings, numbers, and maps with string keys: nothing that JSON refuses.
    shown(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Anything else of that kind, on one line.
pub(super) fn line(value: &impl Serialize) -> String {
    shown(&serde_json::to_string(value).unwrap_or_default())
}

fn shown(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c != '\n' && acts(c) {
            escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    out + "\n"
}

/// `serde_json` leaves C1 controls and bidi controls as they are; inside a string, where alone
/// they can be, an escape means the same and is safe to look at.
fn escape(out: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}
