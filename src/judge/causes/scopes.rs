//! The scopes that a server names where it refuses a key.

use std::collections::BTreeSet;

use super::case::{Case, SELF};
use super::group::Group;
use super::weighed::Weighed;
use crate::text::first_few;

/// So many are named; a report lists the rest by endpoint.
const SHOWN: usize = 4;
/// No scope has a longer name.
const LONGEST: usize = 40;

/// The scopes that these answers name, as a part of a sentence.
pub(super) fn named(case: &Case<'_>, group: &Group<'_>) -> Option<String> {
    let names = names(case, group);
    let word = if names.len() == 1 { "scope" } else { "scopes" };
    let quoted = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("the {word} {}", first_few(quoted, SHOWN)))
}

/// Adds the step that fits the scopes that these answers name, if any do.
pub(super) fn with_step(case: &Case<'_>, weighed: Weighed, group: &Group<'_>) -> Weighed {
    let it = if names(case, group).len() == 1 { "it" } else { "them" };
    match named(case, group) {
        Some(scopes) => weighed.next(step(&scopes, it)),
        None => weighed,
    }
}

/// What to do about scopes that are missing.
pub(super) fn step(scopes: &str, it: &str) -> String {
    format!(
        "If your program needs {scopes}, add {it} to the key in HeyGen's API settings; otherwise nothing needs to be done."
    )
}

/// What the messages name, without what the key has by its own description.
fn names(case: &Case<'_>, group: &Group<'_>) -> BTreeSet<String> {
    let own = case.field(SELF, "scopes").and_then(|scopes| scopes.as_array());
    let has = |scope: &String| own.is_some_and(|own| own.iter().any(|one| one == scope.as_str()));
    let messages = group.0.iter().filter_map(|seen| seen.observation.answer()?.message.as_deref());
    messages.flat_map(str::split_whitespace).filter_map(scope).filter(|scope| !has(scope)).collect()
}

/// A word of a message, if it has the form of a scope: what has it is inert in any document
/// (`resource:right`, developers.heygen.com/reference/get-current-api-key).
fn scope(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '*');
    let (resource, right) = word.split_once(':')?;
    let plain = |part: &str| {
        part == "*"
            || (!part.is_empty()
                && part.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-')))
    };
    (word.len() <= LONGEST && plain(resource) && matches!(right, "read" | "write" | "*"))
        .then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_scope_is_taken_for_one() {
        for (word, wanted) in [
            ("account:read.", Some("account:read")),
            ("`brand_kits:write`", Some("brand_kits:write")),
            ("(*:read),", Some("*:read")),
            ("scope:", None),
            ("https://evil.test/a:read", None),
            ("[a](x):read", None),
            ("12:read", None),
            ("account:read\u{1b}[0m", None),
            ("::error::read", None),
        ] {
            assert_eq!(scope(word).as_deref(), wanted, "{word}");
        }
    }
}
