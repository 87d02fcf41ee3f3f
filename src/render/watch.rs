//! A watch for a terminal: its rounds as lines, and what they come to.

use chrono::{DateTime, Utc};

use crate::record::watched::{Conclusion, Flip, Round, State, Watched};
use crate::render::Options;
use crate::render::page::Page;
use crate::render::style::Tone;
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
    let same_day = flip.after.date_naive() == flip.before.date_naive();
    let day = if same_day { String::new() } else { flip.before.format("%Y-%m-%d ").to_string() };
    let gap = if flip.gap { "; the machine slept or its clock was set meanwhile" } else { "" };
    format!(
        "{from} until {}, {} from {day}{} UTC{gap}",
        flip.after.format("%Y-%m-%d %H:%M:%S%.3f"),
        flip.to,
        flip.before.format("%H:%M:%S%.3f")
    )
}

/// What the rounds come to.
#[must_use]
pub fn watched_as_text(watched: &Watched, options: &Options) -> String {
    let rounds = watched.accepted + watched.refused + watched.failed;
    let mut page = Page::new(options);
    let lead = format!("Watched: {} ({})", words(watched.conclusion), watched.conclusion);
    page.toned(&[(Some(Tone::Strong), lead)]);
    page.text(2, None, &watched.statement);
    let counted = format!(
        "{}: {} accepted, {} refused, {} neither",
        count(rounds, "round"),
        watched.accepted,
        watched.refused,
        watched.failed
    );
    page.text(2, Some(Tone::Quiet), &counted);
    for flip in &watched.flips {
        page.text(2, None, &flip_as_text(flip));
    }
    page.blank();
    page.finish()
}

/// What a watch comes to, for somebody who doesn't know its name.
const fn words(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Working => "the key works",
        Conclusion::Propagated => "the key works now",
        Conclusion::Recovered => "the key works again",
        Conclusion::Refused => "the key is refused",
        Conclusion::Gone => "the key is refused now",
        Conclusion::Rotated => "the other key works in its place",
        Conclusion::Outage => "it isn't the key",
        Conclusion::Flapping => "accepted and refused in turns",
        Conclusion::Undecided => "too early to tell",
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S%.3f UTC").to_string()
}
