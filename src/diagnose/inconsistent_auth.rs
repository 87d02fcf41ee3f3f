//! Whether the identical request is sometimes accepted and sometimes refused.

use chrono::TimeDelta;

use super::Hypothesis;
use super::case::{Case, ME, SELF};
use super::timeline::{Change, change};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::InconsistentAuth, weigh };

/// 1. Accepted after a refusal and refused after an acceptance, 429 and 5xx apart: confirmed, for the
///    repeats are each other's control; possible where a control is accepted as well.
/// 2. Both answers, but in flight together or too few to order: possible.
/// 3. One endpoint accepts what the other refuses, too seldom asked to tell chance: possible.
/// 4. Always refused, and younger than a day: possible, it may be on its way to every server.
/// 5. At least 29 answers alike: ruled out, for 1 in 10 would have been met with 95 %.
/// 6. Fewer alike: untested, with what they could have missed.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let decided = real.of(&[Class::Ok, Class::Unauthenticated]);
    let accepted = real.of(&[Class::Ok]).len();
    let let_in = case.controls().successes();
    match change(&real) {
        Change::Interleaved if !let_in.is_empty() => Weighed::possible()
            .because(&decided, format!("Accepted {accepted} of {} times, in turns.", decided.len()))
            .against(&let_in, "A control was let in as well, so acceptance shows nothing."),
        Change::Interleaved => Weighed::confirmed().because(
            &decided,
            format!(
                "The identical request was accepted {accepted} of {} times, in turns.",
                decided.len()
            ),
        ),
        Change::Unordered => Weighed::possible().because(
            &decided,
            format!("Accepted {accepted} of {} times, all in flight together.", decided.len()),
        ),
        Change::AcceptedThenRefused | Change::RefusedThenAccepted => Weighed::possible().against(
            &decided,
            "The answer changed once and stayed: that looks like a change, not like chance.",
        ),
        Change::Steady if accepted > 0 && accepted < decided.len() && !by_endpoint(case) => {
            Weighed::possible().because(
                &decided,
                format!("Accepted {accepted} of {} times, on different endpoints.", decided.len()),
            )
        }
        Change::Steady if accepted == 0 && age(case).is_some_and(|age| age < PROPAGATION) => {
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

/// Whether each endpoint was asked often enough to say that it always answers alike.
pub(super) fn by_endpoint(case: &Case<'_>) -> bool {
    [ME, SELF].iter().all(|endpoint| {
        let decided = case.real().at(endpoint).of(&[Class::Ok, Class::Unauthenticated]);
        decided.len() >= FEW && decided.classes().len() == 1
    })
}

/// Answers of one endpoint that have to be alike to be taken for its rule.
const FEW: usize = 5;

/// How long a new key may take to be known everywhere.
const PROPAGATION: TimeDelta = TimeDelta::days(1);

/// How old the key was when the run began, where its look tells.
fn age(case: &Case<'_>) -> Option<TimeDelta> {
    let age = case.facts.run.started_at - case.facts.credential.created_at?;
    (age > TimeDelta::zero()).then_some(age)
}

/// Answers alike that would have met 1 in 10 with 95 %.
const ENOUGH: usize = 29;

/// What this many answers alike could have missed.
pub(super) fn missed(answers: usize) -> String {
    if answers == 0 {
        return "No answer told acceptance from refusal.".to_owned();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "at most 120 requests"
    )]
    let missed = |strikes: f64| ((1.0 - strikes).powi(answers as i32) * 100.0).max(1.0);
    let (seldom, chance) =
        if answers < ENOUGH { ("1 in 5", missed(0.2)) } else { ("1 in 10", missed(0.1)) };
    let all = if answers == 1 { "1 answer".to_owned() } else { format!("{answers} answers alike") };
    format!("{all}: a fault that strikes {seldom} would be missed {chance:.0} % of the time.")
}
