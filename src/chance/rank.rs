//! An exact test on values.

use super::CHANCE;

/// How probable it is that the ranks of two groups lie so far apart by chance: the two-sided probability of
/// the sum of ranks under the permutation distribution. `None` where the values are so few, or so alike,
/// that no outcome would tell.
///
/// Every way to choose as many of the ranks is counted by its sum, one rank after the other.
#[must_use]
pub fn by_rank(before: &[f64], after: &[f64]) -> Option<f64> {
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

/// Values that are larger than others, beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slower {
    /// The median of these minus that of the others.
    pub shift: f64,
    /// The probability of chance.
    pub p: f64,
}

/// Says that the later values are larger, where that is no more than `CHANCE` probable by chance, although
/// so many questions of the kind are asked together.
#[must_use]
pub fn slower(before: &[f64], after: &[f64], questions: usize) -> Option<Slower> {
    let p = by_rank(before, after)?;
    let shift = median(after)? - median(before)?;
    let all = p * f64::from(u32::try_from(questions).ok()?);
    (all <= CHANCE && shift > 0.0).then_some(Slower { shift, p })
}

/// The median; nothing where there is no value.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
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
            let p = by_rank(before, after).unwrap();
            assert!((p - counted(before, after)).abs() < 1e-12, "{p} for {before:?}, {after:?}");
        }
        // Two of seventy divisions lie as far apart.
        let p = by_rank(&[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0]).unwrap();
        assert!((p - 2.0 / 70.0).abs() < 1e-12, "{p}");
    }

    #[test]
    fn with_few_values_nothing_can_be_told() {
        assert_eq!(by_rank(&[], &[]), None);
        assert_eq!(by_rank(&[1.0], &[1000.0]), None);
        assert_eq!(by_rank(&[1.0, 2.0, 3.0], &[700.0, 800.0, 900.0]), None);
        assert_eq!(by_rank(&[5.0; 20], &[5.0; 20]), None, "all alike: no outcome would tell");
    }

    #[test]
    fn many_values_are_counted_without_overflow() {
        let before: Vec<f64> = (0..60).map(f64::from).collect();
        let after: Vec<f64> = before.iter().map(|ms| ms + 0.5).collect();
        let p = by_rank(&before, &after).unwrap();
        assert!(p > 0.5 && p <= 1.0, "{p}");
        let later: Vec<f64> = before.iter().map(|ms| ms + 40.0).collect();
        assert!(by_rank(&before, &later).unwrap() < 1e-6);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[9.0]), Some(9.0));
        assert_eq!(median(&[9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[9.0, 1.0, 2.0, 4.0]), Some(3.0));
    }
}
