//! How far this machine's clock is from the server's, from the `Date` of its answers. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use crate::record::observation::Observation;

/// The server's `Date` minus this clock in seconds, by the answer that came fastest; one from a cache
/// counts only where no other came, less the `Age` that it says it has (RFC 9111 §5.1).
///
/// `Date` counts whole seconds: half of one is added for the mean, and no part of one is told.
#[must_use]
pub fn skew(observations: &[Observation]) -> Option<f64> {
    observations
        .iter()
        .filter_map(|observation| {
            let headers = &observation.answer()?.headers;
            let sent = DateTime::parse_from_rfc2822(headers.get("date")?).ok()?;
            let age = headers.get("age").map_or(0, |age| age.trim().parse::<u32>().unwrap_or(0));
            let server = sent.with_timezone(&Utc) + TimeDelta::seconds(age.into());
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of one request")]
            let arrived =
                observation.sent_at + TimeDelta::milliseconds(observation.timing_ms.ttfb as i64);
            #[expect(
                clippy::cast_precision_loss,
                reason = "seconds between two dates of four digits"
            )]
            let skew = (server - arrived).num_milliseconds() as f64 / 1000.0 + 0.5;
            Some((age > 0, observation.timing_ms.ttfb, skew))
        })
        .min_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)))
        // Adding zero takes the sign off a zero.
        .map(|(_, _, skew)| skew.round() + 0.0)
}
