//! The one thing to do next, after a look at a key.

use super::of_the_key;
use crate::record::facts::{CredentialInfo, FindingId, Severity};
use crate::text::neutralise;

/// The step for a value that is no key of HeyGen's.
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
    Some(repair_of(error.id))
}

/// The step for a value that can't work as it is, by what was found.
const fn repair_of(id: FindingId) -> &'static str {
    match id {
        FindingId::KeyLineBreak => "Take the line break out of the value",
        FindingId::KeyPrefixPasted => "Keep the key only: take out what stands in front of it",
        FindingId::KeyQuotes => "Remove the quotes, brackets, or commas around the key",
        FindingId::KeyEscaped => "Write the signs themselves in place of `%` and two digits",
        FindingId::KeyBom => "Save the value without a byte order mark",
        FindingId::KeyInvisible => "Take the invisible characters out, or copy the key once more",
        FindingId::KeyNonAscii => "Copy the key once more from HeyGen's API settings",
        FindingId::KeyTwoKeys => "Keep one of the two keys",
        FindingId::KeyDoubled => "Keep the key once",
        FindingId::KeyEmpty
        | FindingId::KeyPlaceholder
        | FindingId::KeyOtherVendor
        | FindingId::KeyOauthOrSession
        | FindingId::KeyTruncated
        | FindingId::KeyBlanks
        | FindingId::KeyDecoded
        | FindingId::KeyDoubleEncoded
        | FindingId::KeyOld
        | FindingId::KeyUnknownShape
        | FindingId::CredentialsMalformed => REPLACE,
    }
}

fn command(name: &str, flags: &str) -> String {
    let gap = if flags.is_empty() { "" } else { " " };
    format!("heygen-doctor {name}{gap}{}", neutralise(flags))
}
