//! The key under test, without the key: its looks, the places it was looked for in, the findings.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text::named_enum;

/// The key under test, without the key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CredentialInfo {
    /// Where the used key came from.
    pub source: Option<String>,
    /// A short SHA-256 fingerprint, `sha256:` and 12 hex digits.
    pub fingerprint: Option<String>,
    /// Length in bytes, as given.
    pub length: Option<usize>,
    /// The shape in words, for example `32 hex digits, "-", 10 digits`.
    pub shape: Option<String>,
    /// The kind of credential that it looks like.
    pub kind: Option<Kind>,
    /// The time that is embedded in some kinds of key, to the hour.
    pub created_at: Option<DateTime<Utc>>,
    /// When the login ends, as its file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Faults and peculiarities that were found without sending it.
    pub findings: Vec<Finding>,
    /// Every place that was looked at.
    pub sources: Vec<Source>,
    /// Why the key may not be sent, if it may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
}

named_enum! {
    /// The kind of a credential.
    pub enum Kind {
        /// The key that a user makes today: `sk_V2_hgu_k…`.
        UserKey = "user_key",
        /// A key of a partner: `sk_V2_<segment>_…` or `sk_<segment>_…`.
        PartnerKey = "partner_key",
        /// The key that the web page displayed from 2023 to 2025.
        LegacyKey = "legacy_key",
        /// The same after somebody base64-decoded it.
        DecodedLegacyKey = "decoded_legacy_key",
        /// `hg_…`, known from HeyGen's own code only.
        HgKey = "hg_key",
        /// A token of a login: its source says so.
        OauthToken = "oauth_token",
        /// A value that looks like a token of a login, where a key is expected.
        AccessToken = "access_token",
        /// A JSON web token.
        Jwt = "jwt",
        /// The cookie of HeyGen's web page.
        SessionCookie = "session_cookie",
        /// A key of ElevenLabs.
        ElevenLabs = "eleven_labs",
        /// A key of `OpenAI`.
        OpenAi = "open_ai",
        /// A key of Anthropic.
        Anthropic = "anthropic",
        /// The credential of D-ID: the base64 of an address and a secret.
        DidBasic = "did_basic",
        /// A key of Stripe.
        Stripe = "stripe",
        /// A token of GitHub.
        Github = "github",
        /// A key of Google.
        Google = "google",
        /// A key id of Amazon Web Services.
        Aws = "aws",
        /// A token of Replicate.
        Replicate = "replicate",
        /// A token of Hugging Face.
        HuggingFace = "hugging_face",
        /// A token of Slack.
        Slack = "slack",
        /// A key of `LiveAvatar`, HeyGen's sister product.
        LiveAvatar = "live_avatar",
        /// A token for one streaming session.
        StreamingToken = "streaming_token",
        /// A key of another vendor, whom a finding names.
        OtherVendor = "other_vendor",
        /// No key: the text of an example, a reference that nobody resolved, a stand-in.
        Placeholder = "placeholder",
        /// Nothing.
        Empty = "empty",
        /// None of these.
        Unknown = "unknown",
    }
}

/// Something that is noteworthy about a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The stable name.
    pub id: FindingId,
    /// How grave it is.
    pub severity: Severity,
    /// The finding in one sentence.
    pub message: String,
    /// The same as a clause that names the mistake: `the key has quotes around it`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The cure, without a full stop: `Remove the quotes around the key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
}

impl Finding {
    /// A finding for which the general words of its cause do.
    pub fn new(id: FindingId, severity: Severity, message: impl Into<String>) -> Self {
        Self { id, severity, message: message.into(), clause: None, step: None }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// May be the cause.
    Warning,
    /// The key can't work like this.
    Error,
}

/// One place where a key can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// Its name, for example `HEYGEN_API_KEY` or `.env`.
    pub source: String,
    /// The fingerprint of the key in it, if it holds one.
    pub fingerprint: Option<String>,
    /// This one is used.
    pub used: bool,
    /// The fault of the source itself, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Why it holds nothing, where that is no fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing: Option<String>,
}

