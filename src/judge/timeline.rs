//! How answers to the identical request change over time.
//!
//! Only requests that did not overlap are put in order: what was in flight together has none.

use std::collections::BTreeSet;

use crate::record::class::Class;

use super::case::Case;
use super::group::{Group, REFUSED};
use super::weighed::Weighed;
use crate::record::observation::Observation;

/// The answers alike, after a change, that show the change to last; fewer may be chance.
const LASTING: usize = 5;

/// How acceptance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Always accepted, or always refused, or too little was asked.
    Steady,
    /// Accepted, later refused, and not accepted after that, however often it was asked.
    AcceptedThenRefused,
    /// Refused, later accepted, and not refused after that, however often it was asked.
    RefusedThenAccepted,
    /// Both ways: accepted after a refusal and refused after an acceptance.
    Interleaved,
    /// Both answers came, but in flight together, or too few to tell a change from chance.
    Undecided,
}

/// The change over the identical requests of a group; the most telling endpoint and variant decide.
pub(super) fn change(group: &Group<'_>) -> Change {
    let requests: BTreeSet<(&str, &str)> =
        group.iter().map(|seen| (seen.endpoint.as_str(), seen.variant.as_str())).collect();
    let changes: Vec<Change> = requests
        .iter()
        .map(|(endpoint, variant)| {
            of_identical(&group.at(endpoint).filter(|seen| seen.variant == *variant))
        })
        .collect();
    let has = |change: Change| changes.contains(&change);
    if has(Change::Interleaved) {
        Change::Interleaved
    } else if has(Change::AcceptedThenRefused) {
        Change::AcceptedThenRefused
    } else if has(Change::RefusedThenAccepted) {
        Change::RefusedThenAccepted
    } else if has(Change::Undecided) {
        Change::Undecided
    } else {
        Change::Steady
    }
}

/// True if the answers of a group, whatever was asked, may have changed once and no more.
pub(super) fn changes_once(group: &Group<'_>) -> bool {
    let (accepted, refused) = (group.of(&[Class::Ok]), group.of(REFUSED));
    !(some_before(&accepted, &refused) && some_before(&refused, &accepted))
}

fn of_identical(group: &Group<'_>) -> Change {
    let accepted = group.of(&[Class::Ok]);
    let refused = group.of(REFUSED);
    if accepted.is_empty() || refused.is_empty() {
        return Change::Steady;
    }
    match (some_before(&accepted, &refused), some_before(&refused, &accepted)) {
        (true, true) => Change::Interleaved,
        (true, false) if since(&refused, &accepted) >= LASTING => Change::AcceptedThenRefused,
        (false, true) if since(&accepted, &refused) >= LASTING => Change::RefusedThenAccepted,
        _ => Change::Undecided,
    }
}

/// How many requests of `late` were sent after every one of `early` was answered.
fn since(late: &Group<'_>, early: &Group<'_>) -> usize {
    let last = early.iter().map(done).fold(f64::NEG_INFINITY, f64::max);
    late.filter(|seen| sent(seen) >= last).len()
}

/// Weighs a reason that the key was told, where the identical request was accepted as well: what
/// comes and goes says little of the key.
///
/// Accepted once and told so ever since is no contradiction.
pub(super) fn contradicted(case: &Case<'_>, told: &Group<'_>) -> Option<Weighed> {
    let identical = |one: &Observation, other: &Observation| {
        one.endpoint == other.endpoint && one.variant == other.variant
    };
    let accepted =
        case.accepted_anyhow().filter(|accepted| told.iter().any(|told| identical(accepted, told)));
    if accepted.is_empty() || change(&accepted.and(told)) == Change::AcceptedThenRefused {
        return None;
    }
    let both = accepted.len() + told.len();
    Some(
        Weighed::possible()
            .because(told, format!("Said to {} of {both} identical requests.", told.len()))
            .against(&accepted, format!("{} of them were accepted.", accepted.len())),
    )
}

/// The group was asked over longer than a hiccup.
pub(super) fn lasts(group: &Group<'_>) -> bool {
    let first = group.iter().map(sent).fold(f64::INFINITY, f64::min);
    let last = group.iter().map(sent).fold(f64::NEG_INFINITY, f64::max);
    last - first >= HICCUP
}

/// A restart of one server, or a spike, may last this many milliseconds; what is seen for longer lasts.
const HICCUP: f64 = 250.0;

/// Some request of `first` was answered before some request of `second` was sent.
fn some_before(first: &Group<'_>, second: &Group<'_>) -> bool {
    let earliest_done = first.iter().map(done).fold(f64::INFINITY, f64::min);
    let latest_sent = second.iter().map(sent).fold(f64::NEG_INFINITY, f64::max);
    earliest_done <= latest_sent
}

/// When the request was handed to the wire, in milliseconds since the run began.
const fn sent(seen: &Observation) -> f64 {
    seen.timing_ms.start
}

/// When its answer was complete, in milliseconds since the run began.
const fn done(seen: &Observation) -> f64 {
    seen.timing_ms.start + seen.timing_ms.total
}
