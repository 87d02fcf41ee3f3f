//! Base64 in each of its four usual forms.

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::prelude::{
    BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD,
};

const FORMS: [&GeneralPurpose; 4] =
    [&BASE64_STANDARD, &BASE64_STANDARD_NO_PAD, &BASE64_URL_SAFE, &BASE64_URL_SAFE_NO_PAD];

/// What a text decodes to, if that is printable, and the form that it was in.
pub(super) fn decode(text: &[u8]) -> Option<(Vec<u8>, &'static GeneralPurpose)> {
    let (decoded, form) =
        FORMS.into_iter().find_map(|form| Some((form.decode(text).ok()?, form)))?;
    // What was encoded with `echo` ends in a line break.
    let decoded = decoded.trim_ascii_end().to_vec();
    let printable = !decoded.is_empty() && decoded.iter().all(u8::is_ascii_graphic);
    printable.then_some((decoded, form))
}

/// The usual form: standard alphabet, padded.
pub(super) fn encode(bytes: &[u8]) -> Vec<u8> {
    BASE64_STANDARD.encode(bytes).into_bytes()
}
