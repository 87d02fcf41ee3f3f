//! Whether the identical request is sometimes accepted and sometimes refused.

use super::Hypothesis;
use super::case::Case;
use super::timeline::{Change, change};
use super::weighed::Weighed;
use crate::cause::Cause;
use crate::class::Class;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::InconsistentAuth, weigh };

/// 1. Accepted after a refusal and refused after an acceptance, 429 and 5xx apart: confirmed.
/// 2. Both answers, but in flight together or too few to order: possible.
/// 3. At least 29 answers alike: ruled out, for 1 in 10 would have been met with 95 %.
/// 4. Fewer alike: untested, with what they could have missed.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let decided = real.of(&[Class::Ok, Class::Unauthenticated]);
    let accepted = real.of(&[Class::Ok]).len();
    match change(&real) {
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
        Change::Steady if decided.len() >= ENOUGH => {
            Weighed::ruled_out(&decided, format!("{} answers alike.", decided.len()))
        }
        Change::Steady => Weighed::untested(missed(decided.len())),
    }
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
    let chance = 0.8_f64.powi(answers as i32) * 100.0;
    let all = if answers == 1 { "1 answer".to_owned() } else { format!("{answers} answers alike") };
    format!("{all}: a fault that strikes 1 in 5 would be missed with {chance:.0} %.")
}
