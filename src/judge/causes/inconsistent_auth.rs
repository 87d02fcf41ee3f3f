//! The identical request is sometimes accepted and sometimes refused.

use chrono::TimeDelta;

use super::{Hypothesis, Support};
use crate::heygen::endpoint::{ME, SELF};
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::group::Group;
use crate::judge::lists::paths;
use crate::judge::timeline::{Change, REFUSED, change};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;

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
    if !wavering.is_empty() && change != Change::Interleaved && !case.let_a_control_in() {
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
    let chance = if_alike((accepted, decided.len()), (let_in.len(), controls.len()));
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
    let weighed = weighed
        .named(format!("the same request was accepted {accepted} of {} times", decided.len()))
        .because(decided, "Accepted and refused answers alternate in time.");
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

/// How probable it is that the controls are let in this seldom, if they are treated as the key is:
/// both are taken for draws from one urn (Fisher's exact test, one-sided).
fn if_alike((accepted, asked): (usize, usize), (let_in, controls): (usize, usize)) -> f64 {
    let good = accepted + let_in;
    let ways = |k: usize| binomial(controls, k) * binomial(asked, good - k);
    let all: f64 = (0..=good.min(controls)).map(ways).sum();
    let as_seldom: f64 = (0..=let_in).map(ways).sum();
    as_seldom / all
}

fn binomial(n: usize, k: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most 120 requests")]
    let factor = |i: usize| (n - i) as f64 / (i + 1) as f64;
    if k > n { 0.0 } else { (0..k).map(factor).product() }
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

/// The identical answers that rule it out: they would have met a fault of 1 in 10 with 95 %.
pub(super) const ENOUGH: usize = 29;

/// The sentence that says how far this many identical answers can be trusted.
pub(super) fn missed(answers: usize) -> String {
    match answers {
        0 => "Can't judge: no request was clearly accepted or refused.".to_owned(),
        1 => {
            "1 answer; an intermittent fault could still hide (more: `--profile full`).".to_owned()
        }
        ENOUGH.. => {
            format!("{answers} identical answers; a fault in 1 of 10 would have shown with 95 %.")
        }
        _ => format!(
            "{answers} identical answers; an intermittent fault could still hide (more: `--profile full`)."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_treats_everyone_alike_is_no_surprise() {
        assert!(if_alike((10, 20), (5, 10)) > 0.5);
        assert!(if_alike((10, 20), (0, 0)) > 0.99);
        assert!(if_alike((20, 20), (0, 5)) < CERTAIN);
        // 12 of 27 refused, and all of the controls are among them: 792 of 80730 ways.
        assert!((if_alike((15, 22), (0, 5)) - 792.0 / 80730.0).abs() < 1e-12);
        // One acceptance in 20 is as probably found among the key's as among the controls'.
        assert!(if_alike((1, 20), (0, 5)) > 0.5);
    }
}
