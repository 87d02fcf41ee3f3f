//! Whether the key works, but its scopes are too narrow.

use super::Hypothesis;
use super::case::{Case, ME, SELF};
use super::keywords::{self, Family};
use super::timeline;
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;
use crate::probe::Credential;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::InsufficientScope, weigh };

/// 1. `users/me` accepts the key: its scopes cover what was asked of everyone; ruled out,
///    or likely where other endpoints name a scope.
/// 2. The key describes itself as one that only reads: possible, nothing was refused.
/// 3. The server names the scope, or the key's own scopes predict the 403: confirmed.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let narrow = real.of(&[Class::InsufficientScope]);
    let predicted = real.at(ME).of(&[Class::Forbidden, Class::EdgeBlock]);
    if !narrow.is_empty() {
        let controls = case.none().and(&case.made_up());
        if controls.any_of(&[Class::InsufficientScope]) {
            return Weighed::ruled_out(
                &controls,
                "The controls get the same answer, so it isn't about this key.",
            );
        }
        if let Some(contradicted) = timeline::contradicted(case, &narrow) {
            return contradicted;
        }
        let weighed = if case.made_up_refused() { Weighed::confirmed() } else { Weighed::likely() };
        return weighed.because(
            &narrow.and(&case.made_up()),
            "The server names a missing scope to this key, and refuses a made-up one.",
        );
    }
    if !predicted.is_empty() && scopes_lack(case, "account") {
        return Weighed::confirmed().because(
            &real,
            "The key's own scopes don't cover `account:read`, and `users/me` answers 403.",
        );
    }
    if !predicted.is_empty()
        && predicted.0.iter().any(|seen| keywords::says(seen, Family::Scope))
        && case.made_up_refused()
    {
        return Weighed::likely().because(
            &predicted,
            "The refusal speaks of scopes, and a made-up key gets another answer.",
        );
    }
    let elsewhere = case
        .seen
        .filter(|seen| seen.observation.credential == Credential::Real)
        .of(&[Class::InsufficientScope]);
    if real.any_of(&[Class::Ok]) && !elsewhere.is_empty() {
        return Weighed::likely().because(
            &elsewhere,
            "The key works, and these endpoints ask for a scope that it lacks.",
        );
    }
    if reads_only(case) && real.any_of(&[Class::Ok]) && case.made_up_refused() {
        return Weighed::possible().because(
            &case.accepted_anyhow().at(SELF),
            "The key's own description lets it read and nothing else: making a video would be refused.",
        );
    }
    if real.answered().is_empty() {
        return Weighed::untested("No answer to the key came.");
    }
    Weighed::ruled_out(&real.answered(), "No answer speaks of a scope.")
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
