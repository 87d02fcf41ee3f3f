//! Headers and logins as they stand in a curl line.

use crate::pasted::shell::Word;

/// A user without a password.
pub(super) fn with_colon(login: &[u8]) -> Vec<u8> {
    let colon: &[u8] = if login.contains(&b':') { b"" } else { b":" };
    [login, colon].concat()
}

/// A header of `-H`: `Name: value`; `Name:` takes one out, `Name;` sends it empty.
pub(super) fn given(word: &Word) -> Option<(String, Option<Vec<u8>>)> {
    let text = word.text.as_slice();
    if text.starts_with(b"@") {
        return None;
    }
    let Some(at) = text.iter().position(|byte| *byte == b':') else {
        let name = text.strip_suffix(b";")?;
        return Some((String::from_utf8_lossy(name).into_owned(), Some(Vec::new())));
    };
    let name = String::from_utf8_lossy(&text[..at]).into_owned();
    let mut value = &text[at + 1..];
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    // A line break is sent as it is, and without a name nothing is.
    (!name.is_empty()).then(|| (name, (!value.is_empty()).then(|| value.to_vec())))
}

/// The value of `Host`.
pub(super) fn host_of(headers: &[(String, Vec<u8>)]) -> Option<String> {
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"))?;
    Some(String::from_utf8_lossy(value).into_owned())
}
