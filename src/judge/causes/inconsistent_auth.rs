//! The identical request is sometimes accepted and sometimes refused.

use chrono::TimeDelta;

use super::{Hypothesis, Support};
use crate::chance::{ENOUGH, as_seldom, at_most};
use crate::heygen::endpoint::{ME, SELF};
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::group::{Group, REFUSED};
use crate::judge::lists::paths;
use crate::judge::separates;
use crate::judge::timeline::{Change, change, changes_once};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::text::percent;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Heygen),
    verdict: Verdict::Degraded,
    exit: Exit::Wrong,
    title: "Answers that contradict each other",
    headline: "answers to the same request differ",
    meaning: "The identical request with the identical key is accepted, refused, and accepted again within seconds. One of HeyGen's servers may not know the key yet, or no longer.",
    told_apart: "Accepted and refused answers alternate in time, and answers with 429 or 5xx aren't counted. A key that was revoked during the run changes only once.",
    next_step: "Send the report of `heygen-doctor report --markdown` to HeyGen's support: the times in it let them find the failing server.",
    for_support: Support::Asked(
        "Please compare the times in the table with the servers that answered: some accept the key, and some don't.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. Accepted after a refusal and refused after an acceptance, 429 and 5xx apart:
///    - the controls are always refused, too often for chance: confirmed; else likely;
///    - a control gets in as well: likely if the key does so clearly more often, else possible.
/// 2. Another endpoint of V3 accepts and refuses the identical request: likely. Both answers, but in flight together or too few to order: possible.
/// 3. One endpoint accepts what the other refuses, too seldom asked to tell chance: possible.
/// 4. Always refused, and younger than a day: possible, it may be on its way to every server.
/// 5. At least 29 identical answers: ruled out, for 1 in 10 would have been met with 95 %.
/// 6. Fewer: untested, for a fault could still hide.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let decided = real.of(&[Class::Ok]).and(&real.of(REFUSED));
    let accepted = real.of(&[Class::Ok]).len();
    let wavering = case.lists_wavering();
    let change = change(&real);
    // A key that becomes known meanwhile, or is forgotten, changes everywhere at once.
    let is_told_otherwise = match change {
        Change::Steady => false,
        Change::Interleaved => true,
        _ => changes_once(&real.and(&wavering)),
    };
    if !wavering.is_empty() && !is_told_otherwise && !case.let_a_control_in() {
        let headline = format!(
            "the same request to {} was accepted {} of {} times",
            paths(&wavering),
            wavering.of(&[Class::Ok]).len(),
            wavering.len()
        );
        return Weighed::likely()
            .named(headline)
            .because(&wavering, "Each time, method, path, headers, and key were the same.");
    }
    match change {
        Change::Interleaved => in_turns(case, &decided),
        Change::Undecided => Weighed::possible().because(
            &decided,
            format!("Accepted {accepted} of {} times, too few to show an order.", decided.len()),
        ),
        Change::AcceptedThenRefused | Change::RefusedThenAccepted => Weighed::possible().against(
            &decided,
            "The answer changed once and stayed: that looks like a change, not like chance.",
        ),
        Change::Steady if endpoints_differ(case) && !by_endpoint(case) => Weighed::possible()
            .because(
                &decided,
                format!("Accepted {accepted} of {} times, on different endpoints.", decided.len()),
            ),
        Change::Steady
            if real.any_of(&[Class::Unauthenticated])
                && accepted == 0
                && age(case).is_some_and(|age| age < PROPAGATION) =>
        {
            Weighed::possible()
                .because(
                    &decided,
                    "The key is younger than a day: it may not have reached every server yet.",
                )
                .against(&decided, "It was refused every time.")
                .next("Run `heygen-doctor check` again in an hour.")
        }
        Change::Steady if decided.len() >= ENOUGH => {
            Weighed::ruled_out(&decided, missed(decided.len()))
        }
        Change::Steady => Weighed::untested(missed(decided.len())),
    }
}

