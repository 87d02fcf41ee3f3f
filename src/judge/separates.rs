//! What separates the refused answers to the identical request from the accepted ones: the load, the
//! connection, the address, or the time.

use std::collections::BTreeSet;

use super::case::Case;
use super::group::{Group, REFUSED};
use crate::chance::{as_clustered, as_seldom, by_rank, median};
use crate::record::observation::{Connection, Observation};

/// The chance, if nothing separated them, up to which something is said to: a hundredth, for four
/// questions together.
const CERTAIN: f64 = 0.01 / 4.0;
/// Patterns follow each other, so whatever one of them meets comes at a time of its own. The time is named
/// only where it fits so much better.
const OF_TIME: f64 = 1e3;

/// What separates them.
pub(super) struct Separation {
    /// The end of the sentence that says how often it was refused.
    pub(super) clause: &'static str,
    /// The counts.
    pub(super) text: String,
    p: f64,
}

/// What separates them best, where that can't be chance.
pub(super) fn of(case: &Case<'_>, decided: &Group<'_>) -> Option<Separation> {
    let found = [load(case, decided), Some(connection(decided)), address(decided), time(decided)];
    let certain = found.into_iter().flatten().filter(|found| found.p <= CERTAIN);
    certain.min_by(|one, other| one.p.total_cmp(&other.p))
}

fn load(case: &Case<'_>, decided: &Group<'_>) -> Option<Separation> {
    let beside = |seen: &Observation| {
        let span = |seen: &Observation| {
            (seen.timing_ms.start, seen.timing_ms.start + seen.timing_ms.total)
        };
        let (start, end) = span(seen);
        let others = case.facts.observations.iter().filter(|other| {
            let (from, to) = span(other);
            other.probe != seen.probe && !other.shared && from < end && to > start
        });
        f64::from(u32::try_from(others.count()).unwrap_or(u32::MAX))
    };
    let loads = |group: Group<'_>| group.iter().map(beside).collect::<Vec<_>>();
    let (refused, accepted) = (loads(decided.of(REFUSED)), loads(decided.not_of(REFUSED)));
    let (high, low) = (median(&refused)?, median(&accepted)?);
    let p = by_rank(&accepted, &refused).filter(|_| high > low)?;
    let cut = f64::midpoint(high, low).ceil();
    let text = counted(
        &decided.filter(|seen| beside(seen) >= cut),
        &format!("with {cut} or more others under way"),
        &decided.filter(|seen| beside(seen) < cut),
        "with fewer",
    );
    Some(Separation { clause: ", refused while others were under way", text, p })
}

fn connection(decided: &Group<'_>) -> Separation {
    let on = |connection| {
        decided.filter(|seen| {
            seen.answer().is_some_and(|answer| answer.connection == Some(connection))
        })
    };
    let (new, kept) = (on(Connection::New), on(Connection::Reused));
    let (clause, p) = if share(&new) > share(&kept) {
        (", refused on new connections", apart(&new, &kept))
    } else {
        (", refused on kept connections", apart(&kept, &new))
    };
    Separation { clause, text: counted(&new, "on a new connection", &kept, "on a kept one"), p }
}

fn address(decided: &Group<'_>) -> Option<Separation> {
    let of = |seen: &Observation| seen.answer().and_then(|answer| answer.remote_addr.clone());
    let addresses: BTreeSet<String> = decided.iter().filter_map(of).collect();
    let all = addresses.len();
    let split = |address: String| {
        let here = decided.filter(|seen| of(seen).as_ref() == Some(&address));
        let there = decided.filter(|seen| of(seen).as_ref() != Some(&address));
        // Each address is a question of its own.
        let p = apart(&here, &there) * f64::from(u32::try_from(all).unwrap_or(u32::MAX));
        let text = counted(&here, &format!("by {address}"), &there, "by other addresses");
        Separation { clause: ", refused by one address", text, p }
    };
    let splits = addresses.into_iter().map(split);
    splits.min_by(|one, other| one.p.total_cmp(&other.p)).filter(|_| all > 1)
}

fn time(decided: &Group<'_>) -> Option<Separation> {
    let mut order = decided.0.clone();
    order.sort_by(|one, other| one.timing_ms.start.total_cmp(&other.timing_ms.start));
    let row: Vec<bool> = order.iter().map(|seen| REFUSED.contains(&seen.class)).collect();
    let (first, last) = (row.iter().position(|it| *it)?, row.iter().rposition(|it| *it)?);
    let between = row[first..=last].iter().filter(|refused| !**refused).count();
    let at = |seen: &Observation| seen.sent_at.format("%H:%M:%S%.3f");
    let text = format!(
        "Every refusal came between {} and {} UTC, where {between} of {} were accepted.",
        at(order[first]),
        at(order[last]),
        last - first + 1
    );
    Some(Separation { clause: ", refused for a while", text, p: as_clustered(&row) * OF_TIME })
}

fn counted(one: &Group<'_>, place: &str, other: &Group<'_>, elsewhere: &str) -> String {
    let of = |group: &Group<'_>| format!("{} of {}", group.of(REFUSED).len(), group.len());
    format!("Refused {} times {place}, {} times {elsewhere}.", of(one), of(other))
}

/// How probable it is that the second is refused this seldom by chance.
fn apart(one: &Group<'_>, other: &Group<'_>) -> f64 {
    let of = |group: &Group<'_>| (group.of(REFUSED).len(), group.len());
    as_seldom(of(one), of(other))
}

fn share(group: &Group<'_>) -> f64 {
    let count = |group: &Group<'_>| f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX));
    if group.is_empty() { 0.0 } else { count(&group.of(REFUSED)) / count(group) }
}
