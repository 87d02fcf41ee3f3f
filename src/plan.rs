//! The plan as data: steps of batches of probes. Pure.

mod build;
mod first;
mod next;
mod pattern;
mod questions;

pub use build::Brief;
pub use first::first;
pub use next::{Progress, next};
pub use pattern::{Pattern, PatternKind};

use std::time::Duration;

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::record::facts::NotSent;
use crate::record::probe::Probe;

/// The most requests that one run sends.
pub const MOST_REQUESTS: usize = 120;
/// The most requests with a refused credential outside `full`.
pub const MOST_REFUSED: usize = 40;

/// How much is asked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
    clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Profile {
    /// The key beside its controls, once.
    Quick,
    /// The same, and then only what separates the causes still standing.
    Adaptive,
    /// Everything.
    Full,
}

/// Batches that are sent for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Why it is sent, in one sentence.
    pub why: String,
    /// One after the other.
    pub batches: Vec<Batch>,
    /// The probes that were left out, and why.
    pub not_sent: Vec<NotSent>,
}

/// Probes that are sent in one manner.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// In the order in which they are told.
    pub probes: Vec<Probe>,
    /// The manner.
    pub manner: Manner,
}

/// The way in which the probes of a batch follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As many at once as `--concurrency` allows.
    Together,
    /// All at the same moment, at most ten.
    Burst,
    /// One after the other, each on a connection of its own.
    Fresh,
    /// Each at its own moment, this far apart, whatever becomes of those before it.
    Paced(Duration),
    /// After this wait, half as many at once.
    After(Duration),
}

impl Step {
    /// The number of requests that the step sends.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.batches.iter().map(|batch| batch.probes.len()).sum()
    }

    /// The waves in it, in order.
    #[must_use]
    pub fn waves(&self) -> Vec<u8> {
        let waves: std::collections::BTreeSet<u8> =
            self.batches.iter().flat_map(|batch| &batch.probes).map(|probe| probe.wave).collect();
        waves.into_iter().collect()
    }
}
