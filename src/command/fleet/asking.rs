//! The loop over the keys of a fleet: who is asked next, and what becomes of the answers.

mod again;
mod looks;

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};
use futures_util::future::{Either, select};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::progress::Progress;
use super::results::Earlier;
use super::tell;
use super::work::{Candidate, Event};
use crate::cli::FleetArgs;
use crate::command::output::Lines;
use crate::config::Keys;
use crate::config::roster::Listed;
use crate::doctor::{Glance, glance};
use crate::fleet::{Decided, Guard, Tally};
use crate::judge::requirements::Requirements;
use crate::key::ApiKey;
use crate::record::cause::Cause;
use crate::record::facts::EndedBy;
use crate::redact::Redactor;
use crate::run::{Lab, ended};
use looks::{Looks, Stage};

/// Keys that are examined at a time: each takes many requests, and memory for its redactor.
const EXAMINED_AT_ONCE: usize = 4;
/// Keys that wait until another one is seen to work: one that does is the control of those that don't.
const MOST_WAITING: usize = 200;

/// What is under way. Each is a task of its own: while answers are judged, other requests are sent.
type Work = JoinSet<anyhow::Result<Event>>;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Every key was asked.
    Done,
    /// From outside.
    Ended(EndedBy),
    /// The controls changed.
    Stopped,
    /// Nobody reads standard output any more.
    Unread,
}

