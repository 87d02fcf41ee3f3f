//! Values that stand before their name.

use std::ops::Range;

use super::place::{Kind, Place};
use super::run_before;

/// How far before a name its value may end.
const NEAR: usize = 48;

/// The longest value that is looked for.
const LONGEST: usize = 256;

/// The string before a name: `"value": "…", "name": "x-api-key"`, or Go's `value "…" for key X-Api-Key`.
pub(super) fn of(text: &[u8], name: &Range<usize>) -> Option<Place> {
    let before = &text[name.start.saturating_sub(NEAR)..name.start];
    let first = name.start - before.len();
    let sign = [&b"\"name\""[..], b"\" for key "].into_iter().find_map(|sign| {
        let at = memchr::memmem::rfind(before, sign)?;
        is_between(&before[at + sign.len()..]).then_some((sign, at))
    });
    let (sign, at) = sign?;
    let is_member = sign.starts_with(b"\"name");
    // The mark that closes the value, and between it and the name nothing but a comma and blanks.
    let gap = if is_member {
        run_before(&before[..at], NEAR, |byte| byte == b',' || byte.is_ascii_whitespace())
    } else {
        0
    };
    let end = first + at - gap - usize::from(is_member);
    if text.get(end) != Some(&b'"') {
        return None;
    }
    let length = run_before(&text[..end], LONGEST, |byte| byte != b'"' && byte != b'\n');
    let start = end - length;
    let names = text[..start].strip_suffix(b"\"")?.trim_ascii_end();
    let is_value = !is_member || names.strip_suffix(b":")?.trim_ascii_end().ends_with(b"\"value\"");
    // Go shows the newline that it objects to.
    let value = &text[start..end];
    let shown = value.strip_suffix(b"\\n").unwrap_or(value).len();
    is_value.then(|| Place { kind: Kind::Loose, value: start..start + shown })
}

/// True if nothing but a colon and an opening mark stands between.
fn is_between(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b':' | b'"') || byte.is_ascii_whitespace())
}
