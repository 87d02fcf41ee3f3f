//! Packed text inside of a text, such as gzip in base64: read to be searched, taken out as a whole.

use std::io::Read;

use flate2::bufread::{GzDecoder, ZlibDecoder};

use super::View;
use crate::redact::work;

/// The most bytes that are looked at of a packed text: it may be made to unpack without end.
const MOST: u64 = 64 << 10;

/// How gzip and zlib begin.
const GZIP: &[u8] = b"\x1F\x8B\x08";
const ZLIB: [&[u8]; 3] = [b"x\x01", b"x\x9C", b"x\xDA"];

/// True if a run of decoded bytes begins as something packed does.
pub(in crate::redact) fn is_packed(text: &[u8]) -> bool {
    runs(text).next().is_some()
}

pub(in crate::redact) fn view(text: &[u8]) -> View {
    let mut view = View::default();
    for at in runs(text) {
        let packed = &text[at..];
        let (bytes, left) = if packed.starts_with(GZIP) {
            let mut decoder = GzDecoder::new(packed);
            (unpacked(&mut decoder), decoder.into_inner().len())
        } else {
            let mut decoder = ZlibDecoder::new(packed);
            (unpacked(&mut decoder), decoder.into_inner().len())
        };
        work::looked(bytes.len());
        for byte in bytes {
            view.push(byte, at..text.len() - left);
        }
    }
    view
}

/// Where what is packed begins: with the text, or with a run of its own.
fn runs(text: &[u8]) -> impl Iterator<Item = usize> {
    let starts = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
    std::iter::once(0).chain(starts).filter(|at| {
        let text = &text[*at..];
        text.starts_with(GZIP) || ZLIB.iter().any(|begin| text.starts_with(begin))
    })
}

/// As much as can be read; the end may be missing.
fn unpacked(decoder: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = decoder.take(MOST).read_to_end(&mut bytes);
    bytes
}
