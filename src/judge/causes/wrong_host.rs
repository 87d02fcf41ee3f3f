//! Something else than HeyGen's API answers.

use super::{Hypothesis, Support};
use crate::heygen::host;
use crate::judge::case::{Case, TRANSIENT, envelope};
use crate::judge::gateway;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::diagnosis::Standing;
use crate::record::exit::Exit;
use crate::record::observation::Envelope;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Not HeyGen's API",
    headline: "this is not HeyGen's API",
    meaning: "Something else answers: a login page of the network, a web site, another API, or a redirect to one. The key wasn't checked there.",
    told_apart: "A path that can't exist isn't answered as HeyGen's API answers it, or the answers are web pages or redirects.",
    next_step: "Set the base URL to `https://api.heygen.com`.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. The host is known as another service of HeyGen's: confirmed.
/// 2. No answer: untested. Blocks, limits and failures say nothing about who answers: ruled out here.
/// 3. The identical control gets in at one time and not at another: possible, whoever answers.
/// 4. A path that can't exist, or no key, gets a success: likely; every such request: confirmed.
/// 5. A made-up key is accepted: likely.
/// 6. Pages, redirects, or bytes that aren't HTTP for the controls: likely.
/// 7. A path that can't exist is answered as the API's own paths are: likely; possible, where each
///    version refuses in the form that it has at HeyGen.
/// 8. The refusals are in none of the API's envelopes: likely; in one that V3 doesn't have: possible.
/// 9. A gateway gives the answers, and others come in the API's form: possible at most.
fn weigh(case: &Case<'_>) -> Weighed {
    if let Some(service) = host::other_service(&case.facts.run.base_url) {
        let asked = if case.facts.observations.is_empty() { ", so nothing was asked" } else { "" };
        let text = format!("The base URL leads to {service}{asked}.");
        return Weighed::confirmed().because(&Group::default(), text);
    }
    let weighed = named(case, by_answers(case));
    if at_the_right_host(case) {
        weighed
            .next("Open a web page on this machine, to see whether the network asks for a login.")
    } else {
        weighed
    }
}

/// A gateway that gives the answers itself is named; what stands behind it may still be HeyGen's.
fn named(case: &Case<'_>, weighed: Weighed) -> Weighed {
    let controls = case.none().and(&case.unknown_route()).answered();
    let Some(gateway) = gateway::of_all(&controls).filter(|_| weighed.standing >= Standing::Likely)
    else {
        return weighed;
    };
    let text = format!("{gateway} answers here, not HeyGen.");
    let behind = case.seen.filter(gateway::is_api);
    if behind.is_empty() {
        weighed.because(&controls, text)
    } else {
        let known =
            "Other answers come in a form of HeyGen's API, so it stands behind the gateway.";
        Weighed::possible().because(&controls, text).against(&behind, known)
    }
}

/// The requests were meant for the API itself, and something else answers in its place.
fn at_the_right_host(case: &Case<'_>) -> bool {
    let everyone = case.everyone();
    let led_away = everyone.any_of(&[Class::NotHeygen, Class::Redirect]);
    let meant = host::is_the_api(&case.facts.run.base_url) || case.facts.run.simulated.is_some();
    meant && led_away
}

