//! The value is another kind of credential.

use super::{Hypothesis, Support};
use crate::judge::case::Case;
use crate::judge::experiment::Opened;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::About;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Another kind of credential",
    headline: "the value is not a HeyGen API key",
    meaning: "The value is a credential, but of another kind: another vendor's key, a key of LiveAvatar, an OAuth token, or a session token. HeyGen's API accepts none of them in `X-Api-Key`.",
    told_apart: "Found by its form. Another vendor's key is not sent, so that HeyGen doesn't learn it; an OAuth token is asked as `Bearer`.",
    next_step: "Look up which service the value belongs to, and put the key from HeyGen's API settings in its place.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: Some("https://docs.heygen.com/docs/authentication-methods"),
    weigh: Some(weigh),
};

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
    if let Some(message) = case.looks(&[About::Foreign]) {
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
