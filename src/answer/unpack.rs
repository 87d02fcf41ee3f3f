//! Takes a body out of the codings it was sent in, none of which was asked for: a server or
//! a gateway may pack it all the same (RFC 9110 §12.5.3). Pure.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use http::header::{CONTENT_ENCODING, HeaderMap};
use ruzstd::decoding::StreamingDecoder;

/// The most codings around one body; more than two are not seen outside of attacks.
const MOST_CODINGS: usize = 3;
/// The widest window of zstd that a client of HTTP has to bear (RFC 9659 §3).
const WIDEST_WINDOW: u64 = 8 << 20;
/// The bytes that the decoder of Brotli reads at once.
const BROTLI_INPUT: usize = 4096;

/// A body without its codings.
#[derive(Debug, PartialEq)]
pub(super) struct Unpacked<'a> {
    /// Its bytes, up to the limit.
    pub(super) bytes: Cow<'a, [u8]>,
    /// True if there were more.
    pub(super) more: bool,
    /// True if it couldn't be unpacked to its end.
    pub(super) broken: bool,
}

#[derive(Clone, Copy)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// A body as it was before it was packed, at most `limit` bytes of it. A body that isn't packed as
/// its label says, or in a coding that isn't known, stays as it came.
pub(super) fn unpacked<'a>(headers: &HeaderMap, packed: &'a [u8], limit: usize) -> Unpacked<'a> {
    let mut body = Unpacked { bytes: Cow::Borrowed(packed), more: false, broken: false };
    let Some(codings) = codings(headers).filter(|codings| codings.len() <= MOST_CODINGS) else {
        return body;
    };
    // What was packed last is unpacked first.
    for coding in codings.into_iter().rev() {
        let (bytes, more, broken) = coding.unpack(&body.bytes, limit);
        if bytes.is_empty() && broken {
            break;
        }
        body = Unpacked {
            bytes: Cow::Owned(bytes),
            more: body.more || more,
            broken: body.broken || broken,
        };
    }
    body
}

/// The codings in the order in which they were applied; `None` if one isn't known.
fn codings(headers: &HeaderMap) -> Option<Vec<Coding>> {
    let named = headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
        .map(|name| match name.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Coding::Gzip),
            "deflate" => Some(Coding::Deflate),
            "br" => Some(Coding::Brotli),
            "zstd" => Some(Coding::Zstd),
            _ => None,
        })
        .collect()
}

impl Coding {
    /// At most `limit` bytes, true if there were more, true if an error ended them.
    fn unpack(self, packed: &[u8], limit: usize) -> (Vec<u8>, bool, bool) {
        match self {
            Self::Gzip => drained(GzDecoder::new(packed), limit),
            // The name means zlib's format, and some servers send the bare stream (RFC 9110 §8.4.1.2).
            Self::Deflate if is_zlib(packed) => drained(ZlibDecoder::new(packed), limit),
            Self::Deflate => drained(DeflateDecoder::new(packed), limit),
            Self::Brotli => {
                drained(brotli_decompressor::Decompressor::new(packed, BROTLI_INPUT), limit)
            }
            Self::Zstd => match StreamingDecoder::new_with_max_window_size(packed, WIDEST_WINDOW) {
                Ok(decoder) => drained(decoder, limit),
                Err(_) => (Vec::new(), false, true),
            },
        }
    }
}

/// The two bytes that begin zlib's format: method 8, and a multiple of 31 (RFC 1950 §2.2).
fn is_zlib(packed: &[u8]) -> bool {
    matches!(packed, [method, flags, ..]
        if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

/// Reads to the limit and not a byte beyond the one that shows that there are more.
fn drained(source: impl Read, limit: usize) -> (Vec<u8>, bool, bool) {
    let mut bytes = Vec::new();
    let broken = source.take(limit as u64 + 1).read_to_end(&mut bytes).is_err();
    let more = bytes.len() > limit;
    bytes.truncate(limit);
    (bytes, more, broken)
}

#[cfg(test)]
mod tests;
