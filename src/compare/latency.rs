//! Whether the server took longer in one run than in another, by an exact test.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chance::{CHANCE, by_rank, median};
use crate::record::Record;

/// How long the server took in one run beside another, over the probes that both asked and that were
/// answered alike: from the connection until the first byte.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Latency {
    /// The position of the run, from 0; it is compared with the first one.
    pub run: usize,
    /// The number of values in each of the two.
    pub values: usize,
    /// The median of this run minus that of the first, in milliseconds.
    pub shift_ms: Option<f64>,
    /// How probable it is that the ranks lie so far apart by chance: exact, over every way to divide
    /// the values between two runs. Absent where the values are so few that no outcome would tell.
    pub p: Option<f64>,
    /// True if that is at most 0.05.
    pub differs: bool,
}

pub(super) fn of(records: &[&Record]) -> Vec<Latency> {
    let Some((first, others)) = records.split_first() else { return Vec::new() };
    (1..).zip(others).map(|(run, other)| between(run, first, other)).collect()
}

fn between(run: usize, first: &Record, other: &Record) -> Latency {
    let (first, other) = (waits(first), waits(other));
    let alike = first.iter().filter_map(|(probe, (class, ms))| {
        other.get(probe).filter(|(own, _)| own == class).map(|(_, own)| (*ms, *own))
    });
    let (before, after): (Vec<f64>, Vec<f64>) = alike.unzip();
    let p = by_rank(&before, &after);
    let shift_ms = median(&after).zip(median(&before)).map(|(after, before)| after - before);
    Latency { run, values: after.len(), shift_ms, p, differs: p.is_some_and(|p| p <= CHANCE) }
}

/// The wait of every answered probe, with the class of its answer.
fn waits(record: &Record) -> BTreeMap<&str, (&'static str, f64)> {
    let seen = record.observations.iter().map(|judged| &judged.observation);
    let own = seen.filter(|seen| seen.answer().is_some() && !seen.shared);
    own.map(|seen| (seen.probe.0.as_str(), (seen.class.as_str(), seen.timing_ms.wait()))).collect()
}
