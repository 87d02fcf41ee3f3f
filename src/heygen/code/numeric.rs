//! Numeric codes: V1, and the retired streaming API.

mod access;
mod content;
mod media;
mod request;
mod streaming;

use super::Code;

pub(super) const GROUPS: &[&[Code]] =
    &[access::CODES, content::CODES, media::CODES, request::CODES, streaming::CODES];
