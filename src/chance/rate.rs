//! What a count leaves open about the rate behind it.

use super::CONFIDENCE;

/// Alike answers that would have met a fault in 1 of 10, with 95 %.
pub const ENOUGH: usize = 29;

/// The highest rate that `hits` in `trials` leave open: with the confidence of [`CONFIDENCE`] the true
/// rate isn't higher (Clopper and Pearson's exact bound, one-sided). Without a hit it is
/// 1 − 0.05^(1/n).
#[must_use]
pub fn at_most(hits: usize, trials: usize) -> f64 {
    if hits >= trials {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    // 52 halvings reach the precision of a float.
    for _ in 0..52 {
        let rate = f64::midpoint(low, high);
        if no_more_than(hits, trials, rate) > 1.0 - CONFIDENCE { low = rate } else { high = rate }
    }
    high
}

/// The place, from 1, of the value among `values` sorted ones that the true 95th percentile doesn't
/// lie above; `None` where no value can tell, which is so below 59.
#[must_use]
pub fn highest_p95(values: usize) -> Option<usize> {
    (1..=values).find(|place| no_more_than(place - 1, values, 0.95) >= CONFIDENCE)
}

/// How probable it is that no more than `hits` of `trials` succeed.
fn no_more_than(hits: usize, trials: usize, rate: f64) -> f64 {
    if hits >= trials {
        return 1.0;
    }
    if rate > 0.5 {
        // Counted from the other end, where the first term isn't too small for a float.
        return 1.0 - no_more_than(trials - hits - 1, trials, 1.0 - rate);
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mut term = (1.0 - rate).powf(count(trials));
    let mut sum = term;
    for k in 0..hits {
        term *= count(trials - k) / count(k + 1) * rate / (1.0 - rate);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_hit_the_bound_is_that_of_the_formula() {
        for (trials, told) in [(1, 0.95), (3, 0.632), (12, 0.221), (29, 0.098), (59, 0.0495)] {
            let bound = at_most(0, trials);
            let exact = 1.0 - 0.05_f64.powf(1.0 / f64::from(u32::try_from(trials).unwrap()));
            assert!((bound - exact).abs() < 1e-9, "{trials}: {bound}");
            assert!((bound - told).abs() < 5e-4, "{trials}: {bound}");
        }
    }

    #[test]
    fn with_hits_it_is_clopper_and_pearsons() {
        // Known values; the last but one is 0.95^(1/120).
        for (hits, trials, bound) in
            [(1, 10, 0.3942), (3, 12, 0.5273), (119, 120, 0.9996), (10, 10, 1.0)]
        {
            assert!((at_most(hits, trials) - bound).abs() < 1e-4, "{}", at_most(hits, trials));
        }
    }

    #[test]
    fn a_percentile_needs_enough_values_to_be_bounded() {
        assert_eq!(highest_p95(0), None);
        assert_eq!(highest_p95(58), None);
        assert_eq!(highest_p95(59), Some(59));
        assert_eq!(highest_p95(93), Some(92));
    }
}
