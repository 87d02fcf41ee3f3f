//! Words that decide only where nothing else carries the meaning, and only by difference from
//! what a control is told.

use super::group::Seen;

/// A family of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// The key was withdrawn.
    Revoked,
    /// The account was suspended.
    Suspended,
    /// The plan has no API access.
    NoApiAccess,
    /// A quota is used up.
    Quota,
    /// A scope is missing.
    Scope,
    /// No key was sent.
    Missing,
}

const REVOKED: &[&str] = &[
    "revoke",
    "expire",
    "deactivat",
    "disabled",
    "inactive",
    "no longer valid",
    "no longer active",
    "deleted",
    "rotated",
    "invalidated",
    "withdrawn",
];
const SUSPENDED: &[&str] = &[
    "suspend",
    "banned",
    "blocked",
    "account disabled",
    "account has been disabled",
    "account is disabled",
    "account locked",
    "account is locked",
    "terminated",
    "frozen",
];
const NO_API_ACCESS: &[&str] = &[
    "api access",
    "access to the api",
    "api is not enabled",
    "api not enabled",
    "not include api",
    "not include the api",
    "upgrade",
    "api plan",
];
const QUOTA: &[&str] =
    &["quota", "daily", "monthly", "trial limit", "per day", "per month", "allowance"];
const SCOPE: &[&str] = &["scope"];
const MISSING: &[&str] = &[
    "missing",
    "not provided",
    "not supplied",
    "not sent",
    "no api key",
    "no key",
    "without a key",
    "is required",
    "must be provided",
    "provide an api key",
];

impl Family {
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Revoked => REVOKED,
            Self::Suspended => SUSPENDED,
            Self::NoApiAccess => NO_API_ACCESS,
            Self::Quota => QUOTA,
            Self::Scope => SCOPE,
            Self::Missing => MISSING,
        }
    }
}

/// Whether code or message of an answer has a word of the family.
pub(super) fn says(seen: &Seen<'_>, family: Family) -> bool {
    let Some(answer) = seen.observation.answer() else { return false };
    let text = [answer.code.as_deref(), answer.message.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['_', '-'], " ")
        .to_lowercase();
    // "invalid, expired, or missing" names every reason there is, and so none.
    let lists_reasons = text.contains("invalid") && (text.contains(" or ") || text.contains('/'));
    !lists_reasons && family.words().iter().any(|word| text.contains(word))
}
