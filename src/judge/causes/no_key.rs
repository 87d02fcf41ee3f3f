//! There is no key to send, or only the text of an example: told without sending anything. One row
//! each.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, NO_KEY};
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::exit::Exit;
use crate::record::facts::About;

pub(super) const KEY_MISSING: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "No key",
    headline: "no key was found",
    meaning: "No source holds a key: not the variable, not a file, not `.env`, not HeyGen's credentials file. A program started like this sends no key, and HeyGen answers 401.",
    told_apart: "Found without sending anything: every source was looked at and is listed in the report. The requests without a key still show whether the API can be reached.",
    next_step: "Set `HEYGEN_API_KEY` in the environment that starts your program, then run `heygen-doctor key` there.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: Some("https://developers.heygen.com/docs/api-key"),
    weigh: Some(missing),
};

pub(super) const KEY_PLACEHOLDER: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Placeholder instead of a key",
    headline: "the key is a placeholder from an example",
    meaning: "The value is an example's text, such as `your-api-key-here`, or a variable that nobody expanded, such as `${HEYGEN_API_KEY}`. It is not sent.",
    told_apart: "Found by its form, without sending it. A real key never looks like this.",
    next_step: "Put the key from HeyGen's API settings where the placeholder is, then run `heygen-doctor key`.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: Some("https://developers.heygen.com/docs/api-key"),
    weigh: Some(placeholder),
};

/// 1. A source holds a value: ruled out.
/// 2. Every source was looked at and none does: confirmed, for one could have.
fn missing(case: &Case<'_>) -> Weighed {
    let sources = &case.facts.credential.sources;
    if case.has_key() {
        return Weighed::ruled_out(&Group::default(), "A key was found.");
    }
    let looked: Vec<&str> = sources.iter().map(|source| source.source.as_str()).collect();
    Weighed::confirmed()
        .because(&Group::default(), format!("No key in any of: {}.", looked.join(", ")))
}

/// 1. The value is a known placeholder: likely, for that is a pattern, and it is never sent.
/// 2. There is no key: untested.
/// 3. Otherwise ruled out.
fn placeholder(case: &Case<'_>) -> Weighed {
    match case.looks(&[About::Placeholder]) {
        Some(message) => Weighed::likely().because(&Group::default(), message),
        None if !case.has_key() => Weighed::untested(NO_KEY),
        None => Weighed::ruled_out(&Group::default(), "The value is no known placeholder."),
    }
}
