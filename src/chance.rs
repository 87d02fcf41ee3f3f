//! What chance alone would do: bounds on a rate, and exact tests. Pure arithmetic.

mod rank;
mod rate;
mod table;

pub use rank::{Slower, by_rank, median, slower};
pub use rate::{ENOUGH, at_most, highest_p95};
pub use table::{as_clustered, as_seldom};

/// The probability with which every bound that is told holds at least.
pub const CONFIDENCE: f64 = 0.95;
/// The probability of chance up to which a difference is told.
pub const CHANCE: f64 = 0.05;

/// The number of ways to choose `k` of `n`; none where there aren't so many.
fn binomial(n: usize, k: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most a few thousand requests")]
    let factor = |i: usize| (n - i) as f64 / (i + 1) as f64;
    if k > n { 0.0 } else { (0..k).map(factor).product() }
}
