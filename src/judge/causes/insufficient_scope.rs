//! The key works, but its scopes are too narrow.

use std::collections::BTreeSet;

use super::{Hypothesis, Support};
use crate::heygen::endpoint::{ME, SELF};
use crate::judge::case::Case;
use crate::judge::group::{Group, REFUSED, answered_alike};
use crate::judge::keywords::{self, Family};
use crate::judge::lists::{endpoints, paths};
use crate::judge::timeline;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::text::first_few;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Limited,
    exit: Exit::Works,
    title: "Key without all scopes",
    headline: "the key works, but not everywhere",
    meaning: "The key is accepted. It was made with limited scopes, and some endpoints need a scope that it doesn't have.",
    told_apart: "HeyGen answers 403 with the name of the scope that is needed, on some endpoints, and accepts the key on others.",
    next_step: "If your program needs what was refused, add the scope for it to the key in HeyGen's API settings; otherwise nothing needs to be done.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: Some("https://developers.heygen.com/reference/get-current-api-key"),
    weigh: Some(weigh),
};

/// 1. The server names a scope on the core endpoints: confirmed if the controls tell the key apart,
///    else likely; ruled out where the controls are told the same.
/// 2. The key's own scopes predict the 403 of `users/me`: the same, and possible where the controls
///    get that 403 too, for then it says nothing about scopes.
/// 3. The refusal speaks of scopes, and a made-up key is refused otherwise: likely.
/// 4. The key works, and other endpoints of V3 refuse it each time, or the other way round: likely.
/// 5. The key describes itself as one that only reads: possible, nothing was refused.
/// 6. Nothing of that: ruled out, or untested where nobody looked at the key.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::InsufficientScope]);
    if !refused.is_empty() {
        return named(case, &refused);
    }
    let forbidden = real.at(ME).of(&[Class::Forbidden]);
    if !forbidden.is_empty() && case.scopes_lack("account") {
        return predicted(case, &forbidden);
    }
    let speaking = forbidden.filter(|seen| keywords::says(seen, Family::Scope));
    if !speaking.is_empty() && case.made_up_refused_beside(&speaking) {
        return Weighed::likely().because(
            &speaking,
            "The refusal speaks of scopes, and a made-up key gets another answer.",
        );
    }
    if let Some(weighed) = by_lists(case) {
        return weighed;
    }
    if case.reads_only() && case.accepted_and_not_made_up() {
        return Weighed::possible().because(
            &case.accepted_anyhow().at(SELF),
            "By its own description the key can only read.",
        );
    }
    case.ruled_out(&real.answered(), "No answer speaks of a scope.")
}

/// Some endpoints of V3 accept the key, and others refuse it.
///
/// 1. A control was let in: nothing follows.
/// 2. The core accepts the key, and lists refuse it each time: likely.
/// 3. The core refuses it as a whole, and lists accept it that refuse a made-up key: likely.
fn by_lists(case: &Case<'_>) -> Option<Weighed> {
    let real = case.real();
    let (accepted, refusing) = (real.of(&[Class::Ok]), case.lists_refusing());
    if case.let_a_control_in() {
        return None;
    }
    let refused = real.of(REFUSED);
    if !accepted.is_empty() && refused.at(ME).is_empty() && !refusing.is_empty() {
        let named = scopes_named(case, &refusing.of(&[Class::InsufficientScope]))
            .map_or_else(String::new, |scopes| format!(" They name {scopes}."));
        let text = format!(
            "The key works, and {} it with {}: {}.{named}",
            endpoints_in_words(&refusing),
            refusing.statuses(),
            paths(&refusing)
        );
        let weighed = Weighed::likely().because(&refusing, text);
        return Some(with_step(case, weighed, &refusing.of(&[Class::InsufficientScope])));
    }
    let lives = case.lives_by_lists();
    (accepted.is_empty() && refusing.is_empty() && !refused.is_empty() && !lives.is_empty()).then(|| {
        let text = format!(
            "{} accept the key and refuse a made-up one, so the key lives; other endpoints of V3 answer it with {}.",
            paths(&lives),
            refused.statuses()
        );
        Weighed::likely().because(&lives.and(&refused), text)
    })
}

