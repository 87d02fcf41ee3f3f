//! What several runs come to. Each conclusion needs what could have come out otherwise; where that wasn't
//! asked, it says so.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{Conclusion, Run};
use crate::judge::causes::of as of_cause;
use crate::record::Record;
use crate::record::cause::{Side, Verdict};
use crate::text::list;

/// Runs that began within this time are taken to have seen the same moment of HeyGen.
const TOGETHER: TimeDelta = TimeDelta::hours(1);

/// How a run ended, for the question whether the key works.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Works,
    Fails,
    Unknown,
}

const fn end(run: &Run) -> End {
    match run.verdict {
        Verdict::Healthy | Verdict::Limited => End::Works,
        Verdict::Blocked | Verdict::Degraded | Verdict::Broken => End::Fails,
        Verdict::Inconclusive => End::Unknown,
    }
}

/// 1. The same verdict and cause everywhere: unchanged.
/// 2. Other servers were asked, or a run couldn't tell, or nothing works, or nothing fails: undecided.
/// 3. The key differs, and one key fails where the other works, at one place or many: the new key.
/// 4. Every run has a vantage point of its own: the place decides.
/// 5. Else the runs are told in the order of time.
pub(super) fn of(runs: &[Run], records: &[&Record]) -> (Conclusion, String) {
    let Some((first, others)) = runs.split_first() else {
        return undecided("There is nothing to compare.".to_owned());
    };
    if others.iter().all(|run| (run.verdict, run.cause) == (first.verdict, first.cause)) {
        let told = format!("Every run found the same: {} ({}).", first.headline, first.cause);
        return (Conclusion::Unchanged, told);
    }
    let differ =
        |fact: fn(&Run) -> Option<&str>| runs.iter().map(fact).collect::<BTreeSet<_>>().len() > 1;
    if records.iter().any(|record| record.run.simulated != records[0].run.simulated)
        && records.iter().any(|record| record.run.simulated.is_none())
    {
        return undecided("Some of the runs asked the double and not HeyGen.".to_owned());
    }
    // The double has another port each time.
    let simulated = records.iter().all(|record| record.run.simulated.is_some());
    if !simulated && differ(|run| Some(&run.base_url)) {
        return undecided(
            "The runs asked different servers, so they can't be compared.".to_owned(),
        );
    }
    if let Some(run) = runs.iter().find(|run| end(run) == End::Unknown) {
        return undecided(format!("{} could not tell whether the key works.", told(run)));
    }
    let (works, fails): (Vec<&Run>, Vec<&Run>) =
        runs.iter().partition(|run| end(run) == End::Works);
    if fails.is_empty() {
        return undecided("The key works in every run; what differs is how far.".to_owned());
    }
    if works.is_empty() {
        let causes: Vec<String> = fails.iter().map(|run| told(run)).collect();
        return undecided(format!("It fails in every run, in different ways: {}.", list(&causes)));
    }
    if differ(|run| run.fingerprint.as_deref()) {
        return match fails.iter().find(|run| !is_about_the_key(run)) {
            Some(run) => undecided(format!(
                "The keys differ, but {} failed for a reason that isn't about a key ({}).",
                run.name, run.cause
            )),
            None => by_key(runs, &works, &fails),
        };
    }
    let places: BTreeSet<&str> = runs.iter().filter_map(|run| run.vantage.as_deref()).collect();
    if places.len() == runs.len() && !are_together(runs) {
        return undecided("The runs at these vantage points lie more than an hour apart, so place and time can't be told apart.".to_owned());
    }
    if places.len() == runs.len() {
        return by_place(&works, &fails);
    }
    if places.len() > 1 {
        return undecided(
            "Some vantage points stand for several runs, so place and time can't be told apart."
                .to_owned(),
        );
    }
    by_time(runs)
}

