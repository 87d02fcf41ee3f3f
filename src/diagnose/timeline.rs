//! How answers to the identical request change over time.
//!
//! Only requests that did not overlap are put in order: what was in flight together has none.

use std::collections::BTreeSet;

use crate::class::Class;

use super::group::{Group, Seen};

/// How acceptance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Always accepted, or always refused, or too little was asked.
    Steady,
    /// Accepted, later refused, and never accepted after that.
    AcceptedThenRefused,
    /// Refused, later accepted, and never refused after that.
    RefusedThenAccepted,
    /// Both ways: accepted after a refusal and refused after an acceptance.
    Interleaved,
    /// Both answers came, but only to requests in flight together.
    Unordered,
}

/// The change over the identical requests of a group; the most telling endpoint and variant decide.
pub(super) fn change(group: &Group<'_>) -> Change {
    let requests: BTreeSet<(&str, &str)> = group
        .0
        .iter()
        .map(|seen| (seen.observation.endpoint.as_str(), seen.observation.variant.as_str()))
        .collect();
    let changes: Vec<Change> = requests
        .iter()
        .map(|(endpoint, variant)| {
            of_identical(&group.at(endpoint).filter(|seen| seen.observation.variant == *variant))
        })
        .collect();
    let has = |change: Change| changes.contains(&change);
    if has(Change::Interleaved) {
        Change::Interleaved
    } else if has(Change::AcceptedThenRefused) {
        Change::AcceptedThenRefused
    } else if has(Change::RefusedThenAccepted) {
        Change::RefusedThenAccepted
    } else if has(Change::Unordered) {
        Change::Unordered
    } else {
        Change::Steady
    }
}

fn of_identical(group: &Group<'_>) -> Change {
    let accepted = group.of(&[Class::Ok]);
    let refused = group.of(&[Class::Unauthenticated]);
    if accepted.is_empty() || refused.is_empty() {
        return Change::Steady;
    }
    match (some_before(&accepted, &refused), some_before(&refused, &accepted)) {
        (true, true) => Change::Interleaved,
        (true, false) => Change::AcceptedThenRefused,
        (false, true) => Change::RefusedThenAccepted,
        (false, false) => Change::Unordered,
    }
}

/// Whether some request of `first` was answered before some request of `second` was sent.
fn some_before(first: &Group<'_>, second: &Group<'_>) -> bool {
    let earliest_done = first.0.iter().map(Seen::done).fold(f64::INFINITY, f64::min);
    let latest_sent = second.0.iter().map(Seen::sent).fold(f64::NEG_INFINITY, f64::max);
    earliest_done <= latest_sent
}
