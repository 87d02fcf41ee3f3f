//! The subject of a clause: a key can expire, and so can a plan, an invitation, or another's key.

use super::clause::{Clause, clauses};
use super::lexicon::{
    ADVERBS, BE, BY_ITSELF, DOUBTS, FOLLOWERS, HAVE, LEADS, NOBODY, OTHER_REASONS, PLAIN, SOME_DAY,
    UNDONE, UNREAL, among,
};
use super::noun::{Subject, fits, is_end, noun, phrase, verb};
use super::plainly::is_limited;

/// Everything that a text says to be at its end.
pub(super) fn ended(text: &str) -> Vec<Subject> {
    let clauses = clauses(text);
    let doubted = |clause: &Clause| clause.words.iter().any(|word| among(DOUBTS, word));
    let undone = clauses.iter().any(|clause| undone(&clause.words) || doubted(clause));
    if lists_reasons(text) || undone {
        return Vec::new();
    }
    let mut facts = Vec::new();
    let mut last = Subject::None;
    for clause in clauses {
        let words = &clause.words;
        let start = start(words);
        let own = subject_of(words, start, last);
        let found = (start..words.len()).filter_map(|at| said(words, start, at, last));
        if !clause.conditional && !clause.foreign {
            facts.extend(found);
        }
        if !clause.embedded && own != Subject::None {
            last = own;
        }
    }
    facts
}

/// Words by which something ended goes on: "and reinstated in June".
fn undone(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let before = &words[at.saturating_sub(2)..at];
        among(UNDONE, word) && !before.iter().any(|word| among(SOME_DAY, word))
    })
}

/// "Invalid, expired, or missing" names every reason there is, and so none.
fn lists_reasons(text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|one| one == word);
    (has("or") || text.contains('/') && !text.contains("://"))
        && OTHER_REASONS.split_whitespace().any(has)
}

/// Where a clause begins, after its lead, and after "we found that".
pub(super) fn start(words: &[String]) -> usize {
    let leads = || words.iter().take_while(|word| among(LEADS, word)).count();
    let lead = dated(words).unwrap_or_else(leads);
    let told = matches!(words.get(lead).map(String::as_str), Some("we" | "our"));
    match words.iter().position(|word| word == "that") {
        Some(that) if told && that > lead => that + 1,
        _ => lead,
    }
}

/// The end of a date in front of a clause: "on 3 November", "as of 2026".
fn dated(words: &[String]) -> Option<usize> {
    let begins = matches!(words.first()?.as_str(), "on" | "as" | "since" | "from" | "in");
    let end =
        words.iter().take(6).position(|word| matches!(word.as_str(), "your" | "this" | "the"));
    let number = |word: &String| word.chars().any(|c| c.is_ascii_digit());
    end.filter(|end| begins && words[..*end].iter().any(number))
}

/// The subject of a clause, or nothing where it has none of its own.
fn subject_of(words: &[String], start: usize, last: Subject) -> Subject {
    match words.get(start).map(String::as_str) {
        None => Subject::None,
        Some("it" | "they" | "which" | "both") => last,
        Some(word) if verb(word) || is_end(word) => Subject::None,
        _ => match phrase(words, start) {
            Some((subject, _)) => subject,
            None if words.iter().any(|word| verb(word)) => Subject::Other,
            None => Subject::None,
        },
    }
}

/// The thing that the word at this place says to be at its end, if it says so as a fact.
fn said(words: &[String], start: usize, at: usize, last: Subject) -> Option<Subject> {
    let word = words[at].as_str();
    let unreal = |from: usize| words[from..at].iter().any(|word| among(UNREAL, word));
    if !is_end(word) || passes(words, at) || is_limited(&words[at + 1..]) {
        return None;
    }
    if let Some(subject) = attributed(words, start, at) {
        return (!unreal(start)).then_some(subject);
    }
    // The verbs before the word, and what stands before them.
    let group = (start..at)
        .rev()
        .take_while(|i| {
            let word = words[*i].as_str();
            verb(word) || among(ADVERBS, word) || is_end(word) || matches!(word, "and" | "or")
        })
        .last()
        .unwrap_or(at);
    if unreal(group) {
        return None;
    }
    let has = |list: &str| words[group..at].iter().any(|word| among(list, word));
    // "Your key has expired credits" tells what it has.
    let owned = words.get(at + 1).is_some_and(|next| {
        !among(FOLLOWERS, next)
            && !among(PLAIN, next)
            && !next.starts_with(|c: char| c.is_ascii_digit())
    });
    if !(has(BE) || has(HAVE) && among(BY_ITSELF, word) && !owned) {
        let object = object(words, start, group, at, last);
        if object.is_some() {
            return object;
        }
        let next = words.get(at + 1).map_or("", String::as_str);
        // "Your key revoked the grant" is an act of the key's.
        let acts = matches!(next, "the" | "your" | "this" | "a" | "its");
        let headline = !has(HAVE)
            && !acts
            && (next.is_empty()
                || next.starts_with(|c: char| c.is_ascii_digit())
                || among(FOLLOWERS, next)
                || next == "last"
                || next == "an");
        if !headline {
            return None;
        }
    }
    Some(before(words, start, group, last))
}

/// A state that passes by itself, or a rule: "for 20 seconds", "is suspended if".
fn passes(words: &[String], at: usize) -> bool {
    let rest = &words[at + 1..];
    let soon =
        rest.iter().any(|word| ["second", "seconds", "minute", "minutes"].contains(&word.as_str()));
    let pause = soon && rest.first().is_some_and(|word| word == "for");
    let rule =
        rest.iter().any(|word| matches!(word.as_str(), "if" | "when" | "unless" | "whenever"))
            && words[..at].iter().any(|word| matches!(word.as_str(), "is" | "are"));
    pause || rule
}