/// Accepted and refused in turns: a matter of this key only if the controls fare otherwise.
fn in_turns(case: &Case<'_>, decided: &Group<'_>) -> Weighed {
    let accepted = decided.of(&[Class::Ok]).len();
    // A block that everyone meets says nothing of how keys are looked up.
    let controls = case.none().and(&case.made_up()).not_of(TRANSIENT).not_of(&[Class::EdgeBlock]);
    let let_in = controls.successes();
    let chance = as_seldom((accepted, decided.len()), (let_in.len(), controls.len()));
    let unknown = case.unknown_route().not_of(TRANSIENT).not_of(&[Class::EdgeBlock]);
    let clean = controls.is_empty()
        || (controls.all_of(&[Class::Unauthenticated])
            && unknown.not_of(&[Class::RouteNotFound]).is_empty());
    let weighed = if clean && chance < CERTAIN {
        Weighed::confirmed()
    } else if clean || chance < CLEAR {
        Weighed::likely()
    } else {
        Weighed::possible()
    };
    let separation = separates::of(case, decided);
    let clause = separation.as_ref().map_or("", |separation| separation.clause);
    let weighed = weighed
        .named(format!(
            "the same request was accepted {accepted} of {} times{clause}",
            decided.len()
        ))
        .because(decided, "Accepted and refused answers alternate in time.");
    let weighed = match separation {
        Some(separation) => weighed.because(&decided.of(REFUSED), separation.text),
        None => weighed,
    };
    let of = format!("{} of {}", let_in.len(), controls.len());
    if controls.is_empty() {
        weighed.against(&controls, "No control was answered beside it.")
    } else if !let_in.is_empty() {
        weighed.against(
            &let_in,
            format!("Requests without a valid key were let in as well, {of} times."),
        )
    } else if clean {
        weighed.because(&controls, "Requests without a valid key were refused every time.")
    } else {
        weighed.against(&controls, "The controls aren't answered as HeyGen answers them, either.")
    }
}

/// The chance, if both were treated alike, below which the key is likely to be treated otherwise
/// than the controls.
const CLEAR: f64 = 0.05;
/// The same, below which it certainly is.
const CERTAIN: f64 = 0.01;

/// One endpoint accepts the key and the other refuses it, in a way that its scopes, its
/// account, or its own description don't explain: the endpoint that describes a key needs no scope.
fn endpoints_differ(case: &Case<'_>) -> bool {
    let real = case.real();
    let accepted = real.of(&[Class::Ok]);
    let strange = real.of(&[Class::Unauthenticated]).and(&real.at(SELF).of(REFUSED));
    !accepted.is_empty() && !strange.is_empty() && !case.calls_itself_ended()
}

/// Each endpoint was asked often enough to say that it always answers alike.
pub(super) fn by_endpoint(case: &Case<'_>) -> bool {
    [ME, SELF].iter().all(|endpoint| {
        let decided = case.real().at(endpoint).not_of(TRANSIENT);
        decided.len() >= FEW && decided.classes().len() == 1
    })
}

/// The answers of one endpoint, all alike, that show how it always answers.
const FEW: usize = 5;

/// The longest that a new key may take to be known to every server.
const PROPAGATION: TimeDelta = TimeDelta::days(1);

/// How old the key was when the run began, where its look tells.
fn age(case: &Case<'_>) -> Option<TimeDelta> {
    let age = case.facts.run.started_at - case.facts.credential.created_at?;
    (age > TimeDelta::zero()).then_some(age)
}

/// The sentence that says how far this many identical answers can be trusted.
pub(super) fn missed(answers: usize) -> String {
    let more = "a fault in fewer could still hide (more: `--profile full`).";
    match answers {
        0 => "Can't judge: no request was clearly accepted or refused.".to_owned(),
        1 => {
            "1 answer; an intermittent fault could still hide (more: `--profile full`).".to_owned()
        }
        _ => {
            let least = percent(at_most(0, answers));
            let shown = format!(
                "{answers} identical answers; a fault in {least} of requests would have shown with 95 %"
            );
            if answers < ENOUGH { format!("{shown}, {more}") } else { format!("{shown}.") }
        }
    }
}
