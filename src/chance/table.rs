//! Exact tests on counts.

use super::binomial;

/// How probable it is that the second group has this few hits or fewer, if both are draws from one urn
/// (Fisher's exact test, one-sided). Each group is its hits and its size.
#[must_use]
pub fn as_seldom((one, of): (usize, usize), (other, of_other): (usize, usize)) -> f64 {
    let hits = one + other;
    let ways = |k: usize| binomial(of_other, k) * binomial(of, hits.saturating_sub(k));
    let all: f64 = (0..=hits.min(of_other)).map(ways).sum();
    (0..=other).map(ways).sum::<f64>() / all
}

/// How probable it is that a row of two kinds changes from one to the other this seldom or more seldom,
/// if every order is as likely (Wald and Wolfowitz' runs test, exact, one-sided).
#[must_use]
pub fn as_clustered(row: &[bool]) -> f64 {
    let (yes, no) = (row.iter().filter(|it| **it).count(), row.iter().filter(|it| !**it).count());
    if yes == 0 || no == 0 {
        return 1.0;
    }
    let runs = 1 + row.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let ways = |runs: usize| {
        let half = runs / 2;
        let split = |yes_runs: usize, no_runs: usize| {
            binomial(yes - 1, yes_runs - 1) * binomial(no - 1, no_runs - 1)
        };
        if runs.is_multiple_of(2) {
            2.0 * split(half, half)
        } else {
            split(half + 1, half) + split(half, half + 1)
        }
    };
    (2..=runs).map(ways).sum::<f64>() / binomial(yes + no, yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_treats_everyone_alike_is_no_surprise() {
        assert!(as_seldom((10, 20), (5, 10)) > 0.5);
        assert!(as_seldom((10, 20), (0, 0)) > 0.99);
        assert!(as_seldom((20, 20), (0, 5)) < 0.01);
        // 12 of 27 refused, and all of the controls are among them: 792 of 80730 ways.
        assert!((as_seldom((15, 22), (0, 5)) - 792.0 / 80730.0).abs() < 1e-12);
        // One acceptance in 20 is as probably found among the key's as among the controls'.
        assert!(as_seldom((1, 20), (0, 5)) > 0.5);
    }

    #[test]
    fn every_order_of_a_row_is_counted() {
        for (length, kinds) in [(5, 2), (8, 3), (9, 4)] {
            let orders: Vec<Vec<bool>> = (0..1_u32 << length)
                .filter(|mask| mask.count_ones() == kinds)
                .map(|mask| (0..length).map(|at| mask >> at & 1 == 1).collect())
                .collect();
            let runs = |row: &[bool]| row.windows(2).filter(|pair| pair[0] != pair[1]).count();
            for row in &orders {
                let seldom = orders.iter().filter(|other| runs(other) <= runs(row)).count();
                let count = |n: usize| f64::from(u32::try_from(n).unwrap());
                let share = count(seldom) / count(orders.len());
                assert!((as_clustered(row) - share).abs() < 1e-12, "{row:?}");
            }
        }
        assert!((as_clustered(&[true; 4]) - 1.0).abs() < 1e-12);
    }
}
