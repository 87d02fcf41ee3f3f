//! The findings about a key that its look alone shows: a table, one row each.

mod words;

use chrono::{DateTime, TimeDelta, Utc};

use super::peel::{Oddity, Peeled, peel};
use super::standin::NoKey;
use super::{ApiKey, Kind, base64, placeholder, shapes, within};
use crate::record::facts::{Finding, FindingId, Severity};

/// The age from which on a key is reported as old.
const ROTATION: TimeDelta = TimeDelta::days(90);

/// A key, taken apart, and the time at which it is looked at.
struct Look<'a> {
    key: &'a ApiKey,
    peeled: Peeled,
    now: DateTime<Utc>,
}

/// Finds something in a look, and tells it in one sentence.
type Check = fn(&Look<'_>) -> Option<String>;

/// How grave a finding is, and what calls for it.
const fn rule(id: FindingId) -> (Severity, Check) {
    match id {
        FindingId::KeyEmpty => (Severity::Error, empty),
        FindingId::KeyPlaceholder => (Severity::Error, placeholder),
        FindingId::KeyLineBreak => (Severity::Error, line_break),
        FindingId::KeyInside => (Severity::Error, inside),
        FindingId::KeyPrefixPasted => (Severity::Error, prefix_pasted),
        FindingId::KeyQuotes => (Severity::Error, quotes),
        FindingId::KeyEscaped => (Severity::Error, escaped),
        FindingId::KeyBom => (Severity::Error, bom),
        FindingId::KeyInvisible => (Severity::Error, invisible),
        FindingId::KeyNonAscii => (Severity::Error, non_ascii),
        FindingId::KeyMisread => (Severity::Warning, misread),
        FindingId::KeyTwoKeys => (Severity::Error, two_keys),
        FindingId::KeyDoubled => (Severity::Error, doubled),
        FindingId::KeyOtherVendor => (Severity::Error, other_vendor),
        FindingId::KeyOauthOrSession => (Severity::Error, oauth_or_session),
        FindingId::KeyTruncated => (Severity::Warning, truncated),
        FindingId::KeyBlanks => (Severity::Warning, blanks),
        FindingId::KeyDecoded => (Severity::Warning, decoded),
        FindingId::KeyDoubleEncoded => (Severity::Warning, double_encoded),
        FindingId::KeyOld => (Severity::Info, old),
        FindingId::KeyUnknownShape => (Severity::Info, unknown_shape),
        // Told of the place, not of a key: `source`.
        FindingId::CredentialsMalformed => (Severity::Error, |_| None),
        FindingId::KeyNearName
        | FindingId::EnvFileDuplicate
        | FindingId::EnvFileBom
        | FindingId::EnvFileReaders
        | FindingId::EnvShadowed => (Severity::Warning, |_| None),
    }
}

/// The findings that a key calls for.
pub(super) fn of(key: &ApiKey, now: DateTime<Utc>) -> Vec<Finding> {
    let look = Look { key, peeled: peel(key.bytes()), now };
    FindingId::ALL
        .into_iter()
        .filter_map(|id| {
            let (severity, check) = rule(id);
            let finding = Finding::new(id, severity, check(&look)?);
            let (clause, step) = words::of(id, &look).unzip();
            Some(Finding { clause, step, ..finding })
        })
        .collect()
}

impl Look<'_> {
    /// The message, if this was met; a placeholder has one finding, whatever surrounds it.
    fn met(&self, oddity: Oddity, message: &str) -> Option<String> {
        says(
            self.peeled.met.contains(&oddity)
                && !matches!(self.key.kind(), Kind::Empty | Kind::Placeholder),
            message,
        )
    }
}

fn says(applies: bool, message: &str) -> Option<String> {
    applies.then(|| message.to_owned())
}

fn empty(look: &Look<'_>) -> Option<String> {
    says(look.key.kind() == Kind::Empty, "The value is empty.")
}

fn placeholder(look: &Look<'_>) -> Option<String> {
    let sign = match standin(look) {
        Some(NoKey::Reference(_)) => {
            "It has the form of a reference, and the program got it as it was written."
        }
        Some(NoKey::Masked) => {
            "Its characters are replaced by asterisks, dots, or a word for that."
        }
        Some(NoKey::Address | NoKey::Path) => {
            "No key holds the signs of an address or a path where this value has them."
        }
        Some(NoKey::Document) => {
            "It begins as a document does, with a tag, a brace, or the name of an error."
        }
        Some(NoKey::Sentence | NoKey::Words) => "It is made of words, which no key is.",
        Some(NoKey::Short) => "Keys of HeyGen have 32 characters or more.",
        Some(NoKey::Example) | None => {
            "Examples and templates have such values where a key belongs."
        }
    };
    says(look.key.kind() == Kind::Placeholder, sign)
}

/// The stand-in that the value is, if it is one.
fn standin(look: &Look<'_>) -> Option<NoKey> {
    placeholder::find(look.key.whole(), look.key.bytes())
}

fn inside(look: &Look<'_>) -> Option<String> {
    look.met(
        Oddity::Inside,
        "A whole key is in the value, with other text that is sent along with it.",
    )
}

/// The text behind the last blank.
fn prefix_off(given: &[u8]) -> &[u8] {
    given.trim_ascii().rsplit(u8::is_ascii_whitespace).next().unwrap_or_default()
}

