//! Charges as sentences, each with the requests that it is about.

use super::differences::name;
use super::{Charge, Scene, piece};
use crate::record::cause::Cause;
use crate::record::diagnosis::{Evidence, Standing};
use crate::record::heard::{Form, Heard, Slip};
use crate::text::{count, first_few};

/// The most requests that are named in one sentence.
const NAMED: usize = 2;

/// The sentences of charges; those that say the same are one.
pub(super) fn gathered(charges: &[&Charge], heard: &[Heard]) -> Vec<Evidence> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for charge in charges {
        match groups.iter_mut().find(|(text, _)| *text == charge.text) {
            Some((_, requests)) => requests.push(charge.request),
            None => groups.push((&charge.text, vec![charge.request])),
        }
    }
    let told = groups.into_iter().map(|(text, requests)| match requests.as_slice() {
        _ if heard.len() == 1 => piece(text),
        [one] => piece(format!("Request {} ({}): {text}", one + 1, name(&heard[*one]))),
        many => {
            let mut names: Vec<String> = many.iter().map(|at| name(&heard[*at])).collect();
            names.sort();
            names.dedup();
            let names = first_few(names, NAMED);
            piece(format!("{} ({names}): {text}", count(many.len(), "request")))
        }
    });
    told.collect()
}

/// Whose key it is, as a sentence with a blank before it.
pub(super) fn identity(heard: &Heard) -> String {
    let Some(one) = heard.credentials.first() else { return String::new() };
    let source = one.source.as_deref().unwrap_or_default();
    match one.form {
        Form::AsKnown => format!(" It sends the key from `{source}`."),
        Form::Trimmed => {
            format!(" It sends the key from `{source}`, without what stands around it there.")
        }
        Form::OtherSource => {
            format!(" It sends the key from `{source}`, which isn't the one that comes first here.")
        }
        _ if one.fingerprint.is_some() => {
            " The key that it sends is none that the doctor finds here.".to_owned()
        }
        _ => String::new(),
    }
}

/// The standing of a cause that no request speaks for, and the reason.
pub(super) fn without(cause: Cause, scene: &Scene<'_>) -> (Standing, &'static str) {
    const UNASKED: (Standing, &str) = (Standing::Untested, "Nothing was asked that could tell.");
    if scene.heard.is_empty() {
        return UNASKED;
    }
    let all = |test: fn(&Heard) -> bool| scene.heard.iter().all(test);
    let has_key = |one: &Heard| !one.credentials.is_empty() && !one.has(Slip::Unexpanded);
    match cause {
        Cause::KeyMissing if all(|one| !one.credentials.is_empty()) => {
            (Standing::RuledOut, "A credential is sent.")
        }
        Cause::KeyPlaceholder if all(has_key) => (Standing::RuledOut, "The value may be a key."),
        Cause::KeyMalformed if all(has_key) => (Standing::RuledOut, "The key is well-formed."),
        Cause::KeyEncoded if all(has_key) => {
            (Standing::RuledOut, "Nothing shows a base64 layer too many or too few.")
        }
        Cause::WrongHost
            if all(|one| !one.has(Slip::OtherHost) && !one.has(Slip::UnexpandedHost)) =>
        {
            (Standing::RuledOut, "It goes to HeyGen's API, to a path that it may have.")
        }
        _ => UNASKED,
    }
}
