//! Noun phrases: what a sentence speaks of, and whose it is.

use super::lexicon::{BE, ENDS, FOLLOWERS, HAVE, HEADINGS, MODIFIERS, UNREAL, among};

/// The thing that a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The credential.
    Key,
    /// Whoever owns it.
    Account,
    /// A plan, a subscription, or a trial.
    Plan,
    /// The access to the API.
    Access,
    /// Whoever acts: "we", "an admin".
    Agent,
    /// Something else.
    Other,
    /// Nothing is named.
    None,
}

/// Nouns, and what they stand for.
const NOUNS: &[(&str, Subject)] = &[
    ("key", Subject::Key),
    ("keys", Subject::Key),
    ("token", Subject::Key),
    ("credential", Subject::Key),
    ("credentials", Subject::Key),
    ("account", Subject::Account),
    ("user", Subject::Account),
    ("workspace", Subject::Account),
    ("space", Subject::Account),
    ("organization", Subject::Account),
    ("organisation", Subject::Account),
    ("org", Subject::Account),
    ("team", Subject::Account),
    ("tenant", Subject::Account),
    ("plan", Subject::Plan),
    ("subscription", Subject::Plan),
    ("trial", Subject::Plan),
    ("license", Subject::Plan),
    ("licence", Subject::Plan),
    ("tier", Subject::Plan),
    ("access", Subject::Access),
    ("api", Subject::Access),
    ("we", Subject::Agent),
    ("you", Subject::Agent),
    ("heygen", Subject::Agent),
    ("admin", Subject::Agent),
    ("administrator", Subject::Agent),
    ("owner", Subject::Agent),
    ("someone", Subject::Agent),
    ("request", Subject::Agent),
];

/// True for a word that ends a key, an account, or a plan.
pub(super) fn is_end(word: &str) -> bool {
    among(ENDS, word)
}

/// True for a verb that a fact is told with, and for a word that makes it none.
pub(super) fn verb(word: &str) -> bool {
    among(BE, word) || among(HAVE, word) || among(UNREAL, word)
}

pub(super) fn noun(word: &str) -> Option<Subject> {
    NOUNS
        .iter()
        .find(|(noun, _)| *noun == word.trim_start_matches('='))
        .map(|(_, subject)| *subject)
}

/// The noun phrase that begins here, and where it ends.
pub(super) fn phrase(words: &[String], from: usize) -> Option<(Subject, usize)> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let mut at = from;
    // A modifier is one only while a noun or another modifier follows.
    let goes_on = |at: usize| {
        let next = word(at + 1);
        among(MODIFIERS, word(at))
            && (among(MODIFIERS, next) || noun(next).is_some() || word(at) == "the" && is_end(next))
            && !(noun(word(at)).is_some()
                && matches!(next, "this" | "your" | "the" | "that" | "used" | "provided" | "a"))
    };
    while goes_on(at) {
        at += 1;
    }
    // "The account associated with this key": what may go before a noun may also come after it.
    while at > from && noun(word(at)).is_none() {
        at -= 1;
    }
    let subject = noun(word(at))?;
    let plural = word(at) == "keys" && (at == from || matches!(word(from), "any" | "a" | "api"));
    let mut end = at + 1;
    if word(at) == "access" {
        let tail: Vec<&str> = words[end..].iter().take(3).map(String::as_str).collect();
        match tail.as_slice() {
            ["to", "the" | "our" | "this" | "heygen" | "heygen's", "api"] => end += 3,
            ["to", "api", ..] => end += 2,
            _ if at > from && word(at - 1) == "api" => {}
            _ => return Some((Subject::Other, end)),
        }
    }
    let next = word(end);
    let id = next.contains(|c: char| c.is_ascii_digit() || c == '*');
    let label = matches!(next, "status" | "state") && end + 1 == words.len();
    let fits = next.is_empty() || id || label || among(FOLLOWERS, next) || is_end(next);
    Some((if fits && !plural { subject } else { Subject::Other }, end + usize::from(id || label)))
}

/// True if the words between a noun and its verb belong to the noun, and name nothing else.
pub(super) fn fits(between: &[String]) -> bool {
    let relative = between
        .first()
        .is_some_and(|word| ["that", "which", "who", "you", "this", "we"].contains(&word.as_str()));
    let ends_relative = between
        .last()
        .is_some_and(|word| ["that", "which", "who", "whose"].contains(&word.as_str()));
    let person = between.first().is_some_and(|word| word == "who");
    let owns = between.iter().any(|word| noun(word) == Some(Subject::Key));
    let whole = relative || !between.iter().any(|word| verb(word) || word == "whose");
    let known = between.iter().enumerate().all(|(at, word)| {
        let next = between.get(at + 1).map_or("", String::as_str);
        let id = next.contains(|c: char| c.is_ascii_digit() || c == '*');
        !matches!(word.as_str(), "of" | "for" | "from" | "in" | "behind")
            || id
            || phrase(between, at + 1).is_some_and(|(subject, _)| subject != Subject::Other)
    });
    whole && (owns || !person) && known && !(ends_relative && between.len() > 1)
}

/// True for the words before a colon that name somebody or something else.
pub(super) fn is_foreign(words: &[String]) -> bool {
    let known = |word: &String| {
        let word = word.as_str();
        among(HEADINGS, word) || among(MODIFIERS, word) || noun(word).is_some() || is_end(word)
    };
    let begun = phrase(words, 0).is_some_and(|(subject, _)| subject != Subject::Other);
    !words.iter().all(known) && !begun
}
