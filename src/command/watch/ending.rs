//! The end of the key that is watched, where it is near.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::doctor::glance;
use crate::fleet::soonest;
use crate::run::{Lab, Subject};

/// When the key ends, if that is within this time after `now`. One more request asks for it.
pub(super) async fn near(
    lab: &Lab,
    subject: &Subject,
    before: Duration,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let said = Box::pin(glance(lab, subject.keys.clone(), true)).await;
    let before = TimeDelta::from_std(before).unwrap_or(TimeDelta::MAX);
    soonest(said.expires_at, now, before)
}
