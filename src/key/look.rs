//! The looks of known credentials, by which a value is told to be one.

use super::{base64, shapes, vendor};
use crate::record::facts::Kind;

/// The kind whose look a value has.
pub(super) fn look(whole: &[u8]) -> Option<Kind> {
    let vendor = vendor::find(whole).map(|vendor| vendor.kind);
    vendor.or_else(|| LOOKS.iter().find(|(_, fits)| fits(whole)).map(|(kind, _)| *kind))
}

/// A value has the look of some credential, or at least the beginning of one of HeyGen's.
pub(super) fn has_look(whole: &[u8]) -> bool {
    look(whole).is_some() || [&b"sk_"[..], b"hg_", b"at_"].iter().any(|own| whole.starts_with(own))
}

/// The base64 of `{"session_token`, with which the web page's cookie begins.
pub(super) const SESSION: &[u8] = b"eyJzZXNzaW9uX3Rva2Vu";

type Look = fn(&[u8]) -> bool;

/// Every look that isn't a mere prefix; the first that fits decides.
const LOOKS: &[(Kind, Look)] = &[
    (Kind::UserKey, |whole| whole.starts_with(shapes::USER_PREFIX)),
    (Kind::LegacyKey, shapes::is_legacy),
    (Kind::DecodedLegacyKey, shapes::is_decoded_legacy),
    (Kind::SessionCookie, |whole| whole.starts_with(SESSION)),
    (Kind::StreamingToken, is_streaming_token),
    (Kind::LiveAvatar, is_first_uuid),
    (Kind::Jwt, is_jwt),
    (Kind::DidBasic, is_basic),
    (Kind::PartnerKey, |whole| shapes::partner_prefix(whole) > 0),
    (Kind::HgKey, |whole| whole.starts_with(b"hg_") && whole.len() > 7),
    (Kind::AccessToken, |whole| whole.starts_with(b"at_") && whole.len() > 7),
];

/// Three parts in URL-safe base64, the first of which begins like a JSON object.
pub(super) fn is_jwt(value: &[u8]) -> bool {
    let parts: Vec<&[u8]> = value.split(|byte| *byte == b'.').collect();
    let readable = |part: &&[u8]| {
        part.len() >= 4
            && part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    value.starts_with(b"eyJ") && parts.len() == 3 && parts.iter().all(readable)
}

/// The base64 of an object with a token and the time at which it was made.
fn is_streaming_token(value: &[u8]) -> bool {
    let Some(inner) = base64::decode_text(value) else { return false };
    let object = serde_json::from_slice::<serde_json::Value>(&inner);
    object.is_ok_and(|object| {
        object.get("token").is_some()
            && (object.get("token_type").is_some() || object.get("created_at").is_some())
    })
}

/// A UUID of version 1, as LiveAvatar's keys are in eight public samples.
fn is_first_uuid(value: &[u8]) -> bool {
    let uuid = value.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    value.len() == 36
        && uuid
        && value[14] == b'1'
        && matches!(value[19].to_ascii_lowercase(), b'8' | b'9' | b'a' | b'b')
}

fn is_basic(value: &[u8]) -> bool {
    base64::decode(value).is_some_and(|(inner, _)| {
        let colon = inner.iter().position(|byte| *byte == b':');
        let at = inner.iter().position(|byte| *byte == b'@');
        matches!((at, colon), (Some(at), Some(colon)) if 0 < at && at + 3 < colon && colon + 8 < inner.len())
    })
}
