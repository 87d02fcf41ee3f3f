//! One round, read off its record.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::heygen::endpoint::ME;
use crate::judge::REFUSED;
use crate::record::Record;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::{Credential, variant};
use crate::record::watched::{Round, State};

/// The round that a record is about; nothing where the key was not sent.
#[must_use]
pub fn of(record: &Record) -> Option<Round> {
    let asked = |credential| {
        let seen = record.observations.iter().map(|judged| &judged.observation);
        seen.filter(|seen| seen.credential == credential && seen.endpoint == ME && seen.was_sent())
            .find(|seen| variant::is_documented(&seen.variant) || is_oauth(seen))
    };
    let seen = asked(Credential::Real)?;
    Some(Round {
        at: seen.sent_at,
        state: state(seen.class),
        class: Some(seen.class),
        status: seen.status(),
        flip: false,
        key: None,
        control_key: asked(Credential::KnownGood).map(|seen| state(seen.class)),
    })
}

fn is_oauth(seen: &Observation) -> bool {
    seen.variant == variant::BEARER.id
}

fn state(class: Class) -> State {
    match class {
        Class::Ok => State::Accepted,
        _ if REFUSED.contains(&class) => State::Refused,
        _ => State::Failed,
    }
}

/// A round that didn't take place.
#[must_use]
pub const fn skipped(at: DateTime<Utc>) -> Round {
    blank(at, State::Skipped)
}

/// A round that was over before anything came of the key.
#[must_use]
pub const fn unanswered(at: DateTime<Utc>) -> Round {
    blank(at, State::Failed)
}

const fn blank(at: DateTime<Utc>, state: State) -> Round {
    Round { at, state, class: None, status: None, flip: false, key: None, control_key: None }
}

/// A difference that is less than this comes of clocks that are corrected slowly.
const TOLERATED: TimeDelta = TimeDelta::seconds(5);

/// How far the clock of the day moved against the one that never jumps: forward where the machine slept or
/// its clock was set forward, backward where it was set back; nothing where both agree.
#[must_use]
pub fn gap(by_day: TimeDelta, steady: Duration) -> Option<TimeDelta> {
    let steady = TimeDelta::from_std(steady).ok()?;
    let moved = by_day - steady;
    (moved.abs() > TOLERATED).then_some(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_is_told_from_one_that_drifts() {
        let minute = Duration::from_mins(1);
        assert_eq!(gap(TimeDelta::seconds(61), minute), None);
        assert_eq!(gap(TimeDelta::hours(2), minute), Some(TimeDelta::minutes(119)));
        assert_eq!(gap(TimeDelta::hours(-1), minute), Some(TimeDelta::minutes(-61)));
    }
}
