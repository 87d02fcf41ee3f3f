//! Ends keyed probing before it looks like credential stuffing.

use std::collections::BTreeMap;

use crate::plan::Probe;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::{Credential, variant};
use crate::run::Guard;

/// How many blocks at the edge end keyed probing under one user agent.
const MOST_BLOCKS: usize = 3;

/// How the sentence begins that says why keyed probing ended early.
const STOPPED: &str = "Keyed probing stopped";

/// Watches for edge blocks, and for controls that change their answer.
#[derive(Debug, Default)]
pub struct Watch {
    blocks: BTreeMap<Option<&'static str>, usize>,
    controls: BTreeMap<(String, String, Credential), Class>,
    changed: bool,
}

impl Guard for Watch {
    fn look(&mut self, observation: &Observation) {
        let class = observation.class;
        if class == Class::EdgeBlock {
            *self.blocks.entry(agent(&observation.variant)).or_default() += 1;
        }
        let is_control = matches!(observation.credential, Credential::None | Credential::MadeUp);
        if is_control
            && matches!(
                class,
                Class::Ok | Class::Unauthenticated | Class::EdgeBlock | Class::Suspended
            )
        {
            let question =
                (observation.endpoint.clone(), observation.variant.clone(), observation.credential);
            let first = *self.controls.entry(question).or_insert(class);
            self.changed |= first != class;
        }
    }

    fn forbids(&self, probe: &Probe) -> Option<String> {
        if matches!(probe.credential, Credential::None | Credential::MadeUp) {
            return None;
        }
        self.stopped(probe.variant.user_agent)
    }
}

impl Watch {
    /// Why nothing keyed is sent any more under this user agent, if so.
    #[must_use]
    pub fn stopped(&self, agent: Option<&'static str>) -> Option<String> {
        let blocks = self.blocks.get(&agent).copied().unwrap_or(0);
        if blocks >= MOST_BLOCKS {
            Some(format!(
                "{STOPPED}: {MOST_BLOCKS} requests were refused in another form than the API's."
            ))
        } else if self.changed {
            Some(format!("{STOPPED}: a control was answered differently than before."))
        } else {
            None
        }
    }
}

fn agent(id: &str) -> Option<&'static str> {
    variant::find(id).and_then(|variant| variant.user_agent)
}
