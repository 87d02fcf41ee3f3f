//! Controls that are asked once for all keys of a lab that need the same one.

use chrono::TimeDelta;
use tokio::time::Instant;

use super::Exchange;
use crate::plan::Probe;
use crate::record::observation::Observation;
use crate::record::probe::{Credential, ProbeId};
use crate::redact::Ledger;

/// A question that keys have in common: the same probe, with the same made-up key if any.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Control {
    probe: ProbeId,
    made_up: Option<String>,
}

impl Control {
    /// It is asked with a made-up key.
    pub(super) const fn has_key(&self) -> bool {
        self.made_up.is_some()
    }
}

impl Exchange<'_> {
    /// The answer to this probe, where it is known from another key's examination.
    pub(super) fn known(&self, probe: &Probe) -> Option<Observation> {
        let known = self.lab.control(self.control(probe)?).known()?;
        Some(self.taken_over(known))
    }

    /// Sends a probe, unless it is a control that is being asked for another key.
    pub(super) async fn ask(
        &self,
        probe: &Probe,
        fresh: bool,
        limit: Instant,
    ) -> (Observation, Ledger) {
        let Some(control) = self.control(probe) else {
            return self.send(probe, fresh, limit).await;
        };
        let mut own = None;
        let asked = async {
            let (observation, ledger) = self.send(probe, fresh, limit).await;
            own = Some(ledger);
            observation
        };
        let observation = self.lab.control(control).get(asked, lasts).await;
        match own {
            Some(ledger) => (observation, ledger),
            None => (self.taken_over(observation), Ledger::default()),
        }
    }

    pub(super) fn control(&self, probe: &Probe) -> Option<Control> {
        let made_up = match probe.credential {
            Credential::None => None,
            Credential::MadeUp if self.subject.shares_made_up => {
                Some(self.subject.made_up.fingerprint())
            }
            _ => return None,
        };
        // Repeats, which have a fourth part in their id, show whether anything changed meanwhile.
        (probe.id.0.matches('/').count() == 2).then(|| Control { probe: probe.id.clone(), made_up })
    }

    /// An answer that another key's examination got, on this examination's clock.
    fn taken_over(&self, seen: Observation) -> Observation {
        let since: TimeDelta = seen.sent_at - self.started_at;
        let mut seen = Observation { shared: true, ..seen };
        seen.timing_ms.start = since.as_seconds_f64() * 1000.0;
        seen
    }
}

/// True for an answer that speaks for keys that are asked later: a fault, a limit, or an error of
/// the server's may be gone by then.
pub(super) fn lasts(observation: &Observation) -> bool {
    observation.status().is_some_and(|status| status < 500 && status != 429)
}