/// A cause that another key can cure.
fn is_about_the_key(run: &Run) -> bool {
    matches!(of_cause(run.cause).side, Some(Side::Caller | Side::Account))
}

fn are_together(runs: &[Run]) -> bool {
    let (first, last) =
        (runs.iter().map(|run| run.started_at).min(), runs.iter().map(|run| run.started_at).max());
    last.zip(first).is_none_or(|(last, first)| last - first <= TOGETHER)
}

fn undecided(why: String) -> (Conclusion, String) {
    (Conclusion::Undecided, why)
}

fn told(run: &Run) -> String {
    format!("{} ({}, {})", run.name, run.verdict, run.cause)
}

fn names(runs: &[&Run]) -> String {
    list(&runs.iter().map(|run| run.name.as_str()).collect::<Vec<_>>())
}

fn by_key(runs: &[Run], works: &[&Run], fails: &[&Run]) -> (Conclusion, String) {
    let keys = |runs: &[&Run]| -> BTreeSet<Option<String>> {
        runs.iter().map(|run| run.fingerprint.clone()).collect()
    };
    if !keys(works).is_disjoint(&keys(fails)) {
        return undecided(
            "The runs have different keys, and one of these works in one run and fails in another."
                .to_owned(),
        );
    }
    let places: BTreeSet<&Option<String>> = runs.iter().map(|run| &run.vantage).collect();
    if places.len() > 1 {
        return undecided("Both the key and the vantage point differ, so they can't be told apart. Run both keys at one place.".to_owned());
    }
    let later = if are_together(runs) {
        ""
    } else {
        " The runs lie more than an hour apart, so it may be the time as well: the key that fails, asked again now, shows it."
    };
    let told = format!(
        "The keys differ: the one in {} works, and the one in {} fails ({}).{later}",
        names(works),
        names(fails),
        fails[0].cause
    );
    (Conclusion::NewKey, told)
}

fn by_place(works: &[&Run], fails: &[&Run]) -> (Conclusion, String) {
    let told = format!("It works at {}, and fails at {}", names(works), names(fails));
    if let [one] = fails {
        let side = of_cause(one.cause).side;
        // The cause itself lies there, or enough others show that it isn't the same everywhere.
        if side == Some(Side::Network) || works.len() > 1 {
            return (
                Conclusion::Machine,
                format!("{told} only ({}): look for the reason there.", one.cause),
            );
        }
        return undecided(format!(
            "{told} ({}). Two vantage points can't tell a region from one machine; a third one near the one that fails can.",
            one.cause
        ));
    }
    let causes: BTreeSet<&str> = fails.iter().map(|run| run.cause.as_str()).collect();
    if causes.len() > 1 {
        let causes: Vec<&str> = causes.into_iter().collect();
        return undecided(format!("{told}, for different causes: {}.", list(&causes)));
    }
    (Conclusion::Regional, format!("{told}, all for the same cause ({}).", fails[0].cause))
}

fn by_time(runs: &[Run]) -> (Conclusion, String) {
    let mut in_order: Vec<&Run> = runs.iter().collect();
    in_order.sort_by_key(|run| run.started_at);
    let changes: Vec<&[&Run]> =
        in_order.windows(2).filter(|pair| end(pair[0]) != end(pair[1])).collect();
    let [change] = changes[..] else {
        return undecided("It failed and worked by turns, so it may come and go.".to_owned());
    };
    let [before, after] = [change[0], change[1]];
    let when = |run: &Run| run.started_at.format("%Y-%m-%d %H:%M:%S UTC").to_string();
    if end(before) == End::Fails {
        let told = format!(
            "It failed until {} ({}), and works since {}. That says nothing of what cured it.",
            when(before),
            before.cause,
            when(after)
        );
        (Conclusion::Over, told)
    } else {
        let told = format!(
            "It worked until {}, and fails since {} ({}).",
            when(before),
            when(after),
            after.cause
        );
        (Conclusion::Began, told)
    }
}
