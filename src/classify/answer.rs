//! What the rules ask of an answer.

use crate::heygen::code;
use crate::record::class::Class;
use crate::record::observation::{Answer, BodyKind, Envelope, Outcome};

pub(super) fn status_in(outcome: &Outcome, statuses: &[u16]) -> bool {
    outcome.status().is_some_and(|status| statuses.contains(&status))
}

pub(super) fn is_success(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

pub(super) fn is_page(answer: &Answer) -> bool {
    answer.body.kind == BodyKind::Html
}

/// Whether the API itself wrapped this answer.
pub(super) fn is_wrapped(answer: &Answer) -> bool {
    answer.envelope != Envelope::None
}

/// The class that the code alone carries, where it is a known one.
pub(super) fn class_by_code(answer: &Answer) -> Option<Class> {
    code::find(answer.code.as_deref()?)?.class
}

/// Whether the code decides for this class: a known code by the table, an unknown one by the
/// words that its identifier is made of.
pub(super) fn code_says(answer: &Answer, class: Class, words: &[&[&str]]) -> bool {
    let Some(code) = answer.code.as_deref() else { return false };
    match code::find(code) {
        Some(known) => known.class == Some(class),
        None => words.iter().any(|all| all.iter().all(|word| has_word(code, word))),
    }
}

/// Whether an identifier like `api_key_revoked` or `ApiKeyRevoked` has this word, or one that
/// begins with it.
pub(super) fn has_word(code: &str, word: &str) -> bool {
    words(code).any(|part| part.starts_with(word))
}

fn words(code: &str) -> impl Iterator<Item = String> {
    let mut parts = vec![String::new()];
    let mut after_lower = false;
    for letter in code.chars() {
        let starts_word = letter.is_uppercase() && after_lower;
        if starts_word || !letter.is_alphanumeric() {
            parts.push(String::new());
        }
        if letter.is_alphanumeric() {
            parts.last_mut().expect("never empty").extend(letter.to_lowercase());
        }
        after_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    parts.into_iter().filter(|part| !part.is_empty())
}
