//! Whether what answers is not HeyGen's API.

use super::Hypothesis;
use super::case::Case;
use super::group::Group;
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;
use crate::host;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::WrongHost, weigh };

/// 1. The host is known as another service of HeyGen's: confirmed.
/// 2. No answer: untested. Blocks, limits and failures say nothing about who answers: ruled out here.
/// 3. A path that can't exist, or no key, gets a success: confirmed.
/// 4. A made-up key is accepted: likely.
/// 5. Pages, redirects, or bytes that aren't HTTP for the controls: likely.
/// 6. A path that can't exist is answered as the API's own paths are: likely.
/// 7. The refusals are in none of the API's envelopes: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    if let Some(service) = host::other_service(&case.facts.run.base_url) {
        let asked = if case.facts.observations.is_empty() { ", so nothing was asked" } else { "" };
        let text = format!("The base URL leads to {service}{asked}.");
        return Weighed::confirmed().because(&Group::default(), text);
    }
    let weighed = by_answers(case);
    if at_the_right_host(case) {
        weighed
            .next("Open a web page on this machine, to see whether the network asks for a login.")
    } else {
        weighed
    }
}

/// Whether the requests were meant for the API itself, so that something else answers in its place.
fn at_the_right_host(case: &Case<'_>) -> bool {
    let everyone = case.everyone();
    let led_away = everyone.any_of(&[Class::NotHeygen, Class::Redirect]);
    let meant = host::is_the_api(&case.facts.run.base_url) || case.facts.run.simulated.is_some();
    meant && led_away
}

fn by_answers(case: &Case<'_>) -> Weighed {
    let (none, unknown) =
        (case.none().not_of(PASSED_OVER), case.unknown_route().not_of(PASSED_OVER));
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
    let let_in = none.and(&unknown).of(&[Class::Ok]).and(&unknown.successes());
    if !let_in.is_empty() {
        return Weighed::confirmed().because(
            &let_in,
            "Without any key, or on a path that can't exist, it answers with success.",
        );
    }
    let any_key = case.made_up().of(&[Class::Ok]);
    if !any_key.is_empty() {
        return Weighed::likely().because(&any_key, "It accepts a made-up key.");
    }
    let told_apart = real.any_of(&[Class::Ok]) && case.none().refused_by_status();
    if !told_apart && (none.and(&unknown).all_of(FOREIGN) || none.all_of(FOREIGN)) {
        return Weighed::likely().because(
            &none.and(&unknown),
            "The controls get pages, redirects, or bytes that no HeyGen API sends.",
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
    if !none.is_empty() && !unknown.is_empty() && none.classes() == unknown.classes() {
        return Weighed::likely().because(
            &none.and(&unknown),
            "A path that can't exist is answered as the API's own paths are: it doesn't know them.",
        );
    }
    if !case.speaks_api() && none.any_of(&[Class::Unauthenticated]) {
        return Weighed::likely()
            .because(&none, "It refuses, but in none of the forms of HeyGen's API.");
    }
    Weighed::ruled_out(
        &none.and(&unknown),
        "It knows the API's paths and refuses in the API's form.",
    )
}

/// Classes that say nothing about who answers.
const PASSED_OVER: &[Class] = &[
    Class::RateLimited,
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
