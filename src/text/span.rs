//! A length of time, as people say it.

use super::count;

/// Units, longest first, each with its length in seconds.
const UNITS: [(u64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

/// `30 seconds`, `20 minutes`, `2 hours`, `10 days`: in the longest unit that fits twice, rounded up,
/// so that nobody comes too early.
#[must_use]
pub fn span(seconds: u64) -> String {
    let fits = UNITS.into_iter().find(|(length, _)| seconds >= 2 * length);
    let (length, unit) = fits.unwrap_or((1, "second"));
    count(usize::try_from(seconds.div_ceil(length)).unwrap_or(usize::MAX), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_people_would_use() {
        for (seconds, told) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (30, "30 seconds"),
            (90, "90 seconds"),
            (121, "3 minutes"),
            (7_200, "2 hours"),
            (86_400, "24 hours"),
            (864_000, "10 days"),
        ] {
            assert_eq!(span(seconds), told);
        }
    }
}
