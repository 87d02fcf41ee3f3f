//! How plainly a sentence says that something is at its end.

use super::clause::clauses;
use super::lexicon::{ADVERBS, BE, ENDS, HAVE, HEADINGS, LEADS, MODIFIERS, PARTS, PLAIN, among};

/// True if every word is one by which an end is plainly said: then no other reading is left.
pub(super) fn is_plain(text: &str) -> bool {
    let tables = [PLAIN, MODIFIERS, ENDS, BE, HAVE, ADVERBS, LEADS, HEADINGS];
    clauses(text).iter().flat_map(|clause| &clause.words).all(|word| {
        let word = word.trim_start_matches('=');
        let dated = word.starts_with(|c: char| c.is_ascii_digit());
        dated || tables.iter().any(|table| among(table, word))
    })
}

/// It is at its end in a part only: "only", "in this region".
pub(super) fn is_limited(rest: &[String]) -> bool {
    let place = |at: usize| rest[at..].iter().any(|word| among(PARTS, word));
    rest.iter().enumerate().any(|(at, word)| word == "only" || word == "in" && place(at))
}
