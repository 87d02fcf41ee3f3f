//! The body that curl makes of its data options.

use crate::pasted::shell::Word;
use crate::pasted::urls::percent;

/// What `-d` and its kin come to.
#[derive(Clone, Default)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// True where a file, or standard input, is a part of it.
    pub(super) has_unknown: bool,
    /// True as soon as there is one, be it empty.
    pub(super) is_there: bool,
    /// True from the first `--json` on.
    pub(super) is_json: bool,
}

impl Body {
    /// Adds what an option gives.
    pub(super) fn add(&mut self, option: &str, value: &Word) {
        let piece = match option {
            "data-raw" => Some(value.text.clone()),
            "data-urlencode" => encoded_pair(&value.text),
            _ => (!value.text.starts_with(b"@")).then(|| value.text.clone()),
        };
        self.is_json |= option == "json";
        // Each piece but JSON stands behind an ampersand.
        if self.is_there && option != "json" {
            self.bytes.push(b'&');
        }
        self.is_there = true;
        match piece {
            Some(piece) => self.bytes.extend(piece),
            None => self.has_unknown = true,
        }
        self.has_unknown |= !value.unknown.is_empty();
    }
}

/// `content`, `=content`, `name=content`; a file is none of them.
fn encoded_pair(text: &[u8]) -> Option<Vec<u8>> {
    let at = text.iter().position(|byte| matches!(byte, b'=' | b'@'));
    match at {
        None => Some(in_query(text)),
        Some(at) if text[at] == b'@' => None,
        Some(0) => Some(in_query(&text[1..])),
        Some(at) => Some([&text[..=at], &in_query(&text[at + 1..])].concat()),
    }
}

fn in_query(text: &[u8]) -> Vec<u8> {
    percent(text).replace("%20", "+").into_bytes()
}
