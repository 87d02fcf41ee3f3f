//! The ways in which one character may be written, and the way back.

use super::spelling::Spelling;
use super::work;

/// Names of characters that HTML writers use.
const NAMED: [(u8, &str); 16] = [
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

/// The longest way to write one character.
pub(super) const LONGEST: usize = 10;

/// A family of escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Escape {
    Percent,
    #[strum(serialize = "json_escape")]
    Json,
    #[strum(serialize = "html_entity")]
    Html,
    Shell,
}

/// All ways to write each byte that some spelling has.
#[derive(Debug)]
pub(super) struct Ways(Vec<Written>);

/// All ways to write one byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) ways: Vec<Vec<u8>>,
    byte: u8,
    /// Whether an escape of the byte begins with itself.
    begins: bool,
    /// What stands before the byte where it is the end of an escape of itself.
    before: Vec<u8>,
}

impl Ways {
    /// Letters and digits are escaped only by encoders that escape everything.
    pub(super) fn new(of_letters: bool, known: &[Escape], spellings: &[Spelling]) -> Self {
        let mut all = Self(vec![Written::default(); 256]);
        for byte in spellings.iter().flat_map(|spelling| &spelling.bytes) {
            let written = &mut all.0[usize::from(*byte)];
            if written.ways.is_empty() {
                let has_escapes = of_letters || !byte.is_ascii_alphanumeric();
                *written = Written::new(*byte, if has_escapes { known } else { &[] });
            }
        }
        all
    }

    pub(super) fn of(&self, byte: u8) -> &Written {
        &self.0[usize::from(byte)]
    }
}

impl Written {
    fn new(byte: u8, known: &[Escape]) -> Self {
        let mut ways: Vec<_> = known.iter().flat_map(|escape| written(byte, *escape)).collect();
        let begins = ways.iter().any(|way| way[0] == byte);
        let itself = ways.iter().filter(|way| way.ends_with(&[byte]));
        let before = itself.map(|way| way[way.len() - 2]).collect();
        ways.push(vec![byte]);
        ways.sort_unstable();
        ways.dedup();
        Self { ways, byte, begins, before }
    }

    /// Where the byte ends that begins here, if it stands for itself and nothing else is possible.
    pub(super) fn literal_end(&self, text: &[u8], at: usize) -> Option<usize> {
        (!self.begins && text.get(at) == Some(&self.byte)).then_some(at + 1)
    }

    /// Where the byte begins that ends here, if it stands for itself and nothing else is possible.
    pub(super) fn literal_start(&self, text: &[u8], end: usize) -> Option<usize> {
        match &text[..end] {
            [.., before, last] => *last == self.byte && !self.before.contains(before),
            [last] => *last == self.byte,
            [] => false,
        }
        .then(|| end - 1)
    }

    /// Where the byte ends that begins here, in every way.
    pub(super) fn ends(&self, text: &[u8], at: usize) -> impl Iterator<Item = usize> {
        let ways = self.ways.iter().filter(move |way| text[at..].starts_with(way));
        ways.map(move |way| at + way.len())
    }

    /// Where the byte begins that ends here, in every way.
    pub(super) fn starts(&self, text: &[u8], end: usize) -> impl Iterator<Item = usize> {
        let ways = self.ways.iter().filter(move |way| text[..end].ends_with(way));
        ways.map(move |way| end - way.len())
    }
}

fn written(byte: u8, escape: Escape) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for hex in [format!("{byte:02X}"), format!("{byte:02x}")] {
        match escape {
            Escape::Percent => {
                texts.extend([format!("%{hex}"), format!("%25{hex}"), format!("%2525{hex}")]);
            }
            Escape::Json => {
                texts.extend([format!("\\u00{hex}"), format!("\\\\u00{hex}"), format!("\\x{hex}")]);
            }
            Escape::Html => {
                texts.extend([format!("&#x{hex};"), format!("&#X{hex};"), format!("&#x00{hex};")]);
            }
            Escape::Shell => {}
        }
    }
    match escape {
        Escape::Html => {
            texts.extend([format!("&#{byte};"), format!("&#{byte:03};")]);
            texts.extend(
                NAMED
                    .iter()
                    .filter(|(named, _)| *named == byte)
                    .map(|(_, name)| (*name).to_owned()),
            );
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

/// Whether decoding can change a text.
pub(super) fn is_escaped(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, b'%' | b'\\' | b'&' | b'\''))
}

/// A text without one layer of escapes, and where each of its bytes begins in the original; at last, where it ends.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    pub(super) starts: Vec<usize>,
}

impl Decoded {
    pub(super) fn raw(text: &[u8], at: usize) -> Self {
        Self { bytes: text.to_vec(), starts: (at..=at + text.len()).collect() }
    }

    /// One layer less.
    pub(super) fn again(&self) -> Self {
        work::looked(self.bytes.len());
        let mut next = Self::default();
        let mut at = 0;
        while at < self.bytes.len() {
            let (byte, length) = unescaped(&self.bytes[at..]).unwrap_or((self.bytes[at], 1));
            next.bytes.push(byte);
            next.starts.push(self.starts[at]);
            at += length;
        }
        next.starts.push(self.starts[at]);
        next
    }
}

fn unescaped(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'%', high, low, ..] => Some((byte(&[*high, *low], 16)?, 3)),
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((byte(&[*high, *low], 16)?, 6)),
        [b'\\', b'x', high, low, ..] => Some((byte(&[*high, *low], 16)?, 4)),
        [b'\\', next, ..] if next.is_ascii_punctuation() => Some((*next, 2)),
        [b'\'', b'\\', b'\'', b'\'', ..] => Some((b'\'', 4)),
        [b'\'', b'"', b'\'', b'"', b'\'', ..] => Some((b'\'', 5)),
        [b'&', ..] => entity(text),
        _ => None,
    }
}

fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let value = match &text[1..end] {
        [b'#', b'x' | b'X', digits @ ..] => byte(digits, 16)?,
        [b'#', digits @ ..] => byte(digits, 10)?,
        _ => NAMED.iter().find(|(_, name)| name.as_bytes() == &text[..=end])?.0,
    };
    Some((value, end + 1))
}

fn byte(digits: &[u8], radix: u32) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}
