//! The key's header is lost on the way.

use super::{Hypothesis, Support};
use crate::judge::case::Case;
use crate::judge::experiment::Opened;
use crate::judge::group::REFUSED;
use crate::judge::group::{Group, answered_alike};
use crate::judge::keywords::{self, Family};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::probe::Credential;
use crate::record::probe::variant::{BEARER, TITLE_CASE};

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Key lost on the way",
    headline: "the key's header doesn't arrive",
    meaning: "Something between this machine and HeyGen removes the header that carries the key, so HeyGen sees a request without one.",
    told_apart: "HeyGen answers the real key like no key, though it answers a made-up key differently. With an encrypted connection that ends at HeyGen, nothing on the way can do this.",
    next_step: "Run `heygen-doctor check` without the proxy, or from another network, and compare.",
    for_support: Support::Nothing("Nothing is needed from HeyGen until the network is checked."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. In lower case the key is accepted, and spelled as documented it gets the answer of no key: likely.
/// 2. The key or another one was accepted, or it gets another answer than no key: ruled out, it arrives.
/// 3. In the documented spelling the key is accepted and a made-up one isn't, in lower case the key is
///    refused: confirmed; no made-up one was refused in that spelling: likely.
/// 4. In another form it is accepted: ruled out, it arrives.
/// 5. TLS runs end to end to public roots: ruled out, nothing in between can take it out.
/// 6. The server says that no key came, and of one in another header that it is wrong: likely.
/// 7. No key and a made-up one are told apart, and the key gets the answer of no key: likely.
/// 8. Over plain HTTP or an intercepted connection with one answer for all: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    if let Some(weighed) = lost_as_documented(case) {
        return weighed;
    }
    let real = case.real().of(&[Class::Unauthenticated]);
    let (none, made_up) =
        (case.none().of(&[Class::Unauthenticated]), case.made_up().of(&[Class::Unauthenticated]));
    if real.is_empty() {
        let real = case.real().answered();
        return unrefused(case, &real);
    }
    let accepted = case.real().of(&[Class::Ok]);
    if !accepted.is_empty() {
        return Weighed::ruled_out(&accepted, "The key was accepted: its header arrives.");
    }
    let lists = case.lives_by_lists();
    if !lists.is_empty() {
        return Weighed::ruled_out(&lists, "Other endpoints of V3 accept the key: it arrives.");
    }
    let other = case.another_accepted();
    if !other.is_empty() {
        return Weighed::ruled_out(&other, "Another key arrives in the same header.");
    }
    if answered_alike(&real, &none) == Some(false) {
        return Weighed::ruled_out(
            &real.and(&none),
            "The key is answered otherwise than no key: the header arrives.",
        );
    }
    if let Some(weighed) = by_spelling(case, &real) {
        return weighed;
    }
    if let Some(experiment) = case.opened_otherwise() {
        return Weighed::ruled_out(&experiment, "In another form the key arrives and is accepted.");
    }
    if case.facts.network.tls.as_ref().is_some_and(|tls| tls.trusted_publicly) {
        return Weighed::ruled_out(
            &Group::default(),
            "TLS runs end to end to public roots, so nothing in between can take a header out.",
        );
    }
    if let Some(weighed) = said_to_be_missing(case, &real) {
        return weighed;
    }
    if answered_alike(&none, &made_up) == Some(false) {
        return Weighed::likely().because(
            &real.and(&none).and(&made_up),
            "No key and a made-up key get different answers, and the key gets the answer of no key.",
        );
    }
    Weighed::possible()
        .because(&real.and(&none), "The key gets the answer of no key.")
        .against(&made_up, "So does a made-up key, and HeyGen answers both alike.")
}

/// The standing where the spelling of the header decides.
fn by_spelling(case: &Case<'_>, real: &Group<'_>) -> Option<Weighed> {
    let spelled = case.opened_by(TITLE_CASE);
    let weighed = match spelled.outcome {
        // Over HTTP/2 every name travels in lower case, so two things differ there.
        Opened::Yes if over_http_1(real) => Weighed::confirmed(),
        Opened::Yes | Opened::Alone => Weighed::likely(),
        _ => return None,
    };
    Some(weighed.because(
        &real.and(&spelled.asked),
        "Spelled `X-Api-Key` the header arrives and the key is accepted; spelled `x-api-key` it is lost.",
    ).next("Send the header as `X-Api-Key` over HTTP/1.1; HTTP/2 always sends header names in lower case."))
}

/// In lower case the key is accepted; spelled as documented it gets the answer of no key, each time.
/// That both travelled alike but for the spelling isn't shown over HTTP/2: likely at most.
fn lost_as_documented(case: &Case<'_>) -> Option<Weighed> {
    let spelled = case.ask(Credential::Real, TITLE_CASE.id).answered();
    let accepted = case.real().of(&[Class::Ok]);
    let lost = spelled.len() > 1
        && spelled.all_of(&[Class::Unauthenticated])
        && answered_alike(&spelled, &case.none()) == Some(true)
        && case.accepted_and_not_made_up()
        && case.real().of(REFUSED).is_empty();
    lost.then(|| {
        Weighed::likely()
            .because(
                &spelled.and(&accepted),
                "Spelled `x-api-key` the key is accepted; spelled `X-Api-Key` it gets the answer of no key.",
            )
            .next("Send the header as `x-api-key`, in lower case, and look what stands between your program and HeyGen.")
    })
}

/// All of these travelled over HTTP/1.1, as the spelling in capitals does.
fn over_http_1(group: &Group<'_>) -> bool {
    group.iter().all(|seen| seen.answer().is_some_and(|answer| answer.http_version == "HTTP/1.1"))
}

/// The requests that show the key to be lost, if any do.
pub(super) fn lost<'a>(case: &Case<'a>) -> Option<Group<'a>> {
    let real = case.real().of(&[Class::Unauthenticated]);
    let publicly = case.facts.network.tls.as_ref().is_some_and(|tls| tls.trusted_publicly);
    (!publicly && said_to_be_missing(case, &real).is_some()).then_some(real)
}

/// The standing where the server misses the key in its own header and sees it in `Authorization`.
fn said_to_be_missing<'a>(case: &Case<'a>, real: &Group<'a>) -> Option<Weighed> {
    let misses = |group: &Group<'a>| {
        !group.is_empty() && group.iter().all(|seen| keywords::says(seen, Family::Missing))
    };
    let bearer = case.ask(Credential::Real, BEARER.id).of(&[Class::Unauthenticated]);
    let seen_elsewhere =
        !bearer.is_empty() && !bearer.iter().any(|seen| keywords::says(seen, Family::Missing));
    (misses(real) && misses(&case.none()) && seen_elsewhere).then(|| {
        Weighed::likely().because(
            &real.and(&case.none()).and(&bearer),
            "The server says that no key came, although one was sent; of the same key in `Authorization` it doesn't say so.",
        )
    })
}

/// The key was never refused as unauthenticated.
fn unrefused(case: &Case<'_>, real: &Group<'_>) -> Weighed {
    if real.is_empty() {
        Weighed::untested("No answer to the key came.")
    } else if answered_alike(real, &case.none()) == Some(true) {
        Weighed::untested("The key and no key get the same answer, and it isn't about keys.")
    } else {
        Weighed::ruled_out(real, "The key is answered otherwise than no key: the header arrives.")
    }
}
