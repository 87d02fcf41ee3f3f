//! What kind of credential a value is, told by its look.

use strum::{Display, EnumIter, IntoStaticStr};

use super::{base64, placeholder, shapes, vendor};

/// The kind of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The key that a user makes today: `sk_V2_hgu_k…`.
    UserKey,
    /// A key of a partner: `sk_V2_<segment>_…` or `sk_<segment>_…`.
    PartnerKey,
    /// The key that the web page displayed from 2023 to 2025.
    LegacyKey,
    /// The same after somebody base64-decoded it.
    DecodedLegacyKey,
    /// `hg_…`, known from HeyGen's own code only.
    HgKey,
    /// A token of a login: its source says so.
    OauthToken,
    /// A value that looks like a token of a login, where a key is expected.
    AccessToken,
    /// A JSON web token.
    Jwt,
    /// The cookie of HeyGen's web page.
    SessionCookie,
    /// A key of ElevenLabs.
    ElevenLabs,
    /// A key of `OpenAI`.
    OpenAi,
    /// A key of Anthropic.
    Anthropic,
    /// The credential of D-ID: the base64 of an address and a secret.
    DidBasic,
    /// A key of Stripe.
    Stripe,
    /// A token of GitHub.
    Github,
    /// A key of Google.
    Google,
    /// A key id of Amazon Web Services.
    Aws,
    /// A token of Replicate.
    Replicate,
    /// A token of Hugging Face.
    HuggingFace,
    /// A token of Slack.
    Slack,
    /// The text of an example, or a variable that nobody expanded.
    Placeholder,
    /// Nothing.
    Empty,
    /// None of these.
    Unknown,
}

/// Nothing of a key that is longer than this is ever shown.
const LONGEST_PREFIX: usize = 11;

impl Kind {
    /// Judges a repaired value; `given` is the same as it was found.
    pub(super) fn of(whole: &[u8], given: &[u8]) -> Self {
        if whole.is_empty() {
            return Self::Empty;
        }
        if placeholder::is_placeholder(whole, given) {
            return Self::Placeholder;
        }
        let vendor = vendor::find(whole).map(|vendor| vendor.kind);
        vendor
            .or_else(|| LOOKS.iter().find(|(_, fits)| fits(whole)).map(|(kind, _)| *kind))
            .unwrap_or(Self::Unknown)
    }

    /// What of it is the same in every credential of this kind, as a length.
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

    /// Whether another vendor made it.
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
            _ => return None,
        })
    }
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

fn is_basic(value: &[u8]) -> bool {
    base64::decode(value).is_some_and(|(inner, _)| {
        let colon = inner.iter().position(|byte| *byte == b':');
        let at = inner.iter().position(|byte| *byte == b'@');
        matches!((at, colon), (Some(at), Some(colon)) if 0 < at && at + 3 < colon && colon + 8 < inner.len())
    })
}
