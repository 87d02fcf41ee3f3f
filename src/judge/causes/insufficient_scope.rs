//! Whether the key works, but its scopes are too narrow.

use super::Hypothesis;
use super::case::{Case, ME, SELF};
use super::group::{Group, answered_alike};
use super::keywords::{self, Family};
use super::weighed::Weighed;
use super::{scopes, timeline};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::probe::Credential;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::InsufficientScope, weigh };

/// 1. The server names a scope on the core endpoints: confirmed if the controls tell the key apart,
///    else likely; ruled out where the controls are told the same.
/// 2. The key's own scopes predict the 403 of `users/me`: the same, and possible where the controls
///    get that 403 too, for then it says nothing about scopes.
/// 3. The refusal speaks of scopes, and a made-up key is refused otherwise: likely.
/// 4. The key works, and other endpoints name a scope: likely.
/// 5. The key describes itself as one that only reads: possible, nothing was refused.
/// 6. Nothing of that: ruled out, or untested where nobody looked at the key.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::InsufficientScope]);
    if !refused.is_empty() {
        return named(case, &refused);
    }
    let forbidden = real.at(ME).of(&[Class::Forbidden]);
    if !forbidden.is_empty() && scopes_lack(case, "account") {
        return predicted(case, &forbidden);
    }
    let speaking = forbidden.filter(|seen| keywords::says(seen, Family::Scope));
    if !speaking.is_empty() && case.made_up_refused_beside(&speaking) {
        return Weighed::likely().because(
            &speaking,
            "The refusal speaks of scopes, and a made-up key gets another answer.",
        );
    }
    let elsewhere = case
        .seen
        .filter(|seen| seen.observation.credential == Credential::Real)
        .of(&[Class::InsufficientScope]);
    let accepted = real.of(&[Class::Ok]);
    if !accepted.is_empty() && !elsewhere.is_empty() {
        let named = scopes::named(case, &elsewhere)
            .map_or_else(String::new, |scopes| format!(", and name {scopes}"));
        let text =
            format!("The key works, and other endpoints say that a scope is missing{named}.");
        return scopes::with_step(case, Weighed::likely().because(&elsewhere, text), &elsewhere);
    }
    if reads_only(case) && case.accepted_and_not_made_up() {
        return Weighed::possible().because(
            &case.accepted_anyhow().at(SELF),
            "The key's own description lets it read and nothing else: making a video would be refused.",
        );
    }
    case.ruled_out(&real.answered(), "No answer speaks of a scope.")
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
    let named = scopes::named(case, refused)
        .map_or_else(String::new, |scopes| format!(", and names {scopes}"));
    let text = format!("The server says that a scope is missing{named}");
    let weighed = if case.tells_apart(refused) {
        let text = format!("{text}; a made-up key is refused otherwise.");
        Weighed::confirmed().because(&refused.and(&case.made_up()), text)
    } else {
        Weighed::likely().because(refused, format!("{text}."))
    };
    scopes::with_step(case, weighed, refused)
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
    weighed.next(scopes::step("the scope `account:read`", "it"))
}

/// Whether `/v3/api_keys/self` describes a key that may only read.
pub(super) fn reads_only(case: &Case<'_>) -> bool {
    let mode = case.field(SELF, "scope_mode").and_then(|mode| mode.as_str());
    let scopes = case.field(SELF, "scopes").and_then(|scopes| scopes.as_array());
    let only_reads = scopes.is_some_and(|scopes| {
        let mut scopes = scopes.iter().filter_map(|scope| scope.as_str()).peekable();
        scopes.peek().is_some() && scopes.all(|scope| scope.ends_with(":read"))
    });
    mode == Some("read_only") || (mode == Some("custom") && only_reads)
}

/// Whether `/v3/api_keys/self` lists scopes, and none covers reading this resource
/// (`*:*`, `*:read`, `account:read`, and write implies read: developers.heygen.com/reference/get-current-api-key).
fn scopes_lack(case: &Case<'_>, resource: &str) -> bool {
    let Some(scopes) = case.field(SELF, "scopes").and_then(|scopes| scopes.as_array()) else {
        return false;
    };
    let covers = |scope: &str| {
        let (holder, right) = scope.split_once(':').unwrap_or((scope, "*"));
        (holder == "*" || holder == resource) && matches!(right, "*" | "read" | "write")
    };
    !scopes.iter().filter_map(|scope| scope.as_str()).any(covers)
}
