//! The look of HeyGen's own keys: prefixes as in hyperframes `packages/cli/src/auth/scrub.ts`,
//! lengths as in keys that were published by mistake.

use super::base64;

/// The beginning of every key that a user makes today.
pub(super) const USER_PREFIX: &[u8] = b"sk_V2_hgu_k";
/// The length of such a key: prefix, 10 characters, `_`, 32 characters.
pub(super) const USER_LENGTH: usize = 54;
/// The length of a key as the web page displayed it from 2023 to 2025.
pub(super) const LEGACY_LENGTH: usize = 60;
/// The length of that key once it is base64-decoded.
pub(super) const DECODED_LENGTH: usize = 43;

/// `sk_V2_hgu_k`, 10 letters and digits, `_`, 32 letters and digits.
pub(super) fn is_user_key(value: &[u8]) -> bool {
    value.strip_prefix(USER_PREFIX).is_some_and(|rest| {
        value.len() == USER_LENGTH
            && rest.iter().enumerate().all(|(at, byte)| match at {
                10 => *byte == b'_',
                _ => byte.is_ascii_alphanumeric(),
            })
    })
}

/// 32 hex digits, `-`, 10 digits.
pub(super) fn is_decoded_legacy(value: &[u8]) -> bool {
    value.len() == DECODED_LENGTH
        && value[..32].iter().all(|byte| is_hex(*byte))
        && value[32] == b'-'
        && value[33..].iter().all(u8::is_ascii_digit)
}

/// The base64 of 32 hex digits, `-`, 10 digits.
pub(super) fn is_legacy(value: &[u8]) -> bool {
    value.len() == LEGACY_LENGTH
        && base64::decode(value).is_some_and(|(inner, _)| is_decoded_legacy(&inner))
}

/// A whole key in a form that HeyGen hands out, or in the decoded one.
pub(super) fn is_complete(value: &[u8]) -> bool {
    is_user_key(value) || is_legacy(value) || is_decoded_legacy(value)
}

/// A key that lacks its end.
pub(super) fn is_cut(value: &[u8]) -> bool {
    let user = value.starts_with(USER_PREFIX) && value.len() < USER_LENGTH
        || (value.len() > 4 && USER_PREFIX.starts_with(value));
    let decoded = (33..DECODED_LENGTH).contains(&value.len()) && {
        let mut whole = value.to_vec();
        whole.resize(DECODED_LENGTH, b'0');
        is_decoded_legacy(&whole)
    };
    user || decoded || is_cut_legacy(value)
}

/// The length of the whole key that a cut one was.
pub(super) fn full_length(cut: &[u8]) -> usize {
    if USER_PREFIX.starts_with(cut) || cut.starts_with(USER_PREFIX) {
        USER_LENGTH
    } else if is_cut_legacy(cut) {
        LEGACY_LENGTH
    } else {
        DECODED_LENGTH
    }
}

fn is_cut_legacy(value: &[u8]) -> bool {
    let whole = value.len() - value.len() % 4;
    (36..LEGACY_LENGTH).contains(&value.len())
        && base64::decode(&value[..whole]).is_some_and(|(inner, _)| {
            inner.len() >= 26 && inner.iter().take(32).all(|byte| is_hex(*byte)) && {
                let mut padded = inner;
                if padded.len() == 32 {
                    padded.push(b'-');
                }
                padded.len() < 32
                    || (padded[32] == b'-' && padded[33..].iter().all(u8::is_ascii_digit))
            }
        })
}

/// `sk_V2_<segment>_` or `sk_<segment>_`, as a length; 0 where neither is there.
pub(super) fn partner_prefix(value: &[u8]) -> usize {
    let Some(rest) = value.strip_prefix(b"sk_") else { return 0 };
    let (start, rest) = match rest.strip_prefix(b"V2_") {
        Some(rest) => (6, rest),
        None => (3, rest),
    };
    let letters = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let named =
        (1..=10).contains(&letters) && rest.get(letters) == Some(&b'_') && rest.len() > letters + 1;
    if named { start + letters + 1 } else { 0 }
}

/// The beginning of a key of HeyGen's, with characters behind it that no word explains.
pub(super) fn is_own(value: &[u8]) -> bool {
    let begins = value.starts_with(USER_PREFIX) && value.len() > USER_PREFIX.len();
    let core = match partner_prefix(value) {
        0 if value.starts_with(b"hg_") || value.starts_with(b"at_") => 3,
        0 => return begins,
        prefix => prefix,
    };
    let random = |run: &[u8]| {
        run.len() >= 12
            && run.iter().any(u8::is_ascii_digit)
            && run.iter().any(u8::is_ascii_alphabetic)
    };
    begins || value[core..].split(|byte| !byte.is_ascii_alphanumeric()).any(random)
}

pub(super) const fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}
