//! Whether the server took longer in one run than in another, by an exact test.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::Record;
use crate::record::observation::median;

/// The greatest probability of chance at which a difference is told.
const CHANCE: f64 = 0.05;

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
    let p = chance(&before, &after);
    let shift_ms = median(&after).zip(median(&before)).map(|(after, before)| after - before);
    Latency { run, values: after.len(), shift_ms, p, differs: p.is_some_and(|p| p <= CHANCE) }
}

/// The wait of every answered probe, with the class of its answer.
fn waits(record: &Record) -> BTreeMap<&str, (&'static str, f64)> {
    let seen = record.observations.iter().map(|judged| &judged.observation);
    let own = seen.filter(|seen| seen.answer().is_some() && !seen.shared);
    own.map(|seen| (seen.probe.0.as_str(), (seen.class.as_str(), seen.timing_ms.wait()))).collect()
}

/// The two-sided probability of the sum of ranks under the permutation distribution. Every way to choose
/// as many of the ranks is counted by its sum, one rank after the other.
fn chance(before: &[f64], after: &[f64]) -> Option<f64> {
    let ranks = doubled_ranks(before, after);
    let (all, chosen) = (ranks.len(), after.len());
    let most: usize = ranks.iter().sum();
    // `ways[k][s]`: the share of the ways to choose k ranks whose sum is s.
    let mut ways = vec![vec![0.0_f64; most + 1]; chosen + 1];
    ways[0][0] = 1.0;
    let mut reach = 0;
    for (taken, rank) in (1..).zip(&ranks) {
        reach += rank;
        for k in (1..=chosen.min(taken)).rev() {
            for sum in (*rank..=reach).rev() {
                ways[k][sum] += ways[k - 1][sum - rank];
            }
        }
    }
    let total: f64 = ways[chosen].iter().sum();
    let expected = most * chosen;
    let apart = |sum: usize| (sum * all).abs_diff(expected);
    let seen = apart(ranks[before.len()..].iter().sum());
    let extreme = |least: usize| {
        let far = ways[chosen].iter().enumerate().filter(|(sum, _)| apart(*sum) >= least);
        far.map(|(_, count)| count).sum::<f64>() / total
    };
    let possible = ways[chosen].iter().enumerate().filter(|(_, count)| **count > 0.0);
    let furthest = possible.map(|(sum, _)| apart(sum)).max()?;
    (chosen > 0 && extreme(furthest) <= CHANCE).then(|| extreme(seen))
}

/// Twice the rank of each value among all, the earlier run's first; equal values share their mean rank.
fn doubled_ranks(before: &[f64], after: &[f64]) -> Vec<usize> {
    let all: Vec<f64> = before.iter().chain(after).copied().collect();
    let rank = |value: &f64| {
        let less = all.iter().filter(|other| *other < value).count();
        let same = all.iter().filter(|other| other.total_cmp(value).is_eq()).count();
        2 * less + same + 1
    };
    all.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By counting every division of the values, as the definition says.
    fn counted(before: &[f64], after: &[f64]) -> f64 {
        let ranks = doubled_ranks(before, after);
        let (all, chosen) = (ranks.len(), after.len());
        let mean = ranks.iter().sum::<usize>() * chosen;
        let apart = |mask: u32| {
            let sum: usize = (0..all).filter(|at| mask >> at & 1 == 1).map(|at| ranks[at]).sum();
            (sum * all).abs_diff(mean)
        };
        let seen = apart(((1 << chosen) - 1) << before.len());
        let ways: Vec<u32> =
            (0..1_u32 << all).filter(|mask| mask.count_ones() as usize == chosen).collect();
        let far = ways.iter().filter(|mask| apart(**mask) >= seen).count();
        f64::from(u32::try_from(far).unwrap()) / f64::from(u32::try_from(ways.len()).unwrap())
    }

    #[test]
    fn the_probability_is_that_of_all_divisions() {
        for (before, after) in [
            (&[1.0, 2.0, 3.0, 4.0][..], &[5.0, 6.0, 7.0, 8.0][..]),
            (&[1.0, 6.0, 3.0, 8.0, 2.0], &[5.0, 2.0, 7.0, 4.0, 9.0]),
            (&[2.0, 2.0, 3.0, 3.0, 1.0], &[2.0, 3.0, 3.0, 4.0, 4.0]),
        ] {
            let p = chance(before, after).unwrap();
            assert!((p - counted(before, after)).abs() < 1e-12, "{p} for {before:?}, {after:?}");
        }
        // Two of seventy divisions lie as far apart.
        let p = chance(&[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0]).unwrap();
        assert!((p - 2.0 / 70.0).abs() < 1e-12, "{p}");
    }

    #[test]
    fn with_few_values_nothing_can_be_told() {
        assert_eq!(chance(&[], &[]), None);
        assert_eq!(chance(&[1.0], &[1000.0]), None);
        assert_eq!(chance(&[1.0, 2.0, 3.0], &[700.0, 800.0, 900.0]), None);
        assert_eq!(chance(&[5.0; 20], &[5.0; 20]), None, "all alike: no outcome would tell");
    }

    #[test]
    fn many_values_are_counted_without_overflow() {
        let before: Vec<f64> = (0..60).map(f64::from).collect();
        let after: Vec<f64> = before.iter().map(|ms| ms + 0.5).collect();
        let p = chance(&before, &after).unwrap();
        assert!(p > 0.5 && p <= 1.0, "{p}");
        let later: Vec<f64> = before.iter().map(|ms| ms + 40.0).collect();
        assert!(chance(&before, &later).unwrap() < 1e-6);
    }
}
