//! The looks at the controls: as long as they stay the same, what is said of the keys holds.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::{Instant, sleep};

use super::{Asking, End, Work, now};
use crate::command::fleet::work::Event;
use crate::fleet::{Decided, Guard, Look};
use crate::key::ApiKey;
use crate::key::source::Keyring;
use crate::record::cause::Cause;
use crate::record::observation::Observation;

/// The controls are asked again after so many keys.
const KEYS_BETWEEN_LOOKS: usize = 100;
/// And after so long.
const TIME_BETWEEN_LOOKS: Duration = Duration::from_secs(30);
/// The wait after which controls that changed are asked once more.
const REST: Duration = Duration::from_secs(2);
/// So many keys in a row that are not accepted call for a look.
const REFUSED_IN_A_ROW: usize = 3;
/// So many keys that are answered by something else, and none that works, end the run.
const ELSEWHERE: usize = 3;
/// Keys that worked and are asked again: one of them may have been deleted meanwhile.
const ASKED_AGAIN: usize = 2;

/// What may be begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// Everything.
    #[default]
    Open,
    /// A look, and nothing else until it shows that the controls are good.
    Looking,
    /// Nothing: the wait before they are asked again is not over.
    Resting,
}

/// The looks at the controls.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// When the last one was begun; before the first one no key is asked.
    pub(super) begun: Option<Instant>,
    /// One is under way, begun when so many keys were decided since the last good one.
    pub(super) under_way: Option<usize>,
    /// Keys that were asked since then.
    pub(super) asked: usize,
    /// What may be begun.
    pub(super) stage: Stage,
    /// So many times they were not good. A look that was begun before the last time shows nothing more.
    pub(super) pauses: usize,
    /// When they were good again. What was sent before that says nothing.
    pub(super) good_from: Option<DateTime<Utc>>,
    /// One is called for now.
    pub(super) called: bool,
    /// A key was not accepted since the last one.
    pub(super) doubted: bool,
    /// So many in a row were not.
    pub(super) in_a_row: usize,
    /// So many keys found that it isn't HeyGen's API that answers.
    pub(super) elsewhere: usize,
    /// The last keys that worked in this run.
    pub(super) worked: VecDeque<ApiKey>,
}

impl Looks {
    /// A key was not accepted. Where that happens again and again, it may not be a matter of the keys.
    pub(super) fn doubt(&mut self, was_asked: bool) {
        if !was_asked {
            return;
        }
        self.doubted = true;
        self.in_a_row += 1;
        self.called |= self.in_a_row == REFUSED_IN_A_ROW;
    }

    /// True for a key that was asked at a time when the controls were not good.
    pub(super) fn is_void(&self, sent_at: Option<DateTime<Utc>>) -> bool {
        sent_at.is_some_and(|at| {
            self.stage != Stage::Open || self.good_from.is_some_and(|from| at < from)
        })
    }
}

impl Asking<'_> {
    pub(super) fn is_time_to_look(&self) -> bool {
        let looks = &self.looks;
        let is_late = looks.begun.is_some_and(|at| at.elapsed() >= TIME_BETWEEN_LOOKS);
        looks.under_way.is_none()
            && looks.stage != Stage::Resting
            && (looks.called || looks.asked >= KEYS_BETWEEN_LOOKS || (is_late && looks.asked > 0))
    }

    pub(super) fn look(&mut self, work: &mut Work) {
        let looks = &mut self.looks;
        (looks.begun, looks.under_way) = (Some(Instant::now()), Some(self.since.len()));
        (looks.asked, looks.called) = (0, false);
        let pauses = looks.pauses;
        let is_doubted = std::mem::take(&mut looks.doubted);
        let worked = if is_doubted { looks.worked.clone() } else { VecDeque::new() };
        let lab = Arc::clone(&self.lab);
        work.spawn(async move {
            let seen = lab.controls().await;
            let worked = if Guard::trusts(&seen) { worked } else { VecDeque::new() };
            Ok(Event::Looked(pauses, seen, lab.asked_again(worked).await))
        });
    }

    /// A key that works is the control of those that don't, and is asked again when they are in doubt.
    pub(super) fn works(&mut self, keyring: &Keyring) {
        self.working = keyring.used().cloned();
        self.looks.in_a_row = 0;
        self.looks.worked.extend(self.working.clone());
        if self.looks.worked.len() > ASKED_AGAIN {
            self.looks.worked.pop_front();
        }
    }

    pub(super) fn looked(
        &mut self,
        pauses: usize,
        (seen, good): (&[(String, Observation)], &[Observation]),
        work: &mut Work,
    ) -> anyhow::Result<()> {
        let sent = seen.iter().filter(|(_, seen)| !seen.shared).count();
        self.tally.requests += sent + good.len();
        if pauses < self.looks.pauses {
            return Ok(());
        }
        let before = self.looks.under_way.take().unwrap_or_default();
        let look = self.guard.look(seen, good);
        self.heed(look, before, work)
    }

    /// Goes on, waits, or ends; so many keys were decided when the look was begun.
    pub(super) fn heed(
        &mut self,
        look: Look,
        before: usize,
        work: &mut Work,
    ) -> anyhow::Result<()> {
        match look {
            Look::Good => {
                if std::mem::take(&mut self.looks.stage) != Stage::Open {
                    self.looks.good_from = Some(now());
                    self.lab.hold(false);
                }
                self.since.drain(..before.min(self.since.len()));
            }
            Look::Pause(why) => {
                self.lab.hold(true);
                self.progress.say(&format!("warning: {why}. It is looked at again in 2 seconds."));
                let looks = &mut self.looks;
                (looks.stage, looks.doubted) = (Stage::Resting, true);
                (looks.pauses, looks.under_way, looks.in_a_row) = (looks.pauses + 1, None, 0);
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

    /// Ends the run where HeyGen's API isn't what answers: nobody else is to get more keys. Where some keys
    /// work, that is a matter of the others.
    pub(super) fn stop_elsewhere(&mut self, decided: &Decided) {
        self.looks.elsewhere += usize::from(decided.cause == Cause::WrongHost);
        if self.looks.elsewhere < ELSEWHERE || !self.looks.worked.is_empty() {
            return;
        }
        self.progress.say(
            "error: What answers isn't HeyGen's API, so no more keys are sent there.\n\nhint: Look at the base URL: `heygen-doctor check` with one of the keys tells what answers.",
        );
        self.end = Some(End::Stopped);
    }
}
