//! The key works.

use super::inconsistent_auth::by_endpoint;
use super::{Hypothesis, Support};
use crate::chance::ENOUGH;
use crate::heygen::endpoint::{ME, SELF};
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::group::{Group, REFUSED};
use crate::judge::lists::{endpoints, paths};
use crate::judge::timeline::{Change, change};
use crate::judge::weighed::Weighed;
use crate::record::cause::Verdict;
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::Profile;
use crate::record::probe::Credential;
use crate::record::probe::variant::{TITLE_CASE, UA_BROWSER, UA_CURL};
use crate::text::count;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: None,
    verdict: Verdict::Healthy,
    exit: Exit::Works,
    title: "Working key",
    headline: "the key works",
    meaning: "The key authenticates and reads, as often as it was asked. Whether it can make videos wasn't tested, because that costs credit.",
    told_apart: "The key was accepted every time, while no key and a made-up key were refused and a path that can't exist wasn't found.",
    next_step: "If your program still gets 401, compare what it sends with the curl lines of `heygen-doctor check -vv`.",
    for_support: Support::Nothing("Nothing is needed from HeyGen."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. Never accepted on the endpoint that counts, or refused as well (save by one endpoint always):
///    ruled out; untested where nobody looked at the key.
/// 2. A control is accepted too: ruled out, for then acceptance shows nothing.
/// 3. More than a quarter of its requests fail or get another answer, or another endpoint of V3
///    refuses it: possible.
/// 4. n of n accepted, both controls refused, the identity control unknown, nothing that was asked of
///    V3 unclear or left out, and its own description doesn't deny it: confirmed where the lists of V3
///    were asked, and the identical request as often as it takes to meet a rare refusal.
/// 5. Less was asked, with nothing against it: likely, and all is well as far as was asked.
/// 6. Something of that is missing or unclear: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let accepted = real.of(&[Class::Ok]);
    let counting = if case.is_not_offered(ME) { accepted.clone() } else { accepted.at(ME) };
    if counting.is_empty() {
        return case.ruled_out(&real, never(&real));
    }
    let refused = real.of(REFUSED);
    let one_endpoint = by_endpoint(case) && real.at(ME).not_of(TRANSIENT).all_of(&[Class::Ok]);
    if !refused.is_empty() && !one_endpoint && change(&real) != Change::RefusedThenAccepted {
        return Weighed::ruled_out(
            &refused,
            format!("Refused {} of {} times.", refused.len(), real.len()),
        );
    }
    let let_in = case.none().and(&case.made_up()).successes();
    if !let_in.is_empty() {
        return Weighed::ruled_out(
            &let_in,
            "A control was let in as well, so acceptance shows nothing.",
        );
    }
    let other = real.not_of(&[Class::Ok, Class::RateLimited]).not_of(REFUSED);
    if other.len() * 4 > real.len() && !one_endpoint {
        return possible(&accepted, &real).against(
            &other,
            format!("Answered otherwise {} times: {}.", other.len(), other.statuses()),
        );
    }
    let elsewhere = case.lists_refusing().and(&case.lists_wavering().of(REFUSED));
    if !elsewhere.is_empty() {
        let text = format!("Other endpoints of V3 refuse it: {}.", paths(&elsewhere));
        return possible(&accepted, &real).against(&elsewhere, text);
    }
    let spelled = case.ask(Credential::Real, TITLE_CASE.id).of(REFUSED);
    if !spelled.is_empty() && !case.agent_blocked() {
        let text = "Spelled `X-Api-Key`, as the documentation has it, it is refused.";
        return possible(&accepted, &real).against(&spelled, text);
    }
    works(case, &accepted, &real, &refused)
}

/// How `users/me` answered a key that it never gave its data.
fn never(real: &Group<'_>) -> String {
    let me = real.at(ME).answered();
    if me.is_empty() {
        "No answer of `users/me` to the key came.".to_owned()
    } else {
        format!("`users/me` always answered the key with {}.", me.statuses())
    }
}

fn possible(accepted: &Group<'_>, real: &Group<'_>) -> Weighed {
    Weighed::possible()
        .because(accepted, format!("Accepted {} of {} times.", accepted.len(), real.len()))
}

/// It works; how firmly that stands.
fn works(case: &Case<'_>, accepted: &Group<'_>, real: &Group<'_>, refused: &Group<'_>) -> Weighed {
    let behaved = case.controls_refused() && case.unknown_route().all_of(&[Class::RouteNotFound]);
    let unclear = case.lists_unclear();
    let doubts = [
        (!refused.is_empty(), refused.clone(), "The other endpoint always refuses it."),
        (case.calls_itself_ended(), accepted.at(SELF), "Its own description says that it ended."),
        (
            !unclear.is_empty(),
            unclear,
            "Other endpoints of V3 failed, put it off, or gave no answer.",
        ),
        (
            case.ended_early(),
            Group::default(),
            "The questions were ended early: what was left out may have come out otherwise.",
        ),
        (
            case.is_beside_the_point(SELF, ME) && !case.is_not_offered(SELF),
            Group::default(),
            "The endpoint that describes keys answers everyone with a page.",
        ),
    ];
    let clean = accepted.len() == real.len() && doubts.iter().all(|(doubted, ..)| !doubted);
    let agents = case
        .ask(Credential::None, UA_CURL.id)
        .and(&case.ask(Credential::None, UA_BROWSER.id))
        .of(&[Class::EdgeBlock, Class::Forbidden]);
    let widely = asked_widely(case, accepted);
    let weighed = if behaved && clean && widely { Weighed::confirmed() } else { Weighed::likely() };
    let weighed = if agents.is_empty() { weighed } else { weighed.next(OTHER_NAMES) };
    let weighed = doubts
        .into_iter()
        .filter(|(doubted, ..)| *doubted)
        .fold(weighed, |weighed, (_, group, text)| weighed.against(&group, text));
    let controls = case.controls();
    let weighed = if behaved {
        let text = "No key and a made-up key are refused; a path that can't exist is unknown.";
        weighed.because(&controls, text)
    } else if controls.is_empty() {
        weighed.against(&controls, "No control was asked beside the key.")
    } else if case.as_far_as_asked() {
        let text = "Some controls were not asked; those that were are answered as expected.";
        weighed.against(&controls, text)
    } else {
        weighed.against(&controls, "Not every control was answered as HeyGen answers it.")
    };
    let all = accepted.and(&case.lists_accepting());
    let asked = all.len() + real.len() - accepted.len();
    let at = count(endpoints(&all).len(), "endpoint");
    let text = format!("Accepted {} of {asked} times, on {at}.", all.len());
    let rest = if widely || case.facts.run.profile == Profile::Full {
        ""
    } else {
        " Other endpoints and repeats: `--profile full`."
    };
    weighed.because(&all, text + rest + " Making a video wasn't tested: it costs credit.")
}

/// The lists of V3 were asked, and the identical request as often as it takes to meet a rare refusal.
fn asked_widely(case: &Case<'_>, accepted: &Group<'_>) -> bool {
    endpoints(&case.lists(Credential::Real)).len() >= MOST_LISTS && accepted.len() >= ENOUGH
}

/// The lists of V3 that stand for all of them.
const MOST_LISTS: usize = 12;

/// The step where other names are blocked.
const OTHER_NAMES: &str = "If your program is refused, look at its `User-Agent` and its host: under other names than the doctor's, requests were blocked here.";
