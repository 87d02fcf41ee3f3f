//! Other vendors' keys, told by the prefixes that the vendors document.

use super::Kind;
use super::shapes::is_hex;

/// How a vendor's keys begin and go on.
pub(super) struct Vendor {
    pub(super) kind: Kind,
    pub(super) prefix: &'static str,
    /// How many characters must follow.
    least: usize,
    follows: fn(u8) -> bool,
}

const fn row(kind: Kind, prefix: &'static str, least: usize, follows: fn(u8) -> bool) -> Vendor {
    Vendor { kind, prefix, least, follows }
}

/// The more special prefix comes first.
const VENDORS: &[Vendor] = &[
    row(Kind::Anthropic, "sk-ant-", 16, word),
    row(Kind::OpenAi, "sk-", 16, word),
    row(Kind::Stripe, "sk_live_", 8, word),
    row(Kind::Stripe, "sk_test_", 8, word),
    row(Kind::Stripe, "rk_live_", 8, word),
    row(Kind::Stripe, "pk_live_", 8, word),
    row(Kind::Stripe, "pk_test_", 8, word),
    row(Kind::Github, "github_pat_", 16, word),
    row(Kind::Github, "ghp_", 16, word),
    row(Kind::Github, "gho_", 16, word),
    row(Kind::Github, "ghs_", 16, word),
    row(Kind::Google, "AIza", 30, word),
    row(Kind::Aws, "AKIA", 16, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
    row(Kind::Replicate, "r8_", 16, word),
    row(Kind::HuggingFace, "hf_", 16, word),
    row(Kind::Slack, "xoxb-", 16, word),
    row(Kind::Slack, "xoxp-", 16, word),
    row(Kind::Slack, "xoxa-", 16, word),
    row(Kind::ElevenLabs, "sk_", 48, is_hex),
];

/// The vendor whose look a value has.
pub(super) fn find(value: &[u8]) -> Option<&'static Vendor> {
    VENDORS.iter().find(|vendor| {
        value.strip_prefix(vendor.prefix.as_bytes()).is_some_and(|rest| {
            let enough = match vendor.kind {
                Kind::ElevenLabs | Kind::Aws => rest.len() == vendor.least,
                _ => rest.len() >= vendor.least,
            };
            enough && rest.iter().all(|byte| (vendor.follows)(*byte))
        })
    })
}

/// What each of them begins with.
pub(super) fn prefixes() -> impl Iterator<Item = &'static [u8]> {
    VENDORS.iter().map(|vendor| vendor.prefix.as_bytes())
}

const fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
