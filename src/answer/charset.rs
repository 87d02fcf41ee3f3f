//! Turns the text of a body into UTF-8, whatever charset it came in. Pure.

use std::borrow::Cow;

use http::header::{CONTENT_TYPE, HeaderMap};

#[derive(Clone, Copy)]
enum Charset {
    Utf16(fn([u8; 2]) -> u16),
    Latin1,
}

/// The same text in UTF-8, at most `limit` bytes of it, and true if there was more. What is UTF-8
/// already, or in no charset that is known, stays as it is.
pub(super) fn utf8<'a>(
    headers: &HeaderMap,
    bytes: Cow<'a, [u8]>,
    limit: usize,
) -> (Cow<'a, [u8]>, bool) {
    let text = match charset(headers, &bytes) {
        None => return (bytes, false),
        Some(Charset::Latin1) => bytes.iter().copied().map(char::from).collect(),
        Some(Charset::Utf16(unit)) => {
            let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect::<String>()
        }
    };
    let mut text: String = text;
    let more = text.len() > limit;
    text.truncate(text.floor_char_boundary(limit));
    (Cow::Owned(text.into_bytes()), more)
}

/// By its mark, by the zero in its first character, or by its label where it isn't UTF-8.
fn charset(headers: &HeaderMap, bytes: &[u8]) -> Option<Charset> {
    match bytes {
        [0xff, 0xfe, ..] | [b'{' | b'[' | b'<', 0, ..] => {
            return Some(Charset::Utf16(u16::from_le_bytes));
        }
        [0xfe, 0xff, ..] | [0, b'{' | b'[' | b'<', ..] => {
            return Some(Charset::Utf16(u16::from_be_bytes));
        }
        _ => {}
    }
    let label = label(headers)?;
    let is = |names: &[&str]| names.iter().any(|name| label.eq_ignore_ascii_case(name));
    if is(&["utf-16", "utf-16be", "utf-16le"])
        && bytes.len().is_multiple_of(2)
        && bytes.contains(&0)
    {
        // Without a mark, the halves that are zero tell the order: most letters are Latin ones.
        let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
        let little = zeros(1) > zeros(0);
        return Some(Charset::Utf16(if little { u16::from_le_bytes } else { u16::from_be_bytes }));
    }
    let is_latin = is(&["iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"]);
    (is_latin && std::str::from_utf8(bytes).is_err()).then_some(Charset::Latin1)
}

/// The charset that the content type names.
fn label(headers: &HeaderMap) -> Option<&str> {
    let parameters = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').skip(1);
    parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"{"message":"Accès refusé"}"#;

    fn read(label: &str, bytes: &[u8], limit: usize) -> (Vec<u8>, bool) {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, label.parse().unwrap());
        let (text, more) = utf8(&headers, Cow::Borrowed(bytes), limit);
        (text.into_owned(), more)
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn other_charsets_become_utf_8() {
        let latin: Vec<u8> = SAID.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
        let marked = format!("\u{feff}{SAID}");
        let spaced = format!("\n{SAID}");
        for (label, bytes, text) in [
            ("application/json; charset=ISO-8859-1", latin.clone(), SAID),
            ("application/json; charset=\"windows-1252\"", latin, SAID),
            ("application/json", utf16(SAID, u16::to_le_bytes), SAID),
            ("application/json", utf16(SAID, u16::to_be_bytes), SAID),
            ("text/plain", utf16(&marked, u16::to_le_bytes), &marked),
            ("text/plain", utf16(&marked, u16::to_be_bytes), &marked),
            ("text/plain; charset=utf-16", utf16(&spaced, u16::to_le_bytes), &spaced),
            ("text/plain; charset=UTF-16BE", utf16(&spaced, u16::to_be_bytes), &spaced),
        ] {
            let seen = read(label, &bytes, 1024);
            assert_eq!(seen, (text.as_bytes().to_vec(), false), "{label}");
        }
    }

    #[test]
    fn utf_8_stays_whatever_its_label_says() {
        for label in ["text/plain; charset=latin1", "text/plain; charset=utf-16", "text/plain"] {
            assert_eq!(read(label, SAID.as_bytes(), 8), (SAID.as_bytes().to_vec(), false));
        }
    }

    #[test]
    fn what_grows_ends_at_the_limit() {
        let (text, more) = read("text/plain; charset=latin1", &[0xe9; 1000], 1001);
        assert_eq!((text.len(), more), (1000, true));
        assert_eq!(String::from_utf8(text).unwrap(), "é".repeat(500));
    }
}
