//! Knows when more requests would show nothing: many were sent, and none was answered in time.

use std::collections::HashMap;

use crate::plan::Probe;
use crate::record::observation::{FaultKind, Observation};
use crate::record::probe::{ApiVersion, Credential};

/// So many requests that no answer comes to are enough; each of them is waited for to its limit.
const ENOUGH: usize = 12;
/// So many are enough before a request is merely repeated.
const ENOUGH_TO_REPEAT: usize = 5;

/// What was sent in a run, and whether anything was answered: as a whole, with a key, and with a
/// key in one header on one version. What looks up no key in `Authorization` answers there while
/// it hangs elsewhere.
#[derive(Debug, Default)]
pub struct Patience(HashMap<Kind, Tally>);

/// What is to become of a probe.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is sent.
    Send,
    /// First one of those under way has to come back.
    Wait,
    /// It is not sent, for this reason.
    HoldBack(&'static str),
}

/// Requests that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Any,
    Keyed,
    Like(&'static str, ApiVersion),
}

#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    /// Those that were given up, because their time was over.
    silent: usize,
    /// Whether anything else came of one of them, and be it a fault.
    heard: bool,
}

impl Patience {
    /// What is to become of this probe, by what came of those before it.
    pub(super) fn turn(&self, probe: &Probe) -> Turn {
        let enough = if probe.pattern.is_some() { ENOUGH_TO_REPEAT } else { ENOUGH };
        for kind in kinds(probe) {
            let Some(tally) = self.0.get(&kind).filter(|tally| tally.sent >= enough) else {
                continue;
            };
            if !tally.heard {
                let waits = tally.silent < tally.sent;
                return if waits { Turn::Wait } else { Turn::HoldBack(kind.why()) };
            }
        }
        Turn::Send
    }

    pub(super) fn sent(&mut self, probe: &Probe) {
        for kind in kinds(probe) {
            self.0.entry(kind).or_default().sent += 1;
        }
    }

    pub(super) fn landed(&mut self, probe: &Probe, observation: &Observation) {
        let fault = observation.fault().map(|fault| fault.fault);
        for kind in kinds(probe) {
            let tally = self.0.entry(kind).or_default();
            match fault {
                // It never left, so nobody could answer it.
                Some(FaultKind::Unsendable) => tally.sent -= 1,
                Some(FaultKind::Timeout | FaultKind::ConnectTimeout) => tally.silent += 1,
                _ => tally.heard = true,
            }
        }
    }
}

impl Kind {
    const fn why(self) -> &'static str {
        match self {
            Self::Any => "No request was answered in time, so more of them would show nothing.",
            Self::Keyed => {
                "No request with a key was answered in time, so more of them would show nothing."
            }
            Self::Like(..) => {
                "No request with a key in this header was answered in time by this version of the API, so more of them would show nothing."
            }
        }
    }
}

/// The kinds that a probe is of, the widest first.
fn kinds(probe: &Probe) -> impl Iterator<Item = Kind> {
    let keyed = probe.credential != Credential::None;
    let narrow = [Kind::Keyed, Kind::Like(probe.variant.id, probe.endpoint.version)];
    std::iter::once(Kind::Any).chain(narrow.into_iter().filter(move |_| keyed))
}