/// Where the key stands, if it is inside something else.
fn holder(look: &Look<'_>) -> &'static str {
    let given = look.key.bytes();
    let Some(place) = within::complete_in(given).into_iter().next() else {
        let encoded = base64::decode_text(prefix_off(given)).is_some();
        return if encoded { "inside base64, as after `Basic`" } else { "inside other text" };
    };
    let before = String::from_utf8_lossy(&given[..place.start]).to_ascii_lowercase();
    let after = String::from_utf8_lossy(&given[place.end..]).into_owned();
    let edge = |sign: char| sign.is_whitespace() || sign == '"' || sign == '\'';
    if before.contains("://")
        || before.starts_with('?')
        || before.contains('&') && before.contains('=')
    {
        "inside an address, as a parameter of its query"
    } else if before.contains("&quot;") || before.contains("&#") || after.contains("&quot;") {
        "inside HTML, with entities around it"
    } else if before.contains("\":") || before.contains("\": ") {
        "inside JSON"
    } else if before == "b'" || before == "b\"" {
        "inside Python's form of bytes (`b'…'`)"
    } else if before.trim_matches(edge).is_empty() && after.trim_matches(edge).starts_with('%') {
        "followed by a percent-encoded character"
    } else if after.trim_start_matches(edge).starts_with('#') {
        "followed by a comment"
    } else if before.trim_matches(edge).is_empty()
        && after.chars().all(|sign| !sign.is_alphanumeric())
    {
        "followed by a full stop or another sign"
    } else if before.trim_end_matches(edge).ends_with(['=', ':']) {
        "inside a line of settings, behind a name"
    } else {
        "inside other text"
    }
}

fn misread(look: &Look<'_>) -> Option<String> {
    look.met(
        Oddity::Misread,
        "A character of the key can't stand where it is; one that looks like it would fit, such as `0` for `O`.",
    )
}

fn line_break(look: &Look<'_>) -> Option<String> {
    look.met(
        Oddity::LineBreak,
        "A line break is in the value; no HTTP client can send it like this.",
    )
}

fn escaped(look: &Look<'_>) -> Option<String> {
    look.met(
        Oddity::Escaped,
        "Signs of the value are escaped, by `%` and two digits as in a URL, or by a backslash as in Markdown.",
    )
}

fn prefix_pasted(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::Prefix, "What stands in front of the key is sent as a part of it.")
}

fn quotes(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::Quotes, "What stands around the key is sent as a part of it.")
}

fn bom(look: &Look<'_>) -> Option<String> {
    look.met(
        Oddity::Bom,
        "The value begins with a byte order mark, which some editors put in front of a file.",
    )
}

fn invisible(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::Invisible, "They can't be seen, and are sent as a part of the key.")
}

fn non_ascii(look: &Look<'_>) -> Option<String> {
    let left = look.key.kind() != Kind::Placeholder && !look.key.whole().is_ascii();
    let met = look.met(Oddity::NonAscii, "A dash in the value was replaced by a typographic one.");
    met.or_else(|| says(left, "Characters are in the value that no HeyGen key has, such as letters with accents or of another alphabet."))
}

fn two_keys(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::TwoKeys, "Each of its two parts has the form of a key.")
}

fn doubled(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::Doubled, "The second half of the value is the first once more.")
}

fn other_vendor(look: &Look<'_>) -> Option<String> {
    look.key.kind().vendor()?;
    Some(format!("Keys of {} have this form.", words::vendor(look).unwrap_or("another service")))
}

fn oauth_or_session(look: &Look<'_>) -> Option<String> {
    let sign = match look.key.kind() {
        Kind::AccessToken | Kind::OauthToken => {
            "Tokens of a login have this form; HeyGen takes them as `Authorization: Bearer` only."
        }
        Kind::Jwt => "It has the three parts of a JSON web token.",
        Kind::StreamingToken => {
            "Decoded from base64, it has the members of the answer to `streaming.create_token`."
        }
        Kind::SessionCookie => "HeyGen's web page keeps this form of value in the browser.",
        _ => return None,
    };
    Some(sign.to_owned())
}

fn truncated(look: &Look<'_>) -> Option<String> {
    let unpadded = look.met(
        Oddity::Unpadded,
        "The end of the key is missing: one or two `=`, which a double click doesn't select.",
    );
    let headless = look.met(
        Oddity::Beginning,
        "The beginning of the key is missing, which is the same in every key: `sk_V2_hgu_k`.",
    );
    unpadded.or(headless).or_else(|| {
        let cut = shapes::is_cut(look.key.whole()) && look.key.kind() != Kind::Placeholder;
        says(cut, "The key is shorter than keys of its kind, as if its end was not copied.")
    })
}

fn blanks(look: &Look<'_>) -> Option<String> {
    look.met(Oddity::Blanks, "There are spaces before or after the key. Some programs send them along, and others cut them off.")
}

fn decoded(look: &Look<'_>) -> Option<String> {
    let decoded = look.key.kind() == Kind::DecodedLegacyKey;
    says(
        decoded,
        "Older HeyGen keys have this form after base64-decoding: 32 hex digits, a hyphen, 10 digits.",
    )
}

fn double_encoded(look: &Look<'_>) -> Option<String> {
    let inner = look.key.base64_decoded()?;
    let double = shapes::is_user_key(inner.whole()) || shapes::is_legacy(inner.whole());
    says(double, "Decoded once, it has the form of a HeyGen key.")
}

fn old(look: &Look<'_>) -> Option<String> {
    let age = look.now - look.key.created_at()?;
    (age >= ROTATION).then(|| format!("The key was made {} days ago.", age.num_days()))
}

fn unknown_shape(look: &Look<'_>) -> Option<String> {
    let unknown = match look.key.kind() {
        Kind::Unknown => !shapes::is_cut(look.key.whole()) && double_encoded(look).is_none(),
        Kind::UserKey => {
            !shapes::is_user_key(look.key.whole()) && !shapes::is_cut(look.key.whole())
        }
        _ => false,
    };
    says(
        unknown,
        "The value has none of the forms in which HeyGen is known to hand out keys; that alone doesn't make it wrong.",
    )
}
