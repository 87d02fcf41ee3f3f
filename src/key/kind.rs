//! The kind of credential that a value looks like.

use super::look::{SESSION, look};
use super::{placeholder, shapes, standin, vendor};
use crate::record::facts::Kind;

/// The most characters of a key that are ever shown, whatever its kind.
const LONGEST_PREFIX: usize = 11;

impl Kind {
    /// The kind that a repaired value looks like; `given` is the same as it was found.
    pub(super) fn of(whole: &[u8], given: &[u8]) -> Self {
        if whole.is_empty() {
            return Self::Empty;
        }
        if placeholder::told(whole, given).is_some() {
            return Self::Placeholder;
        }
        look(whole).unwrap_or_else(|| match standin::find(whole, given) {
            Some(_) => Self::Placeholder,
            None => Self::Unknown,
        })
    }

    /// The length of the beginning that every credential of this kind has.
    pub(super) fn public_prefix(self, whole: &[u8]) -> usize {
        let length = match self {
            Self::UserKey => shapes::USER_PREFIX.len().min(whole.len()),
            // The name of the partner is not common to all keys.
            Self::PartnerKey if whole.starts_with(b"sk_V2_") => 6,
            Self::PartnerKey | Self::HgKey | Self::AccessToken | Self::Jwt => 3,
            Self::SessionCookie => SESSION.len(),
            Self::Unknown if whole.starts_with(b"sk_") => 3,
            _ => vendor::find(whole).map_or(0, |vendor| vendor.prefix.len()),
        };
        length.min(LONGEST_PREFIX)
    }

    /// Another vendor made it.
    #[must_use]
    pub fn is_other_vendor(self) -> bool {
        self.vendor().is_some()
    }

    /// The name of the vendor, when that isn't HeyGen.
    #[must_use]
    pub const fn vendor(self) -> Option<&'static str> {
        Some(match self {
            Self::ElevenLabs => "ElevenLabs",
            Self::OpenAi => "OpenAI",
            Self::Anthropic => "Anthropic",
            Self::DidBasic => "D-ID",
            Self::Stripe => "Stripe",
            Self::Github => "GitHub",
            Self::Google => "Google",
            Self::Aws => "Amazon Web Services",
            Self::Replicate => "Replicate",
            Self::HuggingFace => "Hugging Face",
            Self::Slack => "Slack",
            Self::LiveAvatar => "LiveAvatar",
            Self::OtherVendor => "another service",
            Self::UserKey
            | Self::PartnerKey
            | Self::LegacyKey
            | Self::DecodedLegacyKey
            | Self::HgKey
            | Self::OauthToken
            | Self::AccessToken
            | Self::Jwt
            | Self::SessionCookie
            | Self::StreamingToken
            | Self::Placeholder
            | Self::Empty
            | Self::Unknown => return None,
        })
    }
}
