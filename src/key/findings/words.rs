//! The clause that names a mistake, and its cure: one row for each finding.

use super::Look;
use crate::key::standin::NoKey;
use crate::key::{Kind, shapes, vendor};
use crate::record::facts::FindingId;

/// The cure of a value that is no key of HeyGen's.
const REPLACE: &str = "Put your HeyGen API key in its place";
/// The cure of an invisible mark before a key.
const NO_BOM: &str = "Save the value without a byte order mark";
/// The cure of what only a new copy mends.
const COPY: &str = "Copy the whole key once more from where it was first stored";

/// The clause and the cure of a finding; `None` where it calls for neither.
pub(super) fn of(id: FindingId, look: &Look<'_>) -> Option<(String, String)> {
    let words = |clause: &str, step: &str| Some((clause.to_owned(), step.to_owned()));
    match id {
        FindingId::KeyPlaceholder => Some(no_key(look)),
        // Without the line break between them, two keys would be one long one.
        FindingId::KeyLineBreak if look.peeled.met.contains(&super::Oddity::TwoKeys) => {
            of(FindingId::KeyTwoKeys, look)
        }
        FindingId::KeyLineBreak => {
            words("the key has a line break in it", "Remove the line break from the value")
        }
        FindingId::KeyInside => Some((
            format!("the key is {}", super::holder(look)),
            "Keep the key only: remove everything around it".to_owned(),
        )),
        FindingId::KeyPrefixPasted => Some(pasted(look)),
        FindingId::KeyQuotes => Some(around(look)),
        FindingId::KeyEscaped => words(
            "the key has escapes in it, as in a URL or in Markdown",
            "Write the signs themselves in place of the escapes",
        ),
        FindingId::KeyBom => words("the key has a byte order mark (BOM) before it", NO_BOM),
        FindingId::KeyInvisible => words(
            "the key has zero-width or other invisible characters in it",
            "Remove the invisible characters, or copy the key once more",
        ),
        FindingId::KeyNonAscii if look.peeled.met.contains(&super::Oddity::NonAscii) => words(
            "the key has a typographic dash where a hyphen belongs",
            "Write a plain hyphen in place of the dash, or copy the key once more",
        ),
        FindingId::KeyNonAscii => words(
            "the key has a foreign letter in it, from another alphabet or with an accent",
            "Replace the letter that isn't ASCII, or copy the key once more",
        ),
        FindingId::KeyMisread => words(
            "a character of the key was misread, such as `O` for `0`",
            "Replace the misread character, or copy the key once more",
        ),
        FindingId::KeyTwoKeys => words("two keys are in the value", "Keep one of the two keys"),
        FindingId::KeyDoubled => words("the key was pasted twice", "Keep the key once"),
        FindingId::KeyOtherVendor => Some(foreign(look)),
        FindingId::KeyOauthOrSession => Some(token(look)),
        FindingId::KeyTruncated => Some(cut(look)),
        FindingId::KeyBlanks => Some(blanks(look)),
        FindingId::KeyDecoded => words(
            "the key was base64-decoded; HeyGen expects the encoded form",
            "Put the base64 form, as HeyGen handed it out, in its place",
        ),
        FindingId::KeyDoubleEncoded => words(
            "the key was base64-encoded once too often",
            "Remove the step that encodes the key in base64: HeyGen expects it as it was handed out",
        ),
        FindingId::KeyEmpty
        | FindingId::KeyOld
        | FindingId::KeyUnknownShape
        | FindingId::CredentialsMalformed
        | FindingId::KeyNearName
        | FindingId::EnvFileDuplicate
        | FindingId::EnvFileBom
        | FindingId::EnvFileReaders
        | FindingId::EnvShadowed => None,
    }
}

fn blanks(look: &Look<'_>) -> (String, String) {
    let (clause, step) = match () {
        () if look.key.has_no_break_space() => (
            "the key has a no-break space beside it or in it, which isn't ASCII",
            "Remove the no-break space, or copy the key once more",
        ),
        () if look.key.has_inner_blank() => {
            ("the key has a space in the middle", "Remove the space in the key")
        }
        () => ("the key has spaces before or after it", "Remove the spaces"),
    };
    (clause.to_owned(), step.to_owned())
}

