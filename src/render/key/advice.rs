//! The one thing to do next, after a look at a key.

use super::of_the_key;
use crate::record::facts::{CredentialInfo, Severity};
use crate::text::neutralise;

/// What to do with a value that can't work as it is, by what was found.
const REPAIRS: &[(&str, &str)] = &[
    ("key_line_break", "Take the line break out of the value"),
    ("key_prefix_pasted", "Keep the key only: take out what stands in front of it"),
    ("key_quotes", "Remove the quotes, brackets, or commas around the key"),
    ("key_escaped", "Write the signs themselves in place of `%` and two digits"),
    ("key_bom", "Save the value without a byte order mark"),
    ("key_invisible", "Take the invisible characters out, or copy the key once more"),
    ("key_non_ascii", "Copy the key once more from HeyGen's API settings"),
    ("key_two_keys", "Keep one of the two keys"),
    ("key_doubled", "Keep the key once"),
];

/// What to do with a value that is no key of HeyGen's.
const REPLACE: &str = "Put your HeyGen API key in its place";

/// What was not done, and the next step; `flags` are those that named the key.
pub(super) fn given(info: &CredentialInfo, flags: &str) -> String {
    let Some(source) = &info.source else { return nothing_found(flags) };
    match repair(info) {
        Some(repair) => format!(
            "Nothing was sent. {repair} ({}), then look again: {}",
            neutralise(source),
            command("key", flags)
        ),
        None => format!(
            "Nothing was sent. To find out whether HeyGen accepts it: {}",
            command("check", flags)
        ),
    }
}

fn nothing_found(flags: &str) -> String {
    if flags.is_empty() {
        "Nothing was sent. Set HEYGEN_API_KEY, or name the key with --key-file or --key-env."
            .to_owned()
    } else {
        format!(
            "Nothing was sent. Put your HeyGen API key where the flag says, then look again: {}",
            command("key", flags)
        )
    }
}

/// What has to change before it makes sense to send the value.
fn repair(info: &CredentialInfo) -> Option<&'static str> {
    if info.withheld.is_some() || info.fingerprint.is_none() {
        return Some(REPLACE);
    }
    let error = of_the_key(info).find(|finding| finding.severity == Severity::Error)?;
    let known = REPAIRS.iter().find(|(id, _)| *id == error.id);
    Some(known.map_or(REPLACE, |(_, repair)| *repair))
}

fn command(name: &str, flags: &str) -> String {
    let gap = if flags.is_empty() { "" } else { " " };
    format!("heygen-doctor {name}{gap}{}", neutralise(flags))
}
