//! Keys that are decided, and those of which nothing is claimed any more: they are asked again.

use super::{Asking, now};
use crate::command::fleet::work::Candidate;
use crate::doctor::Glance;
use crate::fleet::Decided;
use crate::redact::Redactor;

impl Asking<'_> {
    pub(super) fn decide(
        &mut self,
        candidate: Candidate,
        decided: Decided,
        redactor: &Redactor,
    ) -> anyhow::Result<()> {
        let decided = Decided { decided_at: now(), ..decided };
        if let Some(withdrawn) = &candidate.withdrawn {
            self.tally.take_back(withdrawn);
            self.tally.requests += withdrawn.requests;
        }
        // They are counted already, and again with this line.
        self.tally.requests -= candidate.spent;
        self.write(&decided, redactor)?;
        let candidate = Candidate { glance: Glance::default(), withdrawn: None, ..candidate };
        self.since.push((candidate, decided));
        Ok(())
    }

    /// Claims nothing any more of the keys since the last good look: each gets a second line, and is asked
    /// again once the controls are good.
    pub(super) fn withdraw(&mut self) -> anyhow::Result<()> {
        for (candidate, decided) in std::mem::take(&mut self.since) {
            self.tally.take_back(&decided);
            let withdrawn = Decided { decided_at: now(), ..decided.withdrawn() };
            let by_look = self.by_look.clone();
            self.write(&withdrawn, &by_look)?;
            let spent = withdrawn.requests;
            self.again.push_back(Candidate { spent, withdrawn: Some(withdrawn), ..candidate });
        }
        Ok(())
    }

    /// What so many requests with a key showed is void: it is asked again.
    pub(super) fn put_back(&mut self, candidate: Candidate, requests: usize) {
        self.tally.requests += requests;
        let spent = candidate.spent + requests;
        self.again.push_back(Candidate { spent, glance: Glance::default(), ..candidate });
    }
}
