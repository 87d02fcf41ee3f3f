//! Base64 in each of its four usual forms.

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::prelude::{
    BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD,
};

const FORMS: [&GeneralPurpose; 4] =
    [&BASE64_STANDARD, &BASE64_STANDARD_NO_PAD, &BASE64_URL_SAFE, &BASE64_URL_SAFE_NO_PAD];

/// The decoded form of a text, if that is printable, and the form that it was in.
pub(super) fn decode(text: &[u8]) -> Option<(Vec<u8>, &'static GeneralPurpose)> {
    let (decoded, form) = decoded(text)?;
    let printable = !decoded.is_empty() && decoded.iter().all(u8::is_ascii_graphic);
    printable.then_some((decoded, form))
}

/// The decoded form of a text, if that is text, blanks and line breaks included.
pub(super) fn decode_text(text: &[u8]) -> Option<Vec<u8>> {
    let (decoded, _) = decoded(text)?;
    let is_text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    (!decoded.is_empty() && decoded.iter().all(is_text)).then_some(decoded)
}

fn decoded(text: &[u8]) -> Option<(Vec<u8>, &'static GeneralPurpose)> {
    FORMS.into_iter().find_map(|form| Some((form.decode(text).ok()?, form)))
}

/// The usual form: standard alphabet, padded.
pub(super) fn encode(bytes: &[u8]) -> Vec<u8> {
    BASE64_STANDARD.encode(bytes).into_bytes()
}
