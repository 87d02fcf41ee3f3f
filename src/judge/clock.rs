//! How far this machine's clock is from the server's, from the `Date` of its answers. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use crate::record::observation::Observation;

/// The server's `Date` minus this clock in seconds, by the answer that came fastest.
///
/// `Date` counts whole seconds: half of one is added for the mean, and no part of one is told.
#[must_use]
pub fn skew(observations: &[Observation]) -> Option<f64> {
    observations
        .iter()
        .filter_map(|observation| {
            let date = observation.answer()?.headers.get("date")?;
            let server = DateTime::parse_from_rfc2822(date).ok()?.with_timezone(&Utc);
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of one request")]
            let arrived =
                observation.sent_at + TimeDelta::milliseconds(observation.timing_ms.ttfb as i64);
            #[expect(
                clippy::cast_precision_loss,
                reason = "seconds between two dates of four digits"
            )]
            let skew = (server - arrived).num_milliseconds() as f64 / 1000.0 + 0.5;
            Some((observation.timing_ms.ttfb, skew))
        })
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        // Adding zero takes the sign off a zero.
        .map(|(_, skew)| skew.round() + 0.0)
}
