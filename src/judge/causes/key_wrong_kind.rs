//! Whether the value is another kind of credential.

use super::case::Case;
use super::experiment::Opened;
use super::group::Group;
use super::weighed::Weighed;
use super::{Hypothesis, offline};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyWrongKind, weigh };

/// 1. Accepted as an API key: ruled out.
/// 2. Refused as given and accepted as Bearer, where a made-up token is refused: confirmed; without
///    such a control: likely.
/// 3. It looks like another vendor's key, or like a token: likely.
/// 4. Refused as Bearer too: ruled out. Never asked: untested.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "The key is accepted as an API key.");
    }
    let bearer = case.opened_by(variant::BEARER);
    let as_bearer = bearer.weigh(&real, "As `Authorization: Bearer` the value");
    if let Some(weighed) = as_bearer.filter(|_| !case.is_oauth()) {
        return weighed
            .next("Send it as `Authorization: Bearer`, or use an API key from the HeyGen settings instead.");
    }
    if let Some(message) = offline::message(case, offline::FOREIGN) {
        return Weighed::likely().because(&Group::default(), message);
    }
    match bearer.outcome {
        Opened::No => Weighed::ruled_out(&bearer.asked, "Refused as a Bearer token as well."),
        Opened::ForAnyKey => {
            Weighed::untested("As Bearer a made-up token is accepted too, so that shows nothing.")
        }
        Opened::NotAsked if !case.cut_off() => {
            Weighed::untested("It was not tried as a Bearer token.")
        }
        _ => Weighed::untested("No answer tells what it is as a Bearer token."),
    }
}
