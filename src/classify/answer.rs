//! The questions that rules ask of an answer.

use crate::heygen::code;
use crate::record::class::Class;
use crate::record::observation::{Answer, BodyKind, Envelope};

/// The code of a V1 success (docs.heygen.com: `{"code":100,"data":…}`).
const V1_SUCCESS: &str = "100";
/// Members by which an unwrapped profile is known (hyperframes' client tolerates it unwrapped).
const PROFILE_MEMBERS: &[&str] = &["username", "billing_type", "key_id", "scope_mode"];

/// Status 2xx, whatever the body is.
pub(super) fn is_success(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

pub(super) fn is_page(answer: &Answer) -> bool {
    answer.body.kind == BodyKind::Html
}

/// True where the API itself wrapped the answer.
pub(super) fn is_wrapped(answer: &Answer) -> bool {
    answer.envelope != Envelope::None
}

/// The class that the code alone carries, where it is a known one.
pub(super) fn class_by_code(answer: &Answer) -> Option<Class> {
    code::find(answer.code.as_deref()?)?.class
}

/// True where the code decides for this class: a known code by the table, an unknown one by the
/// words that its identifier is made of.
pub(super) fn code_says(answer: &Answer, class: Class, words: &[&[&str]]) -> bool {
    let Some(code) = answer.code.as_deref() else { return false };
    match code::find(code) {
        Some(known) => known.class == Some(class),
        None => words.iter().any(|all| all.iter().all(|word| has_word(code, word))),
    }
}

/// True for an error code, which a success doesn't have.
pub(super) fn failed_by_code(answer: &Answer) -> bool {
    match answer.envelope {
        Envelope::V1 => answer.code.as_deref().is_some_and(|code| code != V1_SUCCESS),
        _ => answer.code.is_some(),
    }
}

/// True for a body that HeyGen's API sends with a success.
pub(super) fn has_success_shape(answer: &Answer) -> bool {
    let has = |name: &str| answer.body.members.iter().any(|member| member == name);
    match answer.body.kind {
        BodyKind::Json => {
            (is_wrapped(answer) && has("data")) || PROFILE_MEMBERS.iter().any(|name| has(name))
        }
        // Heavy lists are cut at the read limit; nothing but their beginning is known.
        BodyKind::JsonBroken => answer.body.truncated,
        _ => false,
    }
}

/// True where an identifier like `api_key_revoked` or `ApiKeyRevoked` has this word, or one that
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
