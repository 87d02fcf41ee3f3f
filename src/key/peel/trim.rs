//! Blanks, line breaks, quotes and brackets at either end.

use super::{Oddity, Peeled};

/// Takes everything off both ends that no key begins or ends with.
pub(super) fn trim(peeled: &mut Peeled) -> bool {
    let bytes = peeled.whole();
    let (mut rest, mut front) = (bytes.as_slice(), 0);
    loop {
        if let [first, inner @ ..] = rest
            && let Some(oddity) = at_start(*first)
        {
            peeled.met.insert(oddity);
            (rest, front) = (inner, front + 1);
        } else if let [inner @ .., b'\\', b'n' | b'r'] = rest {
            peeled.met.insert(Oddity::LineBreak);
            rest = inner;
        } else if let [inner @ .., last] = rest
            && let Some(oddity) = at_end(*last)
        {
            peeled.met.insert(oddity);
            rest = inner;
        } else if let [b'<', inner @ .., b'>']
        | [b'{', inner @ .., b'}']
        | [b'(', inner @ .., b')']
        | [b'[', inner @ .., b']'] = rest
        {
            peeled.met.insert(Oddity::Quotes);
            (rest, front) = (inner, front + 1);
        } else {
            break;
        }
    }
    let back = bytes.len() - front - rest.len();
    peeled.strip(front, back);
    front + back > 0
}

const fn at_start(byte: u8) -> Option<Oddity> {
    match byte {
        b' ' | b'\t' => Some(Oddity::Blanks),
        b'\r' | b'\n' => Some(Oddity::LineBreak),
        b'"' | b'\'' | b'`' | b'\\' => Some(Oddity::Quotes),
        _ if byte.is_ascii_control() => Some(Oddity::Invisible),
        _ => None,
    }
}

const fn at_end(byte: u8) -> Option<Oddity> {
    match byte {
        b',' | b';' => Some(Oddity::Quotes),
        _ => at_start(byte),
    }
}
