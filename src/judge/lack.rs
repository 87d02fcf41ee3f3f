//! Sentences that say what is lacking: the access to the API, or a scope.

use super::clause::{Clause, clauses, is_scope};
use super::lexicon::{ASKS, COVERS, DENIALS, GRANTS, HOLDS, NEEDS, OPEN, SHORT, among};
use super::noun::{Subject, fits, noun, phrase};
use super::subject::{ended, start};

/// True where a clause says that the account or its plan has no access to the API.
pub(super) fn api_access(text: &str) -> bool {
    let ends = ended(text).iter().any(|one| matches!(one, Subject::Access | Subject::Plan));
    let mut before = None;
    let mut lacks = |clause: &Clause| {
        let lacks = no_access(clause, before);
        before = clause.words.last().and_then(|word| noun(word));
        lacks
    };
    let clauses = clauses(text);
    ends || clauses.iter().filter(|clause| !clause.conditional && !clause.foreign).any(&mut lacks)
}

/// A clause denies it; `last` is the noun that it follows, which may be what it is about.
fn no_access(clause: &Clause, last: Option<Subject>) -> bool {
    let words = &clause.words;
    let has = |list: &str| words.iter().any(|word| among(list, word));
    if has(OPEN) {
        return false;
    }
    let start = start(words);
    let subject = phrase(words, start);
    if let Some((Subject::Access, end)) = subject {
        let verb = words.iter().skip(end).position(|word| {
            ["is", "was", "has", "are", "not", "requires", "needs"].contains(&word.as_str())
        });
        let beside = verb.is_some_and(|verb| fits(&words[end..end + verb]));
        return beside && (((has(DENIALS) || has("only")) && has(GRANTS)) || has(NEEDS));
    }
    let Some(named) = (start..words.len()).find(|at| names_access(words, *at)) else {
        return false;
    };
    let before = &words[start..named];
    let earlier = |list: &str| before.iter().any(|word| among(list, word));
    let relative =
        words[start] == "which" && matches!(last, Some(Subject::Account | Subject::Plan));
    let holder = before.is_empty()
        || relative
        || matches!(
            subject,
            Some((Subject::Account | Subject::Plan | Subject::Agent | Subject::Key, _))
        )
        || before.iter().any(|word| matches!(noun(word), Some(Subject::Account | Subject::Plan)))
        || among(DENIALS, &words[start]);
    let denied = holder && earlier(DENIALS) && earlier(HOLDS);
    let only_others = words[start] == "only" && earlier(HOLDS);
    let asked = only_others || !earlier(DENIALS) && (earlier(ASKS) || (holder && earlier(NEEDS)));
    denied || asked
}

/// The access to the API is named from here: "API access", "access to the API", "use the API".
fn names_access(words: &[String], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let named = match phrase(words, at) {
        Some((Subject::Access, end)) if word(end - 1) == "access" || word(at) == "access" => {
            Some(end)
        }
        Some((Subject::Access, end)) if matches!(word(at), "the" | "our" | "heygen") => Some(end),
        _ => None,
    };
    named.is_some() || (word(at) == "api" && matches!(word(at + 1), "plan" | "usage" | "add-on"))
}

/// True where a clause says that a scope is missing.
pub(super) fn scope(text: &str) -> bool {
    clauses(text).iter().filter(|clause| !clause.conditional && !clause.foreign).any(short_of_scope)
}

fn short_of_scope(clause: &Clause) -> bool {
    let words = &clause.words;
    let has = |list: &str| words.iter().any(|word| among(list, word));
    let of_another = words.windows(2).enumerate().any(|(at, pair)| {
        pair[0].starts_with("scope")
            && pair[1] == "of"
            && !matches!(phrase(words, at + 2), Some((Subject::Key | Subject::Agent, _)))
    });
    let named = words.iter().any(|word| word == "scope" || word == "scopes" || is_scope(word));
    if !named || of_another || has(OPEN) {
        return false;
    }
    let out_of = words.windows(2).any(|pair| pair[0] == "out" && pair[1] == "of");
    if words.iter().any(|word| ["not", "no", "never", "none"].contains(&word.as_str())) {
        has(COVERS)
    } else {
        out_of || has(SHORT) || has(NEEDS)
    }
}
