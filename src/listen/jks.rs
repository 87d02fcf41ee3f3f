//! A trust store as every Java reads it: the old format of the JDK, which needs no password to be read.

use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};

/// The usual password of such a file; it guards nothing.
const PASSWORD: &str = "changeit";
/// Appended to the password before it is hashed.
const WHITENER: &[u8] = b"Mighty Aphrodite";
const MAGIC: u32 = 0xFEED_FEED;
const VERSION: u32 = 2;
/// The tag of a certificate that is trusted.
const TRUSTED: u32 = 2;

/// The file with these certificates.
pub(super) fn store(certificates: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    number(&mut file, MAGIC);
    number(&mut file, VERSION);
    number(&mut file, size(certificates.len()));
    for (at, certificate) in certificates.iter().enumerate() {
        number(&mut file, TRUSTED);
        text(&mut file, &format!("root-{at}"));
        // The time at which it was added; nobody reads it.
        file.extend_from_slice(&0_u64.to_be_bytes());
        text(&mut file, "X.509");
        number(&mut file, size(certificate.len()));
        file.extend_from_slice(certificate);
    }
    let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    for unit in PASSWORD.encode_utf16() {
        hash.update(&unit.to_be_bytes());
    }
    hash.update(WHITENER);
    hash.update(&file);
    file.extend_from_slice(hash.finish().as_ref());
    file
}

fn number(file: &mut Vec<u8>, number: u32) {
    file.extend_from_slice(&number.to_be_bytes());
}

fn text(file: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).unwrap_or_default();
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(text.as_bytes());
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or_default()
}
