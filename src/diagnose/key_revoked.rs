//! Whether the key was withdrawn.

use super::Hypothesis;
use super::case::{Case, ME, SELF};
use super::keywords::{self, Family};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyRevoked, weigh };

/// 1. Never refused: ruled out, or untested where nobody looked at the key.
/// 2. The key's own description names an end in the past, and it is refused elsewhere: confirmed.
/// 3. The server says revoked, expired, or deactivated to this key, and refuses a made-up one on the
///    same path without saying so: confirmed. No such control: likely.
/// 4. It says so to a made-up key as well: that shows nothing.
/// 5. Accepted in another form: ruled out.
/// 6. Refused otherwise: possible, for HeyGen words a revoked key like an unknown one.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::Unauthenticated, Class::Forbidden, Class::EdgeBlock]);
    if refused.is_empty() {
        return case.ruled_out(&real, format!("The key is answered with {}.", real.statuses()));
    }
    if let Some(described) = described_as_ended(case) {
        return described;
    }
    let saying = refused.filter(|seen| keywords::says(seen, Family::Revoked));
    let controls = case.made_up().and(&case.none());
    if !saying.is_empty() && !controls.0.iter().any(|seen| keywords::says(seen, Family::Revoked)) {
        return if case.made_up_refused_beside(&saying) {
            Weighed::confirmed().because(
                &saying.and(&case.made_up()),
                "The server says so of this key, and not of a made-up one.",
            )
        } else {
            Weighed::likely().because(
                &saying,
                "The server says so; no made-up key was refused otherwise beside it.",
            )
        };
    }
    if !refused.any_of(&[Class::Unauthenticated]) || real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real, "The server says nothing of the kind.");
    }
    if let Some(experiment) = case.opened_otherwise() {
        return Weighed::ruled_out(&experiment, "The key is accepted in another form.");
    }
    Weighed::possible().against(
        &refused,
        "The server doesn't say so; a revoked key may be answered like an unknown one.",
    )
}

/// What `/v3/api_keys/self` says of a key that is refused on `/v3/users/me`
/// (developers.heygen.com/reference/get-current-api-key).
fn described_as_ended(case: &Case<'_>) -> Option<Weighed> {
    let ended = case.expires_at().is_some_and(|at| at <= case.facts.run.started_at);
    let refused = case.real().at(ME);
    (ended && !refused.any_of(&[Class::Ok])).then(|| {
        let described = case.accepted_anyhow().at(SELF);
        let weighed =
            if case.accepted_and_not_made_up() { Weighed::confirmed() } else { Weighed::likely() };
        weighed.because(
            &described.and(&refused),
            "The key's own description names an end in the past, and `users/me` refuses it.",
        )
    })
}
