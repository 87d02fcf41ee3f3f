//! A watch for a terminal: its rounds as lines, and what they come to.

use chrono::{DateTime, Utc};

use crate::record::watched::{Flip, Round, State, Watched};
use crate::text::count;

/// One round as a line.
#[must_use]
pub fn round_as_text(round: &Round) -> String {
    let why = match (round.status, round.class) {
        (Some(status), _) => format!(" ({status})"),
        (None, Some(class)) => format!(" ({class})"),
        (None, None) => String::new(),
    };
    let other = round.control_key.map_or_else(String::new, |state| format!("; other key {state}"));
    format!("{}  {}{why}{other}", moment(round.at), round.state)
}

/// A change as a line, between the two moments that are known.
#[must_use]
pub fn flip_as_text(flip: &Flip) -> String {
    let from = if flip.to == State::Accepted { State::Refused } else { State::Accepted };
    let gap = if flip.gap { "; the machine slept or its clock was set meanwhile" } else { "" };
    format!("{from} until {}, {} from {}{gap}", moment(flip.after), flip.to, moment(flip.before))
}

/// What the rounds come to.
#[must_use]
pub fn watched_as_text(watched: &Watched) -> String {
    let rounds = watched.accepted + watched.refused + watched.failed;
    let mut lines = vec![
        format!("Watch: {}", watched.conclusion),
        format!("  {}", watched.statement),
        format!(
            "  {}: accepted {}, refused {}, neither {}",
            count(rounds, "round"),
            watched.accepted,
            watched.refused,
            watched.failed
        ),
    ];
    lines.extend(watched.flips.iter().map(|flip| format!("  {}", flip_as_text(flip))));
    lines.join("\n") + "\n"
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S%.3f UTC").to_string()
}
