//! HeyGen doesn't know the key.

use super::{Hypothesis, Support, header_stripped};
use crate::heygen::code;
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::experiment::Opened;
use crate::judge::gateway;
use crate::judge::group::{Group, answered_alike};
use crate::judge::timeline::{Change, change};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::About;
use crate::record::observation::Observation;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Key that HeyGen doesn't recognize",
    headline: "HeyGen doesn't recognize the key",
    meaning: "HeyGen treats the key like one that was never made. It may have been deleted, replaced by a newer one, cut off when it was copied, or made in another environment. HeyGen's answer is the same for all of these.",
    told_apart: "A made-up key of the same shape gets the same answer everywhere. Equality proves little, so this is likely at most, unless a key that is known to work was accepted at the same moment.",
    next_step: "Compare the date and the name of the key with the list in HeyGen's API settings: is it still there, and in the space you expect?",
    for_support: Support::Asked(
        "Please look up whether a key with this fingerprint or creation time exists, and in which state it is.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes#unauthorized"),
    weigh: Some(weigh),
};

/// 1. Accepted in any form, or never refused: ruled out, or untested where nobody looked at the key.
/// 2. Accepted first and refused ever since: likely (it was replaced or deleted meanwhile).
/// 3. Refused exactly as a made-up key is: likely; confirmed if a key known to work is accepted, and nothing spoils the value.
/// 4. Refused in another way than a made-up key, or either is not always refused: possible.
///    By a documented code for credentials or a user that aren't known: likely.
/// 5. Whoever brings a key is refused in no form of the API, and whoever brings none in one: possible.
/// 6. Every path is refused alike, and not in the forms of every version, or in a form that V3 isn't known to have, or the made-up key was not asked: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.of(&[Class::Unauthenticated]);
    if refused.is_empty() {
        return unrefused(case, &real);
    }
    if change(&real.of(&[Class::Ok, Class::Unauthenticated])) == Change::AcceptedThenRefused {
        return Weighed::likely().because(&real, "Accepted at first and refused ever since.");
    }
    if real.any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&real.of(&[Class::Ok]), "The key was accepted.");
    }
    let lives = case.lives_by_lists();
    if !lives.is_empty() {
        return Weighed::ruled_out(
            &lives,
            "Other endpoints of V3 accept the key and refuse a made-up one.",
        );
    }
    if let Some(experiment) = case.opened_otherwise() {
        return Weighed::ruled_out(&experiment, "The key is accepted in another form.");
    }
    if let Some(experiment) = header_stripped::lost(case) {
        return Weighed::possible().against(&experiment, "The key doesn't seem to arrive at all.");
    }
    let lists = case.lists_accepting();
    let known = case.known_good_refused();
    if !lists.is_empty() {
        Weighed::possible()
            .because(&refused, "Refused with 401.")
            .against(&lists, "Other endpoints of V3 accept the key.")
    } else if !known.is_empty() {
        Weighed::possible().because(&refused, "Refused with 401.").against(
            &known,
            "The key of `--control-env`, which is said to work, is refused as well: keys don't arrive, or aren't looked up.",
        )
    } else if case.gateway_refuses(&refused) {
        Weighed::possible().because(&refused, "Refused with 401.").against(
            &refused.and(&case.none()),
            format!(
                "Whoever brings a key is refused in another form than whoever brings none: {} in front of HeyGen's API answers.",
                gateway::of_all(&refused).unwrap_or("something")
            ),
        )
    } else {
        like_made_up(case, &refused)
    }
}

fn unrefused(case: &Case<'_>, real: &Group<'_>) -> Weighed {
    let repaired = case.opened_by(variant::REPAIRED);
    if (real.is_empty() && !case.cut_off()) || !case.has_key() {
        Weighed::untested("No key was sent.")
    } else if real.all_of(&[Class::Unsendable]) && repaired.outcome == Opened::No {
        Weighed::possible().because(&repaired.asked, "The repaired value is refused.")
    } else {
        case.ruled_out(
            real,
            format!("The key is answered with {}, not with a 401.", real.statuses()),
        )
    }
}

fn like_made_up(case: &Case<'_>, refused: &Group<'_>) -> Weighed {
    if case.refuses_strangely() {
        return Weighed::possible().because(refused, "Refused with 401.").against(
            &case.none(),
            "Whoever has no key is refused in a form that V3 of HeyGen's API isn't known to have.",
        );
    }
    let decided = case.real().and(&case.made_up()).not_of(TRANSIENT);
    let others = decided.not_of(&[Class::Unauthenticated]);
    if !others.is_empty() {
        let text =
            format!("Of the key and a made-up one, some requests got {}.", others.statuses());
        return Weighed::possible().because(refused, "Refused with 401.").against(&others, text);
    }
    let made_up = case.made_up().of(&[Class::Unauthenticated]);
    let both = refused.and(&made_up);
    if case.unknown_route().any_of(&[Class::Unauthenticated]) && !case.speaks_every_dialect() {
        return Weighed::possible().against(
            &case.unknown_route(),
            "Even a path that can't exist is refused, so a 401 says little here.",
        );
    }
    match answered_alike(refused, &made_up) {
        None => Weighed::possible()
            .because(refused, "Refused with 401; no made-up key was answered beside it."),
        Some(false) if refused.iter().all(disowned) => Weighed::likely().because(
            &both,
            "Its code is documented for credentials, or a user, that HeyGen doesn't know.",
        ),
        Some(false) => Weighed::possible().against(
            &both,
            "Refused in another way than a made-up key, so the server may well know it.",
        ),
        Some(true) => {
            let known = case.another_accepted();
            // What spoils the value explains the refusal as well.
            let spoiled = case.looks(&[About::Damage, About::Copying]).is_some();
            let damaged = case.looks(&[About::Layers, About::Foreign]).is_some()
                || (spoiled && !case.only_blanks());
            let weighed = if known.is_empty() || damaged {
                Weighed::likely()
            } else {
                Weighed::confirmed().because(&known, "Another key was accepted at the same time.")
            };
            weighed.because(
                &both,
                format!(
                    "Answered exactly as a made-up key is, {} of {} times.",
                    refused.len(),
                    refused.len()
                ),
            )
        }
    }
}

fn disowned(seen: &Observation) -> bool {
    seen.answer().and_then(|answer| answer.code.as_deref()).is_some_and(code::disowns)
}