/// A fleet that is being asked.
pub(super) struct Asking<'a> {
    lab: Arc<Lab>,
    /// The same for every key: a control that the user named.
    given: Keys,
    requirements: Requirements,
    /// One request is enough for a key that works.
    glances: bool,
    /// What HeyGen says of the key is asked as well.
    described: bool,
    listed: Box<dyn Iterator<Item = Listed> + 'a>,
    earlier: &'a Earlier,
    sink: &'a Lines,
    /// Knows secrets by their look alone.
    by_look: Redactor,
    tally: Tally,
    progress: Progress,
    guard: Guard,
    /// The last key that was seen to work.
    working: Option<ApiKey>,
    waiting: VecDeque<Candidate>,
    /// What was decided since the last good look at the controls.
    since: Vec<(Candidate, Decided)>,
    /// Keys that were asked while the controls were not good.
    again: VecDeque<Candidate>,
    looks: Looks,
    glancing: usize,
    examining: usize,
    is_read_to_its_end: bool,
    end: Option<End>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(
        args: &FleetArgs,
        lab: Arc<Lab>,
        given: Keys,
        listed: Box<dyn Iterator<Item = Listed> + 'a>,
        (earlier, sink): (&'a Earlier, &'a Lines),
        tally: Tally,
        progress: Progress,
    ) -> Self {
        Self {
            lab,
            given,
            requirements: args.requirements.requirements(),
            glances: args.glances(),
            described: args.describes(),
            listed,
            earlier,
            sink,
            by_look: Redactor::new(&[], &[], &[]),
            tally,
            progress,
            guard: Guard::default(),
            working: None,
            waiting: VecDeque::new(),
            since: Vec::new(),
            again: VecDeque::new(),
            looks: Looks { stage: Stage::Looking, called: true, ..Looks::default() },
            glancing: 0,
            examining: 0,
            is_read_to_its_end: false,
            end: None,
        }
    }

    /// Asks with every key.
    pub(super) async fn run(&mut self, deadline: Instant) -> anyhow::Result<End> {
        let mut work = Work::new();
        loop {
            self.begin(&mut work);
            if let Some(end) = self.end {
                return Ok(end);
            }
            let ended = ended(deadline, &self.lab.interrupt);
            let next = match select(pin!(work.join_next()), pin!(ended)).await {
                Either::Left((next, _)) => next,
                Either::Right((by, _)) => return Ok(End::Ended(by)),
            };
            match next {
                Some(Ok(event)) => self.take(event?, &mut work)?,
                Some(Err(failed)) => resume_unwind(failed.into_panic()),
                None => return Ok(End::Done),
            }
        }
    }

    /// What all keys come to.
    pub(super) fn finish(self) -> Tally {
        self.tally
    }

    /// Begins as much as may be under way.
    fn begin(&mut self, work: &mut Work) {
        if self.is_time_to_look() {
            self.look(work);
        }
        if self.looks.stage != Stage::Open {
            return;
        }
        while self.glancing < self.lab.site.concurrency && self.waiting.len() < MOST_WAITING {
            let Some(candidate) = self.next_candidate() else { break };
            self.glance(candidate, work);
        }
        while self.examining < EXAMINED_AT_ONCE && self.may_examine() {
            let Some(candidate) = self.waiting.pop_front() else { break };
            self.examine(candidate, work);
        }
        if work.is_empty() && !self.since.is_empty() {
            self.look(work);
        }
    }

    /// The next key that isn't decided yet.
    fn next_candidate(&mut self) -> Option<Candidate> {
        if let Some(candidate) = self.again.pop_front() {
            return Some(candidate);
        }
        loop {
            let Some(listed) = self.listed.next() else {
                self.is_read_to_its_end = true;
                return None;
            };
            let candidate = match Candidate::new(&listed) {
                Ok(candidate) => candidate,
                Err(line) => {
                    self.tally.unreadable += 1;
                    self.progress.aside(|| tell(&line));
                    continue;
                }
            };
            let earlier = self.earlier.of(&candidate.name, candidate.fingerprint.as_deref());
            let Some(decided) = earlier else {
                let spent = self.earlier.spent(&candidate.name, candidate.fingerprint.as_deref());
                return Some(Candidate { spent, ..candidate });
            };
            if decided.cause == Cause::Healthy && self.working.is_none() {
                self.working = candidate.keyring.used().cloned();
            }
            // Its requests are counted already.
            self.tally.add(&Decided { requests: 0, ..decided });
        }
    }

    fn glance(&mut self, candidate: Candidate, work: &mut Work) {
        self.glancing += 1;
        self.looks.asked += 1;
        let (lab, glances, described) = (Arc::clone(&self.lab), self.glances, self.described);
        let keys = Keys { keyring: candidate.keyring.clone(), ..self.given.clone() };
        work.spawn(async move {
            let glance = if glances {
                Box::pin(glance(&lab, keys, described)).await
            } else {
                Glance::default()
            };
            Ok(Event::Glanced(Box::new(Candidate { glance, ..candidate })))
        });
    }

    /// A key that works is waited for: it is the control of those that don't.
    fn may_examine(&self) -> bool {
        self.working.is_some()
            || self.given.known_good.is_some()
            || !self.glances
            || self.waiting.len() >= MOST_WAITING
            || (self.is_read_to_its_end && self.glancing == 0)
    }

    fn examine(&mut self, candidate: Candidate, work: &mut Work) {
        self.examining += 1;
        let lab = Arc::clone(&self.lab);
        let (given, requirements) = (self.given.clone(), self.requirements.clone());
        let working = self.working.clone();
        work.spawn(async move {
            let examined = candidate.examined(&lab, &given, working, &requirements).await?;
            Ok(Event::Examined(Box::new(examined)))
        });
    }

    fn take(&mut self, event: Event, work: &mut Work) -> anyhow::Result<()> {
        match event {
            Event::Glanced(candidate) => self.glanced(*candidate, work),
            Event::Examined(examined) => {
                self.examining -= 1;
                let it = *examined;
                self.tally.requests += it.controls;
                if it.requests > 0 && self.looks.is_void(Some(it.began_at)) {
                    self.put_back(it.candidate, it.requests);
                    return Ok(());
                }
                self.looks.called |= it.is_control_refused;
                let Some(decided) = it.decided else { return Ok(()) };
                if decided.cause == Cause::Healthy {
                    self.works(&it.candidate.keyring);
                }
                self.stop_elsewhere(&decided);
                self.decide(it.candidate, decided, &it.redactor)
            }
            Event::Looked(pauses, seen, good) => self.looked(pauses, (&seen, &good), work),
            Event::Rested => {
                self.looks.stage = Stage::Looking;
                self.look(work);
                Ok(())
            }
        }
    }

    fn glanced(&mut self, mut candidate: Candidate, work: &mut Work) -> anyhow::Result<()> {
        self.glancing -= 1;
        let &Glance { requests, controls, sent_at, is_blocked, .. } = &candidate.glance;
        self.tally.requests += controls;
        if self.looks.is_void(sent_at) {
            self.put_back(candidate, requests);
            return Ok(());
        }
        let is_one_more = is_blocked && !std::mem::replace(&mut candidate.was_blocked, true);
        if let Some(decided) = candidate.decided() {
            self.works(&candidate.keyring);
            let by_look = self.by_look.clone();
            self.decide(candidate, decided, &by_look)?;
        } else {
            self.looks.doubt(requests > 0);
            self.waiting.push_back(candidate);
        }
        let trouble = is_one_more.then(|| self.guard.blocked()).flatten();
        trouble.map_or(Ok(()), |trouble| self.heed(trouble, 0, work))
    }

    fn write(&mut self, decided: &Decided, redactor: &Redactor) -> anyhow::Result<()> {
        let is_read = self.progress.aside(|| self.sink.push(redactor, decided))?;
        if !is_read {
            self.end = Some(End::Unread);
        }
        self.tally.add(decided);
        self.progress.show(&self.tally);
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}
