//! Text that is pasted in front of a key: the name of a variable or header, a scheme, a command.

use super::{Oddity, Peeled};

/// Words that stand before a key, with a blank between.
const WORDS: &[&str] = &[
    "bearer", "token", "basic", "apikey", "export", "set", "setx", "-h", "--header", "curl", "key",
];
/// The ends of names that stand before a key, in lower case and without separators.
const NAMES: &[&str] = &["apikey", "heygenkey", "token", "authorization", "bearer"];
/// The longest name that is looked for.
const LONGEST: usize = 48;

/// Takes one prefix off.
pub(super) fn strip(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let length = [word, variable, name].into_iter().find_map(|find| find(&bytes));
    if let Some(length) = length {
        peeled.strip(length, 0);
        peeled.met.insert(Oddity::Prefix);
    }
    length.is_some()
}

fn word(bytes: &[u8]) -> Option<usize> {
    WORDS.iter().map(|word| word.len()).zip(WORDS).find_map(|(length, word)| {
        let (start, rest) = bytes.split_at_checked(length)?;
        let apart = rest.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        (apart && start.eq_ignore_ascii_case(word.as_bytes())).then_some(length + 1)
    })
}

/// `$env:` of PowerShell.
fn variable(bytes: &[u8]) -> Option<usize> {
    let (start, rest) = bytes.split_at_checked(5)?;
    (start.eq_ignore_ascii_case(b"$env:") && rest.contains(&b'=')).then_some(5)
}

/// `HEYGEN_API_KEY=`, `X-Api-Key:`, `"api_key": `.
fn name(bytes: &[u8]) -> Option<usize> {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.');
    let length = bytes.iter().take(LONGEST).take_while(|byte| letter(byte)).count();
    let gap = bytes[length..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'"' | b'\''))
        .count();
    let sign = length + gap;
    // The base64 of a key may end in one or two of these.
    let goes_on = bytes.len() >= sign + 4;
    if !goes_on || !matches!(bytes[sign], b'=' | b':') {
        return None;
    }
    let bare: String = bytes[..length]
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    NAMES.iter().any(|name| bare.ends_with(name)).then_some(sign + 1)
}