fn no_key(look: &Look<'_>) -> (String, String) {
    let found = super::standin(look);
    let replace = || REPLACE.to_owned();
    let clause = match found {
        Some(NoKey::Reference(resolver)) => {
            return (resolver.clause(), resolver.step.to_owned());
        }
        Some(NoKey::Masked) => "the key is masked: its characters were hidden where it was copied",
        Some(NoKey::Address) => "the value is the address of a page or a mailbox, not a key",
        Some(NoKey::Path) => {
            return (
                "the value is the path of a file, not a key".to_owned(),
                "Put what is in that file in the place of its path".to_owned(),
            );
        }
        Some(NoKey::Document) => {
            "the value is a page, a document, or the text of an error, not a key"
        }
        Some(NoKey::Sentence) => "the value is a sentence or a comment, not a key",
        Some(NoKey::Words) => "the value is plain words, not a key",
        Some(NoKey::Short) => "the value is too short for a key",
        Some(NoKey::Example) | None => "the value is a placeholder, not a key",
    };
    (clause.to_owned(), replace())
}

/// The signs around the key, by those that are really there.
fn around(look: &Look<'_>) -> (String, String) {
    let given = String::from_utf8_lossy(look.key.bytes()).into_owned();
    let has = |signs: &str| given.contains(|c| signs.contains(c));
    let signs = match (has("\"'`“”‘’„«»"), has("<>[](){}")) {
        (true, false) => "quotes",
        (false, true) => "brackets",
        (true, true) => "quotes and brackets",
        (false, false) => "commas or semicolons",
    };
    (format!("the key has {signs} around it"), format!("Remove the {signs} around the key"))
}

fn pasted(look: &Look<'_>) -> (String, String) {
    let given = String::from_utf8_lossy(look.key.bytes()).to_ascii_lowercase();
    let clause = if given.trim_start().starts_with("bearer") {
        "the key has `Bearer` before it"
    } else if given.contains("-h ") || given.contains("header") || given.contains("curl") {
        "the key is inside a curl command"
    } else if given.contains("bearer") || given.contains(':') {
        "the key has the name of a header before it"
    } else if given.contains('=') {
        "the key has the name of a variable before it: a whole `.env` line was pasted"
    } else {
        "the key has a word before it that is no part of it"
    };
    (clause.to_owned(), "Keep the key only: remove what stands in front of it".to_owned())
}

fn foreign(look: &Look<'_>) -> (String, String) {
    if look.key.kind() == Kind::LiveAvatar {
        return (
            "the value is a key of LiveAvatar, which HeyGen's API doesn't take".to_owned(),
            "Use a key from HeyGen's own API settings, or ask LiveAvatar's API (`api.liveavatar.com`) with this one".to_owned(),
        );
    }
    (format!("the value is {}", whose(look)), REPLACE.to_owned())
}

/// `a key of Groq`, by the table of vendors.
fn whose(look: &Look<'_>) -> String {
    match vendor(look) {
        Some(name) => format!("a key of {name}, not of HeyGen"),
        None => "another service's key".to_owned(),
    }
}

/// The vendor whose keys have this form.
pub(super) fn vendor(look: &Look<'_>) -> Option<&'static str> {
    let known = vendor::find(look.key.whole()).map(|vendor| vendor.name);
    known.or_else(|| look.key.kind().vendor())
}

fn token(look: &Look<'_>) -> (String, String) {
    let (what, step) = match look.key.kind() {
        Kind::StreamingToken => (
            "the token of one streaming session",
            "Give the token to the streaming SDK only, and use the API key that the token was made with here",
        ),
        Kind::Jwt => ("a session token (JWT)", REPLACE),
        Kind::SessionCookie => ("the session cookie of HeyGen's web page", REPLACE),
        _ => (
            "an OAuth access token",
            "Send it as `Authorization: Bearer`, or put the key from HeyGen's API settings in its place",
        ),
    };
    (format!("the value is {what}, not an API key"), step.to_owned())
}

fn cut(look: &Look<'_>) -> (String, String) {
    let whole = look.key.whole();
    if look.peeled.met.contains(&super::Oddity::Unpadded) {
        return (
            "the key lacks the `=` at its end, which a double click doesn't select".to_owned(),
            "Add what is missing at the end of the key: one or two `=`, up to 60 characters"
                .to_owned(),
        );
    }
    if look.peeled.met.contains(&super::Oddity::Beginning) {
        return (
            "the key lacks its first characters".to_owned(),
            "Add what is missing before the key, so that it begins with `sk_V2_hgu_k`".to_owned(),
        );
    }
    let full = shapes::full_length(whole);
    (format!("the key is cut off: {} of {full} characters", whole.len()), COPY.to_owned())
}
