//! Keeps keys out of the arguments, which every process can read and every shell remembers.

use std::ffi::OsString;
use std::ops::Range;

use memchr::memmem;
use percent_encoding::percent_decode;

use crate::error::Usage;
use crate::key::{ApiKey, keys_in};

const HINT: &str = "Set HEYGEN_API_KEY, name another variable with --key-env NAME, or read the key with --key-file PATH or --key-file -.";
/// For a program that is given behind `listen`.
const OF_A_PROGRAM: &str = "Let a shell inside put the key in, with single quotes around the whole: heygen-doctor listen -- sh -c 'curl -H \"X-Api-Key: $HEYGEN_API_KEY\" https://api.heygen.com/v3/users/me'";
/// The fewest characters of a known key that make an argument suspect.
const SUSPECT: usize = 16;

/// Refuses arguments that look like a key, whatever else is known.
///
/// # Errors
/// When one does; the error doesn't repeat it.
pub(super) fn refuse_keys(args: &[OsString]) -> Result<(), Usage> {
    refuse(args, |bytes| !keys_in(bytes).is_empty())
}

/// Refuses arguments that hold a good part of a known secret.
///
/// # Errors
/// When one does; the error doesn't repeat it.
pub(super) fn refuse_known(args: &[OsString], known: &[&ApiKey]) -> Result<(), Usage> {
    let decoded: Vec<_> = known.iter().filter_map(|key| key.base64_decoded()).collect();
    refuse(args, |bytes| {
        let mut pieces = bytes.windows(SUSPECT);
        pieces.any(|piece| known.iter().any(|key| memmem::find(key.core(), piece).is_some()))
            || decoded.iter().any(|key| memmem::find(bytes, key.bytes()).is_some())
    })
}

fn refuse(args: &[OsString], holds: impl Fn(&[u8]) -> bool) -> Result<(), Usage> {
    let refused = args.iter().any(|arg| {
        let given = arg.as_encoded_bytes();
        let decoded: Vec<u8> = percent_decode(given).collect();
        holds(given) || (decoded != given && holds(&decoded))
    });
    if refused {
        let hint =
            if args.first().is_some_and(|first| first == "listen") { OF_A_PROGRAM } else { HINT };
        return Err(Usage::new(
            "An argument looks like a key; it was not used, because other processes and the shell's history can show it.",
            hint,
        ));
    }
    Ok(())
}

/// Takes everything that looks like a key out of an error text.
#[must_use]
pub(super) fn scrub(text: &str) -> String {
    let mut scrubbed = String::with_capacity(text.len());
    let mut from = 0;
    for Range { start, end } in keys_in(text.as_bytes()) {
        scrubbed.push_str(&text[from..start]);
        scrubbed.push_str("[key]");
        from = end;
    }
    scrubbed.push_str(&text[from..]);
    scrubbed
}

#[cfg(test)]
mod tests;
