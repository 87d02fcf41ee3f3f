//! There is no key to send, or only the text of an example: told without sending anything. One row
//! each.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, NO_KEY};
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
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
    headline: "the value is a placeholder, not a key",
    meaning: "The value is an example's text, such as `your-api-key-here`, a reference that nobody resolved, such as `${HEYGEN_API_KEY}` or `op://…`, or words, an address, a path, a page. It is not sent.",
    told_apart: "Found by its form, without sending it. No key that HeyGen hands out looks like this; a gateway of your own may take such a value, and `--send-anyway` sends it.",
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
    let empty = sources.iter().filter(|source| source.fingerprint.is_none());
    let looked: Vec<String> = empty.map(|source| format!("`{}`", source.source)).collect();
    let text = match looked.as_slice() {
        [] => "No place holds a key.".to_owned(),
        looked => format!("No key in any of: {}.", looked.join(", ")),
    };
    let weighed = Weighed::confirmed().because(&Group::default(), text);
    // What is nearest to a key comes first: a file that hides it, a name that comes near.
    let findings = &case.facts.credential.findings;
    let told = findings.iter().filter(|finding| finding.id.about() == About::Place);
    let mut told: Vec<_> = told.filter(|finding| finding.step.is_some()).collect();
    told.sort_by_key(|finding| std::cmp::Reverse(finding.id));
    let Some(first) = told.first() else { return weighed };
    let weighed = weighed.because(&Group::default(), first.message.clone());
    if case.facts.run.simulated.is_some() {
        return weighed.next("Nothing to do: the fault is in the scenario's own settings.");
    }
    let step = first.step.as_deref().unwrap_or_default();
    weighed.next(case.then_check(step))
}

/// 1. The value was sent on demand and accepted: ruled out.
/// 2. The value can't be a key: likely, for that is a pattern.
/// 3. There is no key: untested.
/// 4. Otherwise ruled out.
fn placeholder(case: &Case<'_>) -> Weighed {
    let accepted = case.real().of(&[Class::Ok]);
    match case.looks(&[About::Placeholder]) {
        Some(_) if !accepted.is_empty() => Weighed::ruled_out(&accepted, "The value is accepted."),
        Some(message) => Weighed::likely().because(&Group::default(), message),
        None if !case.has_key() => Weighed::untested(NO_KEY),
        None => Weighed::ruled_out(&Group::default(), "The value may be a key."),
    }
}
