//! Words that decide only where nothing else carries the meaning, and only by difference from
//! what a control is told.

use super::lack;
use super::noun::Subject;
use super::plainly::is_plain;
use super::subject::ended;
use crate::heygen::code::{self, Code};
use crate::record::class::Class;
use crate::record::observation::Observation;

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

/// Words with which a status of one word says that a key was withdrawn.
const WITHDRAWN: &[&str] = &[
    "revoke",
    "expire",
    "deactivat",
    "disabled",
    "inactive",
    "deleted",
    "rotated",
    "invalidated",
    "withdrawn",
    "suspend",
    "banned",
    "blocked",
    "locked",
    "terminated",
    "frozen",
];
/// Words for a quota.
const QUOTA: &[&str] = &[
    "quota",
    "daily",
    "monthly",
    "trial limit",
    "plan limit",
    "per day",
    "per month",
    "allowance",
    "billing period",
];
/// Words for a rate. A limit that passes within a minute is one, even if it is called a quota.
const RATE: &[&str] = &["per second", "per minute", "a second", "a minute", "slow down"];
/// Words for a request without a key.
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

/// The code or the message of an answer says this.
pub(super) fn says(seen: &Observation, family: Family) -> bool {
    let text = text(seen);
    if !may_carry(seen, family) {
        return false;
    }
    let lower = text.to_lowercase();
    // "Invalid, expired, or missing" names every reason there is, and so none.
    let lists = lower.contains("invalid") && (lower.contains(" or ") || lower.contains('/'));
    let has = |words: &[&str]| !lists && words.iter().any(|word| lower.contains(word));
    match family {
        Family::Revoked => {
            let ended = read(&text);
            ended.contains(&Subject::Key) || nameless(seen, &ended)
        }
        Family::Suspended => read(&text).contains(&Subject::Account),
        Family::NoApiAccess => is_english(&text) && lack::api_access(&text),
        Family::Scope => is_english(&text) && lack::scope(&text),
        Family::Quota => has(QUOTA) && !has(RATE),
        Family::Missing => has(MISSING),
    }
}

/// It says so of the key or the account as its subject, and no code says otherwise.
pub(super) fn says_plainly(seen: &Observation, family: Family) -> bool {
    let subject = match family {
        Family::Revoked => Subject::Key,
        Family::Suspended => Subject::Account,
        _ => return false,
    };
    let of_permission = known(seen).is_some_and(|code| code.class == Some(Class::Forbidden));
    let text = text(seen);
    says(seen, family) && !of_permission && is_plain(&text) && read(&text).contains(&subject)
}

/// A status of one word says that a key was withdrawn.
pub(super) fn is_withdrawn(status: &str) -> bool {
    let status = status.to_lowercase();
    WITHDRAWN.iter().any(|word| status.starts_with(word))
}

/// Code and message, one sentence each. A code of the table has its own meaning.
fn text(seen: &Observation) -> String {
    let Some(answer) = seen.answer() else { return String::new() };
    // What stands for an echoed credential is no word of the server's.
    let plain = |text: &str| text.replace("[key]", " ").replace("[redacted]", " ");
    let code = answer.code.as_deref().filter(|code| code::find(code).is_none()).map(in_words);
    let message = answer.message.as_deref().map(plain);
    format!("{}. {}", plain(&code.unwrap_or_default()), message.unwrap_or_default())
}

/// The words of an identifier like `api_key_revoked` or `ApiKeyRevoked`.
fn in_words(code: &str) -> String {
    let mut words = String::new();
    let mut after_lower = false;
    for letter in code.chars() {
        if letter.is_uppercase() && after_lower {
            words.push(' ');
        }
        words.push(if letter.is_alphanumeric() { letter } else { ' ' });
        after_lower = letter.is_lowercase();
    }
    words.to_lowercase()
}

/// The things that the text says to be at their end. Other languages than English are not judged.
fn read(text: &str) -> Vec<Subject> {
    if is_english(text) { ended(text) } else { Vec::new() }
}

fn is_english(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}

/// A refusal that says "expired" and not of what, where only the credential can be meant.
fn nameless(seen: &Observation, ended: &[Subject]) -> bool {
    seen.class == Class::Unauthenticated && ended == [Subject::None]
}

fn known(seen: &Observation) -> Option<&'static Code> {
    code::find(seen.answer()?.code.as_deref()?)
}

/// Codes that say no more than their status, so that words may.
const BARE_REFUSALS: &[&str] = &["forbidden", "400562", "400573", "internal_error"];

/// Words may decide: no code and no status says more than they do.
fn may_carry(seen: &Observation, family: Family) -> bool {
    let status = seen.status().unwrap_or_default();
    let bare = known(seen).is_none_or(|code| {
        code.class == Some(Class::Unauthenticated) || BARE_REFUSALS.contains(&code.code)
    });
    match family {
        Family::Quota => status == 429 && known(seen).is_none(),
        Family::Missing => (400..=403).contains(&status),
        _ => (400..=403).contains(&status) && bare,
    }
}
