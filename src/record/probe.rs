//! Who asks, and how: probe ids, API versions, credentials, and the ways to present them.

pub mod variant;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::named_enum;

/// The stable name of a probe, `v3.users-me/x-api-key/real`; a repeat carries a fourth part,
/// `v3.users-me/x-api-key/real/burst-03`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProbeId(pub String);

impl fmt::Display for ProbeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

named_enum! {
    /// A generation of HeyGen's API.
    pub enum ApiVersion {
        /// Retired on 1 November 2026.
        V1 = "v1",
        /// Retired on 1 November 2026, with a few exceptions.
        V2 = "v2",
        /// Current: the only version that verdicts are taken from.
        V3 = "v3",
    }
}

/// Whose credential a probe carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Credential {
    /// The key under test.
    Real,
    /// None at all: a control.
    None,
    /// A random key of the same shape and wrapper: a control.
    MadeUp,
    /// Another key that is known to work (`--control-env`): a control.
    KnownGood,
    /// The key of another source, by its position in the list of sources.
    Other(usize),
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Real => f.write_str("real"),
            Self::None => f.write_str("none"),
            Self::MadeUp => f.write_str("made-up"),
            Self::KnownGood => f.write_str("known-good"),
            Self::Other(n) => write!(f, "other-{n}"),
        }
    }
}

impl FromStr for Credential {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "real" => Ok(Self::Real),
            "none" => Ok(Self::None),
            "made-up" => Ok(Self::MadeUp),
            "known-good" => Ok(Self::KnownGood),
            _ => text
                .strip_prefix("other-")
                .and_then(|n| n.parse().ok())
                .map(Self::Other)
                .ok_or_else(|| format!("unknown credential `{text}`")),
        }
    }
}

impl Serialize for Credential {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Credential {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Credential {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Credential".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^(real|none|made-up|known-good|other-[0-9]+)$"
        })
    }
}

/// The form in which a credential's value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// Byte for byte as it was found.
    AsGiven,
    /// Without blanks, quotes, and pasted-in prefixes.
    Repaired,
    /// One base64 layer more.
    Base64Encoded,
    /// One base64 layer less.
    Base64Decoded,
}

/// The place of the credential in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// `x-api-key: KEY`.
    ApiKeyHeader,
    /// `Authorization: <scheme> KEY`; an empty scheme sends the bare value.
    Authorization(&'static str),
    /// `x-api-key` and `Authorization: Bearer` in one request.
    Both,
}

/// The HTTP version and the spelling of header names on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// HTTP/2 where offered, otherwise HTTP/1.1; names in lower case.
    Negotiated,
    /// HTTP/1.1 with names in title case, as the documentation writes them.
    TitleCase,
}

/// One way to present a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The stable name, the second part of a probe id.
    pub id: &'static str,
    /// Its name for a person: a column of the matrix.
    pub label: &'static str,
    /// Where the credential goes.
    pub placement: Placement,
    /// In which form.
    pub encoding: Encoding,
    /// On which wire.
    pub wire: Wire,
    /// The `User-Agent` sent instead of our own.
    pub user_agent: Option<&'static str>,
}
