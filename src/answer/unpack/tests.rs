use std::cell::Cell;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

const LIMIT: usize = 64 * 1024;
const SAID: &str = r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#;
/// `SAID`, by the encoder of Node.
const SAID_IN_BROTLI: &str = "1b3900181c07768cb385391c6ce723547a8ab8ed55555deab0f4c1069c738a833e2f3b1d1832c40826598c39ecab48c10f";
/// 16 MiB of blanks, by the same.
const BLANKS_IN_BROTLI: &str = "cbffff3ff82540e2b14020f7fe2ffffffff04b00c4611180eefd1f";

fn bytes(hex: &str) -> Vec<u8> {
    let pair = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(pair).collect()
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn bare(body: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn zstd(body: &[u8]) -> Vec<u8> {
    compress_to_vec(body, CompressionLevel::Fastest)
}

fn labelled(label: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_ENCODING, label.parse().unwrap());
    headers
}

fn read<'a>(label: &str, packed: &'a [u8]) -> Unpacked<'a> {
    unpacked(&labelled(label), packed, LIMIT)
}

#[test]
fn every_coding_is_read() {
    let said = SAID.as_bytes();
    for (label, packed) in [
        ("gzip", gzip(said)),
        ("X-GZip", gzip(said)),
        ("deflate", zlib(said)),
        ("deflate", bare(said)),
        ("br", bytes(SAID_IN_BROTLI)),
        ("zstd", zstd(said)),
        ("deflate, gzip", gzip(&zlib(said))),
        ("identity, gzip", gzip(said)),
    ] {
        let seen = read(label, &packed);
        assert_eq!((&*seen.bytes, seen.more, seen.broken), (said, false, false), "{label}");
    }
}

#[test]
fn bombs_end_at_the_limit() {
    let blanks = vec![b' '; 7 << 20];
    for (label, packed) in [
        ("gzip", gzip(&blanks)),
        ("deflate", zlib(&blanks)),
        ("deflate", bare(&blanks)),
        ("br", bytes(BLANKS_IN_BROTLI)),
        ("zstd", zstd(&blanks)),
        ("gzip, gzip", gzip(&gzip(&blanks))),
    ] {
        assert!(packed.len() < LIMIT, "{label} is a bomb");
        let seen = read(label, &packed);
        assert_eq!((seen.bytes.len(), seen.more, seen.broken), (LIMIT, true, false), "{label}");
    }
}

#[test]
fn no_byte_beyond_the_limit_is_unpacked() {
    struct Endless<'a>(&'a Cell<usize>);
    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.set(self.0.get() + buffer.len());
            io::repeat(b' ').read(buffer)
        }
    }
    let unpacked = Cell::new(0);
    let (bytes, more, broken) = drained(Endless(&unpacked), LIMIT);
    assert_eq!((bytes.len(), more, broken, unpacked.get()), (LIMIT, true, false, LIMIT + 1));
}

#[test]
fn a_window_that_would_take_much_memory_is_refused() {
    // The window descriptor counts powers of two from 1 KiB: 2^27 bytes.
    let mut packed = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3];
    packed.extend([0x03, 0x00, 0x00, b' ']);
    let seen = read("zstd", &packed);
    assert_eq!((&*seen.bytes, seen.broken), (&*packed, false));
}

#[test]
fn a_stream_that_breaks_off_gives_its_beginning_and_is_broken() {
    let long: Vec<u8> = (0..40_000_u32).flat_map(|n| (n * n).to_le_bytes()).take(LIMIT).collect();
    for (label, packed) in
        [("gzip", gzip(&long)), ("deflate", zlib(&long)), ("deflate", bare(&long))]
    {
        let seen = read(label, &packed[..packed.len() / 2]);
        assert!(long.starts_with(&seen.bytes) && !seen.bytes.is_empty(), "{label}");
        assert_eq!((seen.more, seen.broken), (false, true), "{label}");
    }
    // Neither of these lets anything out before its first block is whole.
    for (label, packed) in [("br", bytes(SAID_IN_BROTLI)), ("zstd", zstd(SAID.as_bytes()))] {
        let cut = &packed[..packed.len() - 4];
        let seen = read(label, cut);
        let kept = *seen.bytes == *cut || (seen.broken && SAID.as_bytes().starts_with(&seen.bytes));
        assert!(kept && *seen.bytes != *SAID.as_bytes(), "{label}");
    }
}

#[test]
fn no_input_makes_a_decoder_fail_hard() {
    for packed in [gzip(SAID.as_bytes()), bytes(SAID_IN_BROTLI), zstd(SAID.as_bytes())] {
        for label in ["gzip", "deflate", "br", "zstd"] {
            for at in 0..packed.len() {
                let mut spoiled = packed.clone();
                spoiled[at] ^= 0x55;
                assert!(read(label, &spoiled).bytes.len() <= LIMIT, "{label} {at}");
            }
        }
    }
}

#[test]
fn a_wrong_label_leaves_the_body_as_it_came() {
    let packed = gzip(SAID.as_bytes());
    for (label, body) in [
        ("gzip", SAID.as_bytes()),
        ("deflate", SAID.as_bytes()),
        ("br", SAID.as_bytes()),
        ("zstd", SAID.as_bytes()),
        ("zstd", &*packed),
        ("compress", &*packed),
        ("identity", &*packed),
        ("gzip, gzip, gzip, gzip", &*packed),
    ] {
        let seen = read(label, body);
        assert_eq!((&*seen.bytes, seen.more, seen.broken), (body, false, false), "{label}");
    }
}
