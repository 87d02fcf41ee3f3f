//! Words that decide only where nothing else carries the meaning, and only by difference from
//! what a control is told.

use super::subject::{Subject, subject};
use crate::heygen::code;
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

/// Stems of words for the end of a key, an account, or a plan.
const WITHDRAWN: &[&str] = &[
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
/// Stems of words for what happens to accounts only.
const SUSPENDED: &[&str] = &["suspend", "banned", "blocked", "locked", "terminated", "frozen"];
/// Words for a plan without the API.
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
];
/// Words for a rate. A limit that passes within a minute is one, even if it is called a quota.
const RATE: &[&str] = &["per second", "per minute", "a second", "a minute", "slow down"];
/// Words that deny the word after them. "No longer" is none: a key that is no longer active ended.
const DENIALS: &[&str] = &["not", "never", "neither", "nor", "without", "isnt", "hasnt", "wasnt"];
/// Words that may stand between a denial and its word.
const BETWEEN: &[&str] =
    &["been", "be", "being", "yet", "currently", "already", "ever", "actually", "a", "or", "and"];
/// Words for a scope.
const SCOPE: &[&str] = &["scope"];
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
    let text = match family {
        Family::Revoked | Family::Suspended => without_denials(&text),
        _ => text,
    };
    // "invalid, expired, or missing" names every reason there is, and so none.
    let lists_reasons = text.contains("invalid") && (text.contains(" or ") || text.contains('/'));
    if lists_reasons || !may_carry(seen, family) {
        return false;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let of = |words: &[&str], subjects: &[Subject]| {
        words.iter().any(|word| subjects.contains(&subject(&text, word)))
    };
    match family {
        Family::Revoked => {
            of(WITHDRAWN, &[Subject::Key])
                || of(SUSPENDED, &[Subject::Key])
                || nameless(seen, &text)
        }
        Family::Suspended => {
            of(WITHDRAWN, &[Subject::Account]) || of(SUSPENDED, &[Subject::Account, Subject::None])
        }
        Family::NoApiAccess => has(NO_API_ACCESS) || of(WITHDRAWN, &[Subject::Plan]),
        Family::Quota => has(QUOTA) && !has(RATE),
        Family::Scope => has(SCOPE),
        Family::Missing => has(MISSING),
    }
}

/// A status of one word says that a key was withdrawn.
pub(super) fn is_withdrawn(status: &str) -> bool {
    let status = status.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| status.starts_with(word));
    is(WITHDRAWN) || is(SUSPENDED)
}

/// Code and message in lower case, one sentence each.
fn text(seen: &Observation) -> String {
    let Some(answer) = seen.answer() else { return String::new() };
    // What stands for an echoed credential is no word of the server's.
    let words = |text: &str| {
        text.replace("[key]", " ")
            .replace("[redacted]", " ")
            .replace(['_', '-'], " ")
            .to_lowercase()
    };
    let code = answer.code.as_deref().map(words).unwrap_or_default();
    let message = answer.message.as_deref().map(words).unwrap_or_default();
    format!("{code}. {message}")
}

/// A refusal that says "expired" and not of what, where only the credential can be meant.
fn nameless(seen: &Observation, text: &str) -> bool {
    seen.class == Class::Unauthenticated
        && WITHDRAWN.iter().any(|word| subject(text, word) == Subject::None)
}

/// The text without what it denies: "has not been revoked" says nothing of the kind.
fn without_denials(text: &str) -> String {
    let happens = |word: &str| WITHDRAWN.iter().chain(SUSPENDED).any(|stem| word.starts_with(stem));
    let mut denied = false;
    let kept = text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    kept.filter(|piece| {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let drop = denied && happens(word);
        // A denial reaches over "been" and "or", and ends with the next other word or stop.
        denied = DENIALS.contains(&word)
            || word.ends_with("n't")
            || word.ends_with("n’t")
            || (denied && (drop || word.is_empty() || BETWEEN.contains(&word)));
        denied &= !piece.ends_with([',', ';', ':', '.', '!', '?']);
        !drop
    })
    .collect()
}

/// Words may decide: no code and no status says more than they do.
fn may_carry(seen: &Observation, family: Family) -> bool {
    let told = seen.answer().and_then(|answer| code::find(answer.code.as_deref()?));
    let decided = told.is_some_and(|code| {
        matches!(
            code.class,
            Some(
                Class::RateLimited
                    | Class::QuotaExceeded
                    | Class::InsufficientScope
                    | Class::PaymentRequired
                    | Class::ApiNotEnabled
                    | Class::Suspended
            )
        )
    });
    let status = seen.status().unwrap_or_default();
    let fits = match family {
        Family::Quota => status == 429,
        _ => (400..=403).contains(&status),
    };
    fits && !decided
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_said() {
        for (text, kept) in [
            (
                "this key is not expired and has not been revoked, but its",
                "this key is not and has not been but its",
            ),
            ("the key isn't revoked.", "the key isn't"),
            ("it was never suspended or blocked", "it was never or"),
            ("neither expired nor revoked", "neither nor"),
            ("the key is not valid, it was revoked", "the key is not valid, it was revoked"),
            (
                "not accepted because the key was revoked",
                "not accepted because the key was revoked",
            ),
            ("key not found. revoked", "key not found. revoked"),
            ("not valid or expired", "not valid or expired"),
            (
                "the key is no longer active and was revoked",
                "the key is no longer active and was revoked",
            ),
        ] {
            let words = without_denials(text);
            assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), kept);
        }
    }
}
