//! What the key's own look says, before anything is sent.

use super::case::Case;

/// Findings that spoil the value itself.
pub(super) const SPOILED: &[&str] = &[
    "key_blanks",
    "key_line_break",
    "key_quotes",
    "key_prefix_pasted",
    "key_escaped",
    "key_bom",
    "key_invisible",
    "key_non_ascii",
    "key_two_keys",
    "key_truncated",
    "key_doubled",
];

/// Findings of the wrong number of base64 layers.
pub(super) const LAYERED: &[&str] = &["key_decoded", "key_double_encoded"];

/// Kinds of credential that no `X-Api-Key` header wants.
pub(super) const FOREIGN: &[&str] = &["key_other_vendor", "key_oauth_or_session"];

/// Why a value wasn't looked at.
pub(super) const NO_KEY: &str = "There is no value to look at.";

/// The first message among these findings.
pub(super) fn message(case: &Case<'_>, ids: &[&str]) -> Option<String> {
    case.findings(ids).first().map(|finding| finding.message.clone())
}

/// Whether a real key was there to be sent.
pub(super) fn has_key(case: &Case<'_>) -> bool {
    case.facts.credential.length.is_some_and(|length| length > 0)
}