/// The subject before a group of verbs.
fn before(words: &[String], start: usize, group: usize, last: Subject) -> Subject {
    if let Some(owner) = belongs_to(words, start, group) {
        return owner;
    }
    match words.get(start).map(String::as_str) {
        _ if group == start => last,
        Some("it" | "they" | "which" | "both") => {
            if group == start + 1 {
                last
            } else {
                Subject::Other
            }
        }
        _ => match phrase(words, start) {
            Some((subject, end)) if end <= group && fits(&words[end..group]) => {
                let of_the_key =
                    words[end..group].iter().any(|word| noun(word) == Some(Subject::Key));
                // "The owner of this key" is the account.
                if subject == Subject::Agent && of_the_key { Subject::Account } else { subject }
            }
            _ => Subject::Other,
        },
    }
}

/// The owner about whom a relative clause speaks: "this key belongs to an account that was".
fn belongs_to(words: &[String], start: usize, group: usize) -> Option<Subject> {
    let relative = matches!(words.get(group.wrapping_sub(1))?.as_str(), "that" | "which" | "who");
    let verb = words[start..group].iter().position(|word| word == "belongs")? + start;
    let ours = phrase(words, start).is_some_and(|(subject, _)| subject == Subject::Key);
    let (owner, end) = phrase(words, verb + 2)?;
    (relative && ours && owner == Subject::Account && end + 1 == group).then_some(owner)
}

/// The object of somebody's act: "an admin revoked your key".
fn object(
    words: &[String],
    start: usize,
    group: usize,
    at: usize,
    last: Subject,
) -> Option<Subject> {
    let actor = before(words, start, group, last);
    // Whoever "has suspended your account" can do so.
    let has = words[group..at].iter().any(|word| among(HAVE, word));
    let nobody = words[start..group].iter().any(|word| among(NOBODY, word));
    let yours = has && !nobody && words.get(at + 1).is_some_and(|next| next == "your");
    let can = matches!(actor, Subject::Agent | Subject::Account);
    if !(can || yours && actor == Subject::Other) {
        return None;
    }
    let (subject, _) = phrase(words, at + 1)?;
    matches!(subject, Subject::Key | Subject::Account | Subject::Access | Subject::Plan)
        .then_some(subject)
}

/// The noun that the word stands before: "revoked API key", "this key belongs to a suspended account".
fn attributed(words: &[String], start: usize, at: usize) -> Option<Subject> {
    let (subject, end) = phrase(words, at + 1)?;
    let alone = words[end..].first().is_none_or(|word| {
        ["used", "provided", "supplied", "sent", "detected", "presented", "in", "on"]
            .contains(&word.as_str())
    });
    let known = matches!(subject, Subject::Key | Subject::Account | Subject::Plan);
    if at == start {
        return (known && alone).then_some(subject);
    }
    let article = matches!(words[at - 1].as_str(), "a" | "an");
    let due = at > start + 1
        && matches!(
            (words[at - 3.min(at)].as_str(), words[at - 2].as_str()),
            ("due", "to") | ("because", "of")
        );
    let links = ["made", "is", "are", "belongs", "uses", "used", "sent", "signed", "using"];
    let linked = words[start..at].iter().any(|word| links.contains(&word.as_str()))
        && (words[start] == "it"
            || words[start] == "this"
            || phrase(words, start).is_some_and(|(one, _)| one != Subject::Other));
    (article && known && (due || (linked && alone))).then_some(subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_what_the_clause_speaks_of() {
        for (text, wanted) in [
            ("This api key was revoked by the workspace owner", Subject::Key),
            ("Your workspace's API key has been revoked", Subject::Key),
            ("Revoked API key", Subject::Key),
            ("On 3 November your API key was revoked", Subject::Key),
            ("As of 2026-11-01 this key is disabled", Subject::Key),
            ("The key in X-Api-Key has been revoked", Subject::Key),
            ("An admin revoked your key", Subject::Key),
            ("The request was made with an expired API key", Subject::Key),
            ("The key is no longer active and was revoked", Subject::Key),
            ("The account of this api key was deactivated", Subject::Account),
            ("The organization this key belongs to was deleted", Subject::Account),
            ("This key belongs to a suspended account", Subject::Account),
            ("This key belongs to an account that was suspended", Subject::Account),
            ("The account associated with this key was suspended", Subject::Account),
            ("API key sk_V2_*** was revoked", Subject::Key),
            ("Your plan has expired", Subject::Plan),
            ("API access was revoked", Subject::Access),
            ("Your permission to read was revoked by an admin", Subject::Other),
            ("The webhook signing key was rotated", Subject::Other),
            ("The user who shared this was deactivated", Subject::Other),
            ("It has expired", Subject::None),
        ] {
            assert_eq!(ended(text).first(), Some(&wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_fact_is_not_said() {
        for text in [
            "This key is not expired and has not been revoked.",
            "The key isn't revoked.",
            "It was never suspended or blocked.",
            "Your key will be revoked on Monday.",
            "If your key was revoked, make a new one.",
            "Was your key revoked?",
            "Your key has not been used since it was rotated.",
            "Key not found or revoked.",
            "The project \"key revoked\" isn't shared with you.",
            "See https://help.invalid/key-was-revoked",
            "The sharing service: key revoked.",
            "Requests with an expired key are rejected.",
        ] {
            let told = ended(text);
            assert!(
                !told.contains(&Subject::Key) && !told.contains(&Subject::None),
                "{text}: {told:?}"
            );
        }
    }
}