named_enum! {
    /// The finding's stable name. In this order they are reported: what explains most comes first.
    pub enum FindingId {
        /// There is a value, and nothing is in it.
        KeyEmpty = "key_empty",
        /// The text of an example, or a variable that nobody expanded.
        KeyPlaceholder = "key_placeholder",
        /// A line break.
        KeyLineBreak = "key_line_break",
        /// The whole key stands inside something else.
        KeyInside = "key_inside",
        /// The name of a variable or a header, or `Bearer`, stands before it.
        KeyPrefixPasted = "key_prefix_pasted",
        /// Quotes, brackets, or commas around it.
        KeyQuotes = "key_quotes",
        /// Percent-encoded, as in a URL.
        KeyEscaped = "key_escaped",
        /// A byte order mark before it.
        KeyBom = "key_bom",
        /// Invisible characters.
        KeyInvisible = "key_invisible",
        /// Characters outside of ASCII.
        KeyNonAscii = "key_non_ascii",
        /// A character was taken for one that looks like it.
        KeyMisread = "key_misread",
        /// Two keys.
        KeyTwoKeys = "key_two_keys",
        /// The same key twice.
        KeyDoubled = "key_doubled",
        /// Another vendor's key.
        KeyOtherVendor = "key_other_vendor",
        /// A token of a login or a session.
        KeyOauthOrSession = "key_oauth_or_session",
        /// A part of it is missing.
        KeyTruncated = "key_truncated",
        /// Blanks around it or in it.
        KeyBlanks = "key_blanks",
        /// A base64 layer too few.
        KeyDecoded = "key_decoded",
        /// A base64 layer too many.
        KeyDoubleEncoded = "key_double_encoded",
        /// It was made long ago.
        KeyOld = "key_old",
        /// None of the known forms of a HeyGen key.
        KeyUnknownShape = "key_unknown_shape",
        /// A place where a key could be can't be understood.
        CredentialsMalformed = "credentials_malformed",
        /// A value stands under a name that comes near the right one.
        KeyNearName = "key_near_name",
        /// An env file sets the variable more than once.
        EnvFileDuplicate = "env_file_duplicate",
        /// A byte order mark hides the first line of an env file.
        EnvFileBom = "env_file_bom",
        /// The readers of an env file take different values from it.
        EnvFileReaders = "env_file_readers",
        /// An empty variable hides the key in an env file.
        EnvShadowed = "env_shadowed",
    }
}

/// The part of the truth that a finding tells, which decides the cause that it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A place where a key could be; nothing follows for a key that was found elsewhere.
    Place,
    /// The value is no key, but an example's text, a reference, or a stand-in.
    Placeholder,
    /// The value was damaged on its way into the setting.
    Damage,
    /// The value was cut off or doubled, which no repair undoes.
    Copying,
    /// The value has the wrong number of base64 layers.
    Layers,
    /// The value is another kind of credential.
    Foreign,
    /// The value has no known form, which alone doesn't make it wrong.
    Form,
    /// How old the key is.
    Age,
}

impl FindingId {
    /// The part of the truth that it tells.
    #[must_use]
    pub const fn about(self) -> About {
        match self {
            Self::KeyEmpty
            | Self::CredentialsMalformed
            | Self::KeyNearName
            | Self::EnvFileDuplicate
            | Self::EnvFileBom
            | Self::EnvFileReaders
            | Self::EnvShadowed => About::Place,
            Self::KeyPlaceholder => About::Placeholder,
            Self::KeyLineBreak
            | Self::KeyInside
            | Self::KeyPrefixPasted
            | Self::KeyQuotes
            | Self::KeyEscaped
            | Self::KeyBom
            | Self::KeyInvisible
            | Self::KeyNonAscii
            | Self::KeyMisread
            | Self::KeyTwoKeys
            | Self::KeyBlanks => About::Damage,
            Self::KeyTruncated | Self::KeyDoubled => About::Copying,
            Self::KeyDecoded | Self::KeyDoubleEncoded => About::Layers,
            Self::KeyOtherVendor | Self::KeyOauthOrSession => About::Foreign,
            Self::KeyUnknownShape => About::Form,
            Self::KeyOld => About::Age,
        }
    }
}
