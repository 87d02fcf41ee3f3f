//! The end of the key that is watched, where it is near.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::doctor::glance;
use crate::fleet::soonest;
use crate::run::{Lab, Subject};

/// A warning, if the key ends within this time after `now`. One more request asks for it.
pub(super) async fn warning(
    lab: &Lab,
    subject: &Subject,
    before: Duration,
    now: DateTime<Utc>,
) -> Option<String> {
    let said = Box::pin(glance(lab, subject.keys.clone(), true)).await;
    let before = TimeDelta::from_std(before).unwrap_or(TimeDelta::MAX);
    let at = soonest(said.expires_at, now, before)?;
    Some(format!("warning: The key ends at {}.", at.format("%Y-%m-%d %H:%M UTC")))
}