fn by_answers(case: &Case<'_>) -> Weighed {
    let (none, unknown) = (
        case.none().not_of(SAYS_NOTHING_OF_HOST),
        case.unknown_route().not_of(SAYS_NOTHING_OF_HOST),
    );
    let real = case.real();
    if let Some(refusals) = case.foreign_refusals() {
        return Weighed::likely().because(
            &refusals,
            "Even a path that can't exist is refused, in a form that V3 of HeyGen's API doesn't have.",
        );
    }
    if none.is_empty() && unknown.is_empty() {
        return Weighed::untested("No answer tells who is there.");
    }
    if let Some(erratic) = case.erratic_control() {
        return Weighed::possible().because(
            &erratic,
            "The identical request without a valid key gets in at one time and not at another.",
        );
    }
    if let Some(open) = lets_in(case, &none, &unknown) {
        return open;
    }
    let told_apart = real.any_of(&[Class::Ok]) && case.none().refused_by_status();
    if !told_apart && (none.and(&unknown).all_of(FOREIGN) || none.all_of(FOREIGN)) {
        return Weighed::likely().because(
            &none.and(&unknown),
            "Even requests without a key got a web page or redirect.",
        );
    }
    let led_away = real.of(&[Class::NotHeygen, Class::Redirect]);
    if !led_away.is_empty() && case.made_up_refused_beside(&led_away) && case.refuses_as_the_api() {
        return Weighed::possible()
            .because(&led_away, "The key gets an answer that no HeyGen API sends.")
            .against(
                &case.none().and(&case.made_up()),
                "The controls are refused in the API's form.",
            );
    }
    if real.any_of(&[Class::NotHeygen, Class::Redirect]) && !real.any_of(&[Class::Ok]) {
        return Weighed::likely()
            .because(&real, "The key gets an answer that no HeyGen API sends.");
    }
    if real.any_of(&[Class::Ok]) {
        return Weighed::ruled_out(
            &real.of(&[Class::Ok]),
            "The key is accepted in the API's own form, and the controls aren't.",
        );
    }
    by_form(case, &none, &unknown)
}

/// A success for a control.
fn lets_in(case: &Case<'_>, none: &Group<'_>, unknown: &Group<'_>) -> Option<Weighed> {
    let text = "Without any key, or on a path that can't exist, it answers with success.";
    let let_in = none.of(&[Class::Ok]).and(&unknown.successes());
    let any_key = case.made_up().of(&[Class::Ok]);
    if let_in.is_empty() {
        return (!any_key.is_empty())
            .then(|| Weighed::likely().because(&any_key, "It accepts a made-up key."));
    }
    if none.of(&[Class::Ok]).is_empty()
        && case.accepted_and_not_made_up()
        && case.refuses_as_the_api()
    {
        return Some(Weighed::possible().because(&let_in, text).against(
            &case.real().of(&[Class::Ok]).and(&case.made_up()),
            "Paths that exist accept the key, and refuse a made-up one in the API's form.",
        ));
    }
    let others = case.none().and(&case.unknown_route()).not_of(TRANSIENT).failures();
    Some(if !others.is_empty() {
        Weighed::likely()
            .because(&let_in, text)
            .against(&others, format!("Other such requests got {}.", others.statuses()))
    } else if let_in.len() > 1 {
        Weighed::confirmed().because(&let_in, text)
    } else {
        Weighed::likely().because(&let_in, text)
    })
}

/// The standing that follows from the form of the refusals.
fn by_form(case: &Case<'_>, none: &Group<'_>, unknown: &Group<'_>) -> Weighed {
    if !none.is_empty() && !unknown.is_empty() && none.classes() == unknown.classes() {
        let text =
            "A path that can't exist is answered as the API's own paths are: it doesn't know them.";
        let both = none.and(unknown);
        return if case.speaks_every_dialect() {
            Weighed::possible()
                .because(&both, text)
                .against(&case.real(), "V1, V2, and V3 refuse in the form that each has at HeyGen.")
        } else {
            Weighed::likely().because(&both, text)
        };
    }
    if !case.speaks_api() && none.any_of(&[Class::Unauthenticated]) {
        return Weighed::likely()
            .because(none, "It refuses, but in none of the forms of HeyGen's API.");
    }
    if case.refuses_strangely() || none.iter().any(|seen| envelope(seen) == Envelope::Problem) {
        return Weighed::possible()
            .because(none, "It refuses in a form that V3 of HeyGen's API isn't known to have.");
    }
    Weighed::ruled_out(
        &none.and(unknown),
        "It knows the API's paths and refuses in the API's form.",
    )
}

/// Answers that anything on the way may give, so they don't say who the host is.
const SAYS_NOTHING_OF_HOST: &[Class] = &[
    Class::RateLimited,
    Class::QuotaExceeded,
    Class::ServerError,
    Class::EdgeError,
    Class::EdgeBlock,
    Class::Forbidden,
    Class::ProxyAuth,
    Class::Timeout,
    Class::Reset,
    Class::Connect,
    Class::Dns,
    Class::Tls,
];
/// Classes that no HeyGen API answers a control with.
const FOREIGN: &[Class] = &[Class::NotHeygen, Class::Redirect, Class::Malformed];
