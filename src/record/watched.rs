//! A key that was asked again and again: each round, what changed when, and what that comes to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::class::Class;
use crate::record::observation::to_the_millisecond;
use crate::text::named_enum;

named_enum! {
    /// How the key fared in one round.
    pub enum State {
        /// It was accepted.
        Accepted = "accepted",
        /// It was refused, for whatever reason.
        Refused = "refused",
        /// The server said neither: a limit, an error, a fault of the network.
        Failed = "failed",
        /// Nothing was asked: the machine slept, or its clock was set.
        Skipped = "skipped",
    }
}

/// One round: a line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Round {
    /// When the key was sent (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub at: DateTime<Utc>,
    /// How it fared.
    pub state: State,
    /// The class of the answer; none where nothing was asked.
    pub class: Option<Class>,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// True if the key was last seen in the other of the two states, accepted and refused.
    pub flip: bool,
    /// The fingerprint of the key, so that a log is gone on with for the same key only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How the key of `--control-env` fared, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control_key: Option<State>,
}

/// A change between accepted and refused, with the two moments that it lies between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Flip {
    /// The new state.
    pub to: State,
    /// When the old one was last seen (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub after: DateTime<Utc>,
    /// When the new one was first seen (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub before: DateTime<Utc>,
    /// True if the machine slept, or its clock was set, in between: the two moments are by two clocks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gap: bool,
}

named_enum! {
    /// What a watch comes to.
    pub enum Conclusion {
        /// Accepted from the first round on, often enough in a row.
        Working = "working",
        /// Refused at first, and accepted for good: a new key reached every server.
        Propagated = "propagated",
        /// Accepted at first, refused for a while, and accepted for good.
        Recovered = "recovered",
        /// Refused from the first round on.
        Refused = "refused",
        /// Accepted at first, and refused for good.
        Gone = "gone",
        /// The same, while the key of `--control-env` is accepted: it took the place of the old one.
        Rotated = "rotated",
        /// No key gets through any more, whichever it is.
        Outage = "outage",
        /// Accepted and refused in turns.
        Flapping = "flapping",
        /// Too few answers to tell.
        Undecided = "undecided",
    }
}

/// A watch, summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Watched {
    /// What it comes to.
    pub conclusion: Conclusion,
    /// The reason, in whole sentences.
    pub statement: String,
    /// Rounds in which the key was accepted.
    pub accepted: usize,
    /// Rounds in which it was refused.
    pub refused: usize,
    /// Rounds in which the server said neither.
    pub failed: usize,
    /// Every change, the earliest first.
    pub flips: Vec<Flip>,
}
