//! The fixed terms in which scenario files are written.

use bytes::Bytes;
use serde::Deserialize;

use crate::serve::Delivery;

/// A generation of the API, which decides the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Version {
    /// `{"code", "message", "data"}`.
    V1,
    /// `{"data", "error"}`.
    V2,
    /// `{"data"}` or `{"error"}`.
    V3,
}

/// The place of a credential in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    /// `X-Api-Key`, in any spelling.
    #[serde(rename = "x-api-key")]
    ApiKey,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Token`.
    Token,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization` without a scheme.
    Bare,
}

/// The owner of a credential, as the double sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holder {
    /// Nobody: there is no credential.
    None,
    /// This user: the key that HeyGen issued, wherever it stands.
    Real,
    /// This user, with the key as configured, where that is not the issued one.
    Given,
    /// Anybody else.
    Other,
}

/// A fault in the delivery of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// No answer, ever.
    Hang,
    /// The connection is reset (RST).
    Reset,
    /// The connection is closed without a word.
    Close,
    /// Bytes without meaning, then the end.
    Garbage,
    /// This text instead of HTTP, then the end.
    Raw(String),
    /// Half of the announced body, then the end.
    Truncated,
    /// Half of the announced body, then nothing more.
    Stalled,
    /// A body without end.
    Endless,
    /// One byte of the body at a time, ten in a second.
    Drip,
}

impl Fault {
    /// The delivery that fails so.
    pub(super) fn delivery(&self) -> Delivery {
        match self {
            Self::Hang => Delivery::Hang,
            Self::Reset => Delivery::Reset,
            Self::Close => Delivery::Close,
            Self::Garbage => {
                Delivery::Raw((0..=255_u8).map(|n| n.wrapping_mul(167) | 0x80).collect())
            }
            Self::Raw(text) => Delivery::Raw(Bytes::copy_from_slice(text.as_bytes())),
            Self::Truncated => Delivery::Truncated,
            Self::Stalled => Delivery::Stalled,
            Self::Endless => Delivery::Endless,
            Self::Drip => Delivery::Drip,
        }
    }
}

/// The fate of V1 and V2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Legacy {
    /// As before, with deprecation headers.
    Alive,
    /// The router has forgotten them.
    NotFound,
    /// 410 without a body.
    Gone,
}

/// The body of a 404 of the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum UnknownRoute {
    /// The page of Django, which the `{"detail": …}` errors of V1 suggest.
    Html,
    /// Nothing.
    Empty,
    /// Django REST Framework's `{"detail": …}`.
    Drf,
    /// The error envelope of V3.
    V3,
}

/// A part of an answer whose order means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// The headers.
    Headers,
    /// The members of every object.
    Members,
}

/// The spelling of header names on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HeaderCase {
    /// `content-type`.
    Lower,
    /// `Content-Type`.
    Title,
    /// `CONTENT-TYPE`.
    Upper,
}

impl HeaderCase {
    /// The name in this spelling.
    pub(super) fn spell(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Title => {
                let words = name.split('-').map(|word| match word.split_at_checked(1) {
                    Some((first, rest)) => first.to_ascii_uppercase() + &rest.to_ascii_lowercase(),
                    None => String::new(),
                });
                words.collect::<Vec<_>>().join("-")
            }
        }
    }
}
