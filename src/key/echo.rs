//! Hides what a server echoes of the value that it was sent, so that answers can be compared.
//!
//! Short runs are ordinary words as often as echoes. So a run from within counts from 8
//! characters on (12 if it is all letters or all digits), the beginning or end of the value from
//! 4 on where it stands apart, and a run of letters or digits alone only beside an ellipsis.

use std::collections::HashMap;

use super::{ApiKey, base64};

const MASK: &[u8] = b"[key]";
/// The shortest echo that is looked at; anything shorter is too common in ordinary text.
const LEAST: usize = 4;
/// From this length on the beginning or end of the value counts, whatever it is made of.
const LONG: usize = 8;
/// From this length on any run of the value counts.
const LONGEST: usize = 12;
/// The most bytes of a long value that are looked for, which bounds the work.
const MOST: usize = 1024;
/// The most places of the value in which a run is tried, which bounds the work.
const MOST_PLACES: usize = 16;

/// A form in which the value may come back.
struct Form {
    bytes: Vec<u8>,
    /// Up to here it is the same for every key.
    public: usize,
    /// Where runs of four begin.
    grams: HashMap<[u8; LEAST], Vec<usize>>,
}

pub(super) fn mask(key: &ApiKey, text: &str) -> String {
    let forms = forms(key);
    let bytes = text.as_bytes();
    let mut masked = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let run = forms.iter().map(|form| form.echo(bytes, at)).max().unwrap_or(0);
        if run > 0 {
            masked.extend_from_slice(MASK);
            at += run;
        } else {
            masked.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&masked).into_owned()
}

fn forms(key: &ApiKey) -> Vec<Form> {
    let (whole, public) = (key.whole(), key.whole().len() - key.core().len());
    let mut forms = vec![
        Form::new(whole.to_vec(), public),
        Form::new(whole.to_ascii_lowercase(), public),
        Form::new(whole.to_ascii_uppercase(), public),
        Form::new(base64::encode(whole), public.div_ceil(3) * 4),
    ];
    if key.bytes() != whole {
        let within = key.bytes().windows(whole.len().max(1)).any(|window| window == whole);
        if !within {
            forms.push(Form::new(key.bytes().to_vec(), 0));
        }
        forms.push(Form::new(base64::encode(key.bytes()), 0));
    }
    forms.extend(base64::decode(whole).map(|(inner, _)| Form::new(inner, 0)));
    forms
}

impl Form {
    fn new(mut bytes: Vec<u8>, public: usize) -> Self {
        bytes.truncate(MOST);
        let mut grams: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, window) in bytes.windows(LEAST).enumerate() {
            if let Ok(gram) = <[u8; LEAST]>::try_from(window) {
                let places = grams.entry(gram).or_default();
                if places.len() < MOST_PLACES {
                    places.push(at);
                }
            }
        }
        Self { bytes, public, grams }
    }

    /// The length of the longest echo that begins at a place of the text; 0 where none does.
    fn echo(&self, text: &[u8], at: usize) -> usize {
        let gram = text.get(at..at + LEAST).and_then(|gram| <[u8; LEAST]>::try_from(gram).ok());
        let places = gram.and_then(|gram| self.grams.get(&gram));
        let runs = places.into_iter().flatten().map(|place| {
            let same = text[at..]
                .iter()
                .zip(&self.bytes[*place..])
                .take_while(|(left, right)| left == right);
            (*place, same.count())
        });
        runs.filter(|(place, length)| self.counts(text, at, *place, *length))
            .map(|(_, length)| length)
            .max()
            .unwrap_or(0)
    }

    fn counts(&self, text: &[u8], at: usize, place: usize, length: usize) -> bool {
        let (before, after) = (&text[..at], &text[at + length..]);
        let run = &text[at..at + length];
        // A text may name the prefix that all keys have.
        let tells = place + length > self.public && length >= LEAST;
        let plain = run.iter().all(u8::is_ascii_alphabetic) || run.iter().all(u8::is_ascii_digit);
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let apart = !word(before.last()) && !word(after.first());
        let end = place == 0 || place == self.public || place + length == self.bytes.len();
        let shortened =
            is_ellipsis(before.iter().rev().take(3)) || is_ellipsis(after.iter().take(3));
        tells
            && (length >= LONGEST
                || (length >= LONG && !plain)
                || (end && apart && (length >= LONG || !plain || shortened)))
    }
}

/// Asterisks, two or more dots, or the sign `…`, whose bytes come in either order.
fn is_ellipsis<'a>(beside: impl Iterator<Item = &'a u8>) -> bool {
    let beside: Vec<u8> = beside.copied().collect();
    beside.first() == Some(&b'*')
        || beside.starts_with(b"..")
        || beside == "…".as_bytes()
        || beside == [0xA6, 0x80, 0xE2]
}
