//! The key was withdrawn, or its time is over.

use super::{Hypothesis, Support};
use crate::heygen::endpoint::{ME, SELF};
use crate::judge::case::Case;
use crate::judge::group::Group;
use crate::judge::keywords::{self, Family};
use crate::judge::lists::versions;
use crate::judge::timeline::{self, Change};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::observation::Observation;
use crate::record::probe::Credential;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Revoked or expired key",
    headline: "the key was revoked or has expired",
    meaning: "HeyGen says that the key was revoked, deactivated, or has expired, or the expiry that HeyGen gave for it has passed. It will not work again.",
    told_apart: "HeyGen's answer says so in words, and the answer to a made-up key doesn't; or the key's own expiry is past and the key is refused.",
    next_step: "Look the key up in HeyGen's API settings; if its state there says the same, make a new key and replace this one wherever it is used.",
    for_support: Support::Asked(
        "Please say when, and by whom, the key was revoked, if that wasn't intended.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes#unauthorized"),
    weigh: Some(weigh),
};

/// 1. Never refused: ruled out, or untested where nobody looked at the key.
/// 2. The key's own description says that it ended, and it is refused elsewhere: confirmed.
/// 3. The key is accepted elsewhere, or most refusals don't say so: possible.
///    The server says revoked, expired, or deactivated of this key, no code says otherwise, and it
///    refuses a made-up one on the same path without saying so: confirmed. Only "expired" without a
///    subject, a code of permissions beside it, or no such control: likely. The identical request is
///    accepted as well: possible.
/// 4. Accepted in another form: ruled out.
/// 5. It is a stored login whose time is over, and it is refused: likely.
/// 6. Only another version says so, to this key and not to a made-up one: likely.
/// 7. Refused otherwise: possible, for HeyGen words a revoked key like an unknown one.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::Unauthenticated, Class::Forbidden, Class::EdgeBlock]);
    if refused.is_empty() {
        return case.ruled_out(&real, format!("The key is answered with {}.", real.statuses()));
    }
    if let Some(described) = described_as_ended(case) {
        return described;
    }
    if let Some(said) = said(case, &refused) {
        return said;
    }
    if !refused.any_of(&[Class::Unauthenticated]) || real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real, "The server says nothing of the kind.");
    }
    if let Some(experiment) = case.opened_otherwise() {
        return Weighed::ruled_out(&experiment, "The key is accepted in another form.");
    }
    if let Some(over) = login_is_over(case, &refused) {
        return over;
    }
    let text = if refused.iter().any(says_so) {
        "The server says so to the controls as well."
    } else {
        "The server doesn't plainly say so; a revoked key may be answered like an unknown one."
    };
    said_elsewhere(case).unwrap_or_else(|| Weighed::possible().against(&refused, text))
}

/// The standing where the server says so to this key, and not to the controls.
fn said(case: &Case<'_>, refused: &Group<'_>) -> Option<Weighed> {
    let saying = refused.filter(says_so);
    let controls = case.made_up().and(&case.none());
    if saying.is_empty() || controls.iter().any(says_so) {
        return None;
    }
    if let Some(contradicted) = timeline::contradicted(case, &saying) {
        return Some(contradicted);
    }
    if let Some(weighed) = lives_on(case, refused, &saying) {
        return Some(weighed);
    }
    let plain = saying.iter().any(|seen| keywords::says_plainly(seen, Family::Revoked));
    let beside = case.made_up_refused_beside(&saying);
    Some(if beside && !plain {
        Weighed::likely().because(
            &saying.and(&case.made_up()),
            "The server speaks of an end, and not to a made-up key; it doesn't plainly say that the key ended.",
        )
    } else if beside {
        Weighed::confirmed().because(
            &saying.and(&case.made_up()),
            "The server says so of this key, and not of a made-up one.",
        )
    } else {
        Weighed::likely()
            .because(&saying, "The server says so; no made-up key was refused otherwise beside it.")
    })
}

/// The standing where the rest of the run speaks against it: the key is accepted elsewhere, where a made-up one
/// isn't, or most refusals of the identical request say nothing of the kind.
fn lives_on(case: &Case<'_>, refused: &Group<'_>, saying: &Group<'_>) -> Option<Weighed> {
    let told = format!("The server says so in {} of {} refusals.", saying.len(), refused.len());
    let accepted = case.accepted_anyhow();
    let gone = timeline::change(&accepted.and(refused)) == Change::AcceptedThenRefused;
    if !gone && case.made_up_refused_beside(&accepted) {
        let text = "The key is accepted elsewhere, and a made-up one is refused there.";
        return Some(Weighed::possible().because(saying, told).against(&accepted, text));
    }
    if !gone && !accepted.is_empty() {
        return Some(
            Weighed::likely().because(saying, told).against(&accepted, "It is accepted elsewhere."),
        );
    }
    let same = |seen: &Observation| {
        saying.iter().any(|one| one.endpoint == seen.endpoint && one.variant == seen.variant)
    };
    let silent = refused.filter(|seen| same(seen) && !says_so(seen));
    let mostly_silent = silent.len() > saying.len();
    let text = "The identical request was refused without these words as well.";
    let weighed = || Weighed::possible().because(saying, told).against(&silent, text);
    mostly_silent.then(weighed)
}

/// The standing where another version says so to this key, and not to a made-up one there.
fn said_elsewhere(case: &Case<'_>) -> Option<Weighed> {
    let saying = case.legacy(Credential::Real).of(&[Class::Unauthenticated]).filter(says_so);
    let there = |seen: &Observation| saying.iter().any(|other| other.endpoint == seen.endpoint);
    let controls = case.legacy(Credential::MadeUp).filter(there).answered();
    if saying.is_empty() || controls.iter().any(says_so) {
        return None;
    }
    let versions = versions(&saying);
    let (weighed, contrast) = if controls.is_empty() {
        (Weighed::possible(), "")
    } else {
        (Weighed::likely(), ", and not of a made-up one")
    };
    Some(
        weighed
            .because(&saying.and(&controls), format!("{versions} says so of this key{contrast}."))
            .against(&case.real(), "V3 refuses it without saying so."),
    )
}

fn says_so(seen: &Observation) -> bool {
    keywords::says(seen, Family::Revoked)
}

/// A login that was stored with its end, which is past, and that is refused.
fn login_is_over(case: &Case<'_>, refused: &Group<'_>) -> Option<Weighed> {
    let at = case.facts.credential.expires_at?;
    (at <= case.facts.run.started_at && case.made_up_refused_beside(refused)).then(|| {
        Weighed::likely().because(
            refused,
            format!(
                "The stored login ended at {}, and it is refused.",
                at.format("%Y-%m-%d %H:%M UTC")
            ),
        )
    })
}

/// The standing where `/v3/api_keys/self` says so of a key that `/v3/users/me` refuses
/// (developers.heygen.com/reference/get-current-api-key).
fn described_as_ended(case: &Case<'_>) -> Option<Weighed> {
    let refused = case.real().at(ME);
    let clear = refused.any_of(&[Class::Unauthenticated, Class::Forbidden]);
    (case.calls_itself_ended() && clear && !refused.any_of(&[Class::Ok])).then(|| {
        let described = case.accepted_anyhow().at(SELF);
        let weighed =
            if case.accepted_and_not_made_up() { Weighed::confirmed() } else { Weighed::likely() };
        weighed.because(
            &described.and(&refused),
            "The key's own description says that it ended, and `users/me` refuses it.",
        )
    })
}