/// How many endpoints answer.
fn endpoints_in_words(group: &Group<'_>) -> String {
    match endpoints(group).len() {
        1 => "1 other endpoint of V3 answers".to_owned(),
        many => format!("{many} other endpoints of V3 answer"),
    }
}

/// The server names a missing scope.
fn named(case: &Case<'_>, refused: &Group<'_>) -> Weighed {
    let controls = case.none().and(&case.made_up());
    if controls.any_of(&[Class::InsufficientScope]) {
        return Weighed::ruled_out(
            &controls,
            "The controls get the same answer, so it isn't about this key.",
        );
    }
    if let Some(contradicted) = timeline::contradicted(case, refused) {
        return contradicted;
    }
    let named = scopes_named(case, refused);
    let of = named.as_ref().map_or_else(String::new, |scopes| format!(", and names {scopes}"));
    let text = format!("The server says that a scope is missing{of}");
    let weighed = if case.tells_apart(refused) {
        let text = format!("{text}; a made-up key is refused otherwise.");
        Weighed::confirmed().because(&refused.and(&case.made_up()), text)
    } else {
        Weighed::likely().because(refused, format!("{text}."))
    };
    let weighed = weighed.named(match named {
        Some(scopes) => format!("the key works but lacks {scopes}"),
        None => "the key works but lacks a scope".to_owned(),
    });
    with_step(case, weighed, refused)
}

/// The key's own scopes don't cover reading the account, and `users/me` answers 403.
fn predicted(case: &Case<'_>, forbidden: &Group<'_>) -> Weighed {
    let described = case.accepted_anyhow().at(SELF);
    let text = "The key's own scopes don't cover `account:read`, and `users/me` answers 403.";
    let controls = case.none().and(&case.made_up());
    if answered_alike(forbidden, &controls) == Some(true) {
        return Weighed::possible()
            .because(&described, "The key's own scopes don't cover `account:read`.")
            .against(
                &forbidden.and(&controls.at(ME)),
                "`users/me` answers the controls with the same 403, so that isn't about the key.",
            );
    }
    let weighed = if case.tells_apart(forbidden) {
        Weighed::confirmed().because(&described.and(forbidden).and(&case.made_up()), text)
    } else {
        Weighed::likely().because(&described.and(forbidden), text)
    };
    weighed
        .named("the key works but lacks the scope `account:read`")
        .next(step("the scope `account:read`", "it"))
}

/// The most scopes that a sentence names; a report lists the rest by endpoint.
const SHOWN: usize = 4;
/// The longest word that is taken for a scope.
const LONGEST: usize = 40;

/// The scopes that these answers name, as a part of a sentence.
fn scopes_named(case: &Case<'_>, group: &Group<'_>) -> Option<String> {
    let names = names(case, group);
    let word = if names.len() == 1 { "scope" } else { "scopes" };
    let quoted = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("the {word} {}", first_few(quoted, SHOWN)))
}

/// Adds the step that fits the scopes that these answers name, if any do.
fn with_step(case: &Case<'_>, weighed: Weighed, group: &Group<'_>) -> Weighed {
    let it = if names(case, group).len() == 1 { "it" } else { "them" };
    match scopes_named(case, group) {
        Some(scopes) => weighed.next(step(&scopes, it)),
        None => weighed,
    }
}

/// The step where these scopes are missing.
fn step(scopes: &str, it: &str) -> String {
    format!(
        "If your program needs {scopes}, add {it} to the key in HeyGen's API settings; otherwise nothing needs to be done."
    )
}

/// The scopes that the messages name, without those that the key has by its own description.
fn names(case: &Case<'_>, group: &Group<'_>) -> BTreeSet<String> {
    let own = case.field(SELF, "scopes").and_then(|scopes| scopes.as_array());
    let has = |scope: &String| own.is_some_and(|own| own.iter().any(|one| one == scope.as_str()));
    let messages = group.iter().filter_map(|seen| seen.answer()?.message.as_deref());
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
