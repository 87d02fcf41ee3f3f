//! Values that are no key: texts of examples, references that nobody resolved, and stand-ins.

use super::standin::{self, NoKey};
use super::{reference, shapes};

/// Whole values, in lower case and without separators.
const EXACT: &[&str] = &[
    "abcd",
    "abc",
    "abc123",
    "1234",
    "12345",
    "123456",
    "12345678",
    "test",
    "testkey",
    "demo",
    "dummy",
    "example",
    "sample",
    "secret",
    "string",
    "todo",
    "tbd",
    "fixme",
    "none",
    "null",
    "nil",
    "undefined",
    "true",
    "false",
    "na",
    "changeme",
    "replaceme",
    "placeholder",
    "redacted",
    "hidden",
    "masked",
    "empty",
    "key",
    "token",
    "apikey",
    "mykey",
    "myapikey",
    "bearer",
    "xapikey",
    "heygenapikey",
    "heygenkey",
    "heygentoken",
    "apikeyhere",
    "keyhere",
    "accesstoken",
    "keygoeshere",
    "insertkeyhere",
    "pastekeyhere",
];

/// The stand-in that a value says of itself to be; `whole` is the repaired form of `given`.
pub(super) fn told(whole: &[u8], given: &[u8]) -> Option<NoKey> {
    if is_masked(whole) {
        return Some(NoKey::Masked);
    }
    if shapes::is_complete(whole) || shapes::is_own(whole) {
        return None;
    }
    let lower = String::from_utf8_lossy(whole).to_ascii_lowercase();
    let bare: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let reference = reference::find(given).or_else(|| reference::find(whole));
    let example =
        EXACT.contains(&bare.as_str()) || is_example(&lower) || is_bracketed(given.trim_ascii());
    reference.map(NoKey::Reference).or_else(|| example.then_some(NoKey::Example))
}

/// `<your-key>`, `[key]`.
fn is_bracketed(given: &[u8]) -> bool {
    [(b'<', b'>'), (b'[', b']')].into_iter().any(|(open, close)| {
        let inner = given.strip_prefix(&[open]).and_then(|rest| rest.strip_suffix(&[close]));
        let plain =
            |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'_' | b'-' | b'.');
        inner.is_some_and(|inner| inner.iter().all(plain))
    })
}

/// The stand-in that a value is in place of a key: it says so, or it can't be one.
pub(super) fn find(whole: &[u8], given: &[u8]) -> Option<NoKey> {
    told(whole, given).or_else(|| standin::find(whole, given))
}

/// `your-api-key-here`, `replace_with_your_key`, `insert-token`.
fn is_example(lower: &str) -> bool {
    let verb = [
        "your", "replace", "insert", "paste", "changeme", "example", "put-", "put_", "enter-",
        "enter_",
    ];
    let noun = ["key", "token", "api", "heygen", "here", "secret"];
    lower.len() <= 80
        && lower.bytes().filter(u8::is_ascii_digit).count() <= 4
        && verb.iter().any(|word| lower.contains(word))
        && noun.iter().any(|word| lower.contains(word))
}

/// One character again and again (`xxxx`, `****`), or a key of which a page shows the ends only.
fn is_masked(whole: &[u8]) -> bool {
    let prefix = if whole.starts_with(shapes::USER_PREFIX) {
        shapes::USER_PREFIX.len()
    } else {
        shapes::partner_prefix(whole)
    };
    let core = &whole[prefix..];
    let same = core.len() >= 3 && core.iter().all(|byte| *byte == core[0]);
    let crossed = core.len() >= 4
        && core.iter().filter(|byte| matches!(byte, b'x' | b'X')).count() * 2 > core.len();
    let text = String::from_utf8_lossy(whole);
    same || crossed
        || text.contains("****")
        || text.contains("••••")
        || text.contains("...")
        || text.contains('…')
}
