//! Keeps keys out of the arguments, which every process can read and every shell remembers.

mod looks;

use std::ffi::OsString;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use percent_encoding::percent_decode;

use crate::error::Usage;
use crate::key::ApiKey;

/// The fewest characters of a known key that make an argument suspect.
const SUSPECT: usize = 16;

/// Refuses arguments that look like a key, or hold a good part of a known one.
///
/// # Errors
/// When one does; the error doesn't repeat it.
pub fn refuse_keys(args: &[OsString], known: &[&ApiKey]) -> Result<(), Usage> {
    let pieces: Vec<&[u8]> = known
        .iter()
        .filter(|key| key.is_secret())
        .flat_map(|key| key.core().windows(SUSPECT))
        .collect();
    let pieces = AhoCorasick::new(pieces).ok();
    let holds = |bytes: &[u8]| {
        !looks::keys_in(bytes).is_empty()
            || pieces.as_ref().is_some_and(|pieces| pieces.is_match(bytes))
            || known.iter().any(|key| {
                key.is_secret()
                    && key.base64_decoded().is_some_and(|inner| contains(bytes, inner.bytes()))
            })
    };
    let refused = args.iter().any(|arg| {
        let given = arg.as_encoded_bytes();
        let decoded: Vec<u8> = percent_decode(given).collect();
        holds(given) || (decoded != given && holds(&decoded))
    });
    if refused {
        return Err(Usage::new(
            "An argument looks like a key; it was not used, because other processes and the shell's history can show it.",
            "Set HEYGEN_API_KEY, name another variable with --key-env NAME, or read the key with --key-file PATH or --key-file -.",
        ));
    }
    Ok(())
}

/// Takes everything that looks like a key out of an error text.
#[must_use]
pub fn scrub(text: &str) -> String {
    let mut scrubbed = String::with_capacity(text.len());
    let mut from = 0;
    for Range { start, end } in looks::keys_in(text.as_bytes()) {
        scrubbed.push_str(&text[from..start]);
        scrubbed.push_str("[key]");
        from = end;
    }
    scrubbed.push_str(&text[from..]);
    scrubbed
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len().max(1)).any(|window| window == needle)
}

#[cfg(test)]
mod tests;
