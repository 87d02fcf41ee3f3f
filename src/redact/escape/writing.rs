//! All ways in which one byte may be written.

use super::{Escape, LONGEST};

/// Names of characters that HTML writers use.
pub(super) const NAMED: [(u8, &str); 16] = [
    (b'"', "&quot;"),
    (b'&', "&amp;"),
    (b'\'', "&apos;"),
    (b'<', "&lt;"),
    (b'>', "&gt;"),
    (b'_', "&lowbar;"),
    (b'/', "&sol;"),
    (b'+', "&plus;"),
    (b'=', "&equals;"),
    (b'-', "&hyphen;"),
    (b'-', "&dash;"),
    (b'.', "&period;"),
    (b':', "&colon;"),
    (b'@', "&commat;"),
    (b'$', "&dollar;"),
    (b'%', "&percnt;"),
];

/// The most escapes on top of one, as in JSON in JSON in JSON in JSON.
const AGAIN: usize = 3;

/// Every escape of a byte, and escapes of these.
pub(super) fn escapes(byte: u8, known: &[Escape]) -> Vec<Vec<u8>> {
    let mut ways: Vec<_> = known.iter().flat_map(|escape| once(byte, *escape)).collect();
    let mut last = ways.clone();
    for _ in 0..AGAIN {
        last = last
            .iter()
            .flat_map(|way| known.iter().flat_map(|escape| again(way, *escape)))
            .filter(|way| way.len() <= LONGEST)
            .collect();
        last.sort_unstable();
        last.dedup();
        ways.extend(last.iter().cloned());
    }
    ways
}

fn once(byte: u8, escape: Escape) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for hex in [format!("{byte:02X}"), format!("{byte:02x}")] {
        match escape {
            Escape::Percent => texts.push(format!("%{hex}")),
            Escape::Json => {
                texts.extend([format!("\\u00{hex}"), format!("\\u{{{hex}}}"), format!("\\x{hex}")]);
            }
            Escape::Html => {
                for zeros in ["", "00", "0000"] {
                    texts.push(format!("&#x{zeros}{hex};"));
                }
                texts.extend([format!("&#X{hex};"), format!("&#x{hex}")]);
            }
            Escape::Quoted => texts.push(format!("={hex}")),
            Escape::Shell => {}
        }
    }
    match escape {
        Escape::Html => {
            texts.extend((1..=7).map(|digits| format!("&#{byte:0digits$};")));
            texts.extend([format!("&#{byte}"), format!("&#{byte:07}")]);
            let named = NAMED.iter().filter(|(named, _)| *named == byte);
            texts.extend(named.map(|(_, name)| (*name).to_owned()));
        }
        Escape::Shell if byte == b'\'' => texts.extend(["'\\''".to_owned(), "'\"'\"'".to_owned()]),
        _ => {}
    }
    let mut texts: Vec<_> = texts.into_iter().map(String::into_bytes).collect();
    if matches!(escape, Escape::Shell | Escape::Json) && byte.is_ascii_punctuation() {
        texts.extend([vec![b'\\', byte], vec![b'\\', b'\\', byte]]);
    }
    texts
}

/// An escape that was escaped by a writer that leaves letters and digits, or by one that leaves nothing.
fn again(way: &[u8], escape: Escape) -> Vec<Vec<u8>> {
    let room = LONGEST - way.len();
    let replaced = |sign: u8, by: &[u8]| -> Vec<u8> {
        let with = |byte: &u8| if *byte == sign { by.to_vec() } else { vec![*byte] };
        way.iter().flat_map(with).collect()
    };
    match escape {
        Escape::Percent if room >= 2 => {
            let signs = percent(way, u8::is_ascii_alphanumeric);
            let mut ways = vec![signs.to_ascii_lowercase(), signs];
            if way.len() * 3 <= LONGEST {
                ways.push(percent(way, |_| false));
            }
            ways
        }
        Escape::Json if way[0] == b'\\' && room >= 1 => vec![replaced(b'\\', b"\\\\")],
        Escape::Html if way[0] == b'&' && room >= 4 => {
            vec![replaced(b'&', b"&amp;"), replaced(b'&', b"&#38;")]
        }
        _ => Vec::new(),
    }
}

fn percent(way: &[u8], stays: impl Fn(&u8) -> bool) -> Vec<u8> {
    let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value)];
    let mut text = Vec::new();
    for byte in way {
        if stays(byte) {
            text.push(*byte);
        } else {
            text.extend([b'%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    text
}
