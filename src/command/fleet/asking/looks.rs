//! The looks at the controls: as long as they stay the same, what is said of the keys holds.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Asking, End, Work, now};
use crate::command::fleet::work::Event;
use crate::fleet::{Decided, Look};
use crate::record::observation::Observation;

/// The controls are asked again after so many keys.
const KEYS_BETWEEN_LOOKS: usize = 100;
/// And after so long.
const TIME_BETWEEN_LOOKS: Duration = Duration::from_secs(30);
/// The wait after which controls that changed are asked once more.
const REST: Duration = Duration::from_secs(2);

/// The looks at the controls.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// When the last one was begun; before the first one no key is asked.
    pub(super) begun: Option<Instant>,
    /// One is under way, begun when so many keys were decided since the last good one.
    pub(super) under_way: Option<usize>,
    /// Keys that were asked since then.
    pub(super) asked: usize,
    /// Nothing new is begun until they are good again.
    pub(super) paused: bool,
    /// One is called for now.
    pub(super) called: bool,
}

impl Asking<'_> {
    pub(super) fn is_time_to_look(&self) -> bool {
        let looks = &self.looks;
        let is_late = looks.begun.is_some_and(|at| at.elapsed() >= TIME_BETWEEN_LOOKS);
        looks.under_way.is_none()
            && (looks.called || looks.asked >= KEYS_BETWEEN_LOOKS || (is_late && looks.asked > 0))
    }

    pub(super) fn look(&mut self, work: &mut Work) {
        let looks = &mut self.looks;
        (looks.begun, looks.under_way) = (Some(Instant::now()), Some(self.since.len()));
        (looks.asked, looks.called) = (0, false);
        let lab = Arc::clone(&self.lab);
        work.spawn(async move { Ok(Event::Looked(lab.controls().await)) });
    }

    pub(super) fn looked(
        &mut self,
        seen: &[(String, Observation)],
        work: &mut Work,
    ) -> anyhow::Result<()> {
        self.tally.requests += seen.iter().filter(|(_, seen)| !seen.shared).count();
        let before = self.looks.under_way.take().unwrap_or_default();
        match self.guard.look(seen) {
            Look::Good => {
                let was_paused = std::mem::take(&mut self.looks.paused);
                if was_paused {
                    // What was under way meanwhile met the same trouble.
                    self.withdraw()?;
                }
                self.since.drain(..before.min(self.since.len()));
            }
            Look::Pause(why) => {
                self.progress.say(&format!("warning: {why}. It is looked at again in 2 seconds."));
                self.looks.paused = true;
                self.withdraw()?;
                work.spawn(async {
                    sleep(REST).await;
                    Ok(Event::Rested)
                });
            }
            Look::End(why) => {
                self.withdraw()?;
                self.progress.say(&format!(
                    "error: {why}. The run ends here: more requests would show nothing, and could look like an attack.\n\nhint: Run `heygen-doctor check` with one of the keys; then go on with `--resume`."
                ));
                self.end = Some(End::Stopped);
            }
        }
        Ok(())
    }

    /// Claims nothing any more of the keys since the last good look: each gets a second line.
    fn withdraw(&mut self) -> anyhow::Result<()> {
        for decided in std::mem::take(&mut self.since) {
            self.tally.take_back(&decided);
            let withdrawn = Decided { decided_at: now(), ..decided.withdrawn() };
            let by_look = self.by_look.clone();
            self.write(&withdrawn, &by_look)?;
        }
        Ok(())
    }
}
