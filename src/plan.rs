//! The plan as data: steps of batches of probes. Pure.

mod agents;
mod backoff;
mod build;
mod first;
mod fleet;
mod lists;
mod next;
mod pattern;
mod questions;

pub use backoff::retry_after;
pub use build::Brief;
pub use first::first;
pub use fleet::{TRIES, controls, glance};
pub use next::{Progress, next};
pub use pattern::{Connections, Pattern, PatternKind};

pub use crate::record::facts::Profile;

use std::time::Duration;

use crate::heygen::endpoint::Endpoint;
use crate::record::facts::NotSent;
use crate::record::probe::{Credential, ProbeId, Variant};
use crate::record::request::{self, Request};
use crate::record::wave::Wave;

/// The most requests of one run, so that no server takes it for an attack.
pub const MOST_REQUESTS: usize = 120;
/// The most requests with a refused credential outside `full`.
pub const MOST_REFUSED: usize = 40;

/// Batches that are sent for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The reason for it, in one sentence.
    pub why: String,
    /// One after the other.
    pub batches: Vec<Batch>,
    /// Probes that were left out, each with the reason.
    pub not_sent: Vec<NotSent>,
}

/// One question that may be asked, in one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The stable name.
    pub id: ProbeId,
    /// The wave.
    pub wave: Wave,
    /// The endpoint of the catalogue.
    pub endpoint: &'static Endpoint,
    /// Path and query as sent.
    pub path: String,
    /// Whose credential.
    pub credential: Credential,
    /// In which header and form.
    pub variant: &'static Variant,
    /// The timing pattern it belongs to.
    pub pattern: Option<&'static str>,
    /// The question in one sentence.
    pub asks: &'static str,
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
    /// One after the other, each on a connection of its own.
    Fresh,
    /// Each at the moment that its pattern sets, whatever becomes of those before it.
    Timed(Pattern),
    /// After this wait, half as many at once.
    After(Duration),
}

impl Probe {
    /// The request that asks it.
    #[must_use]
    pub fn request(&self) -> Request {
        Request::read(&self.path, self.credential, self.variant, request::USER_AGENT)
    }
}

impl Step {
    /// The number of requests in the step.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.batches.iter().map(|batch| batch.probes.len()).sum()
    }

    /// The waves in it, in order.
    #[must_use]
    pub fn waves(&self) -> Vec<Wave> {
        let waves: std::collections::BTreeSet<Wave> =
            self.batches.iter().flat_map(|batch| &batch.probes).map(|probe| probe.wave).collect();
        waves.into_iter().collect()
    }
}
