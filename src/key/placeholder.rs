//! Texts of examples, and variables that nobody expanded.

use super::shapes;

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

/// The value is no key at all; `whole` is the repaired form of `given`.
pub(super) fn is_placeholder(whole: &[u8], given: &[u8]) -> bool {
    let masked = is_masked(whole);
    if shapes::is_complete(whole) && !masked {
        return false;
    }
    let lower = String::from_utf8_lossy(whole).to_ascii_lowercase();
    let bare: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    masked
        || EXACT.contains(&bare.as_str())
        || is_example(&lower)
        || is_variable(whole)
        || is_bracketed(given.trim_ascii())
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

/// `$HEYGEN_API_KEY`, `${…}`, `%HEYGEN_API_KEY%`, `process.env.…`.
fn is_variable(whole: &[u8]) -> bool {
    let name = |rest: &[u8]| {
        rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
            && rest
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.'))
    };
    let percent = whole.strip_prefix(b"%").and_then(|rest| rest.strip_suffix(b"%"));
    whole.starts_with(b"${")
        || whole.starts_with(b"$(")
        || whole.starts_with(b"process.env.")
        || whole.starts_with(b"os.environ")
        || whole.starts_with(b"os.getenv")
        || whole.strip_prefix(b"$").or(percent).is_some_and(name)
}

/// `<…>`, `{{…}}`.
fn is_bracketed(given: &[u8]) -> bool {
    let pairs: [(&[u8], &[u8]); 3] = [(b"<", b">"), (b"{{", b"}}"), (b"[", b"]")];
    pairs.iter().any(|(open, close)| {
        given
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.iter().any(u8::is_ascii_digit))
    })
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
