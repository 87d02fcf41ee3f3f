//! Sends the batches of a step, each in its manner, until done, interrupted, or out of time.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::Instant;

use super::interrupt::Interrupt;
use super::progress::Bar;
use super::{Exchange, interrupt};
use crate::facts::{EndedBy, NotSent};
use crate::observation::Observation;
use crate::plan::{Batch, Manner, Step};
use crate::probe::Probe;
use crate::redact::Ledger;

/// So many requests without any answer are enough.
const ENOUGH: usize = 30;

/// Sends steps.
#[derive(Debug)]
pub struct Run<'a> {
    /// Sends one probe.
    pub exchange: &'a Exchange,
    /// How many may be in flight.
    pub concurrency: usize,
    /// When the run has to be over.
    pub deadline: Instant,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    /// What is shown meanwhile.
    pub bar: Bar,
}

/// Says when the key must not be sent any more, from what was seen.
pub trait Guard {
    /// Looks at one more observation.
    fn look(&mut self, observation: &Observation);

    /// Why this probe must not be sent any more, if so.
    fn forbids(&self, probe: &Probe) -> Option<String>;
}

/// What a step came to.
#[derive(Debug, Default)]
pub struct StepEnd {
    /// In the order of the plan.
    pub observations: Vec<Observation>,
    /// What was planned and not sent.
    pub not_sent: Vec<NotSent>,
    /// What ended it early.
    pub ended_by: Option<EndedBy>,
    /// What was taken out of the answers.
    pub ledger: Ledger,
}

/// A step under way.
struct UnderWay<'r, G> {
    run: &'r Run<'r>,
    guard: &'r mut G,
    seen: Vec<(usize, Observation)>,
    end: StepEnd,
}

impl Run<'_> {
    /// Sends a step.
    pub async fn step<G: Guard>(&self, step: &Step, guard: &mut G) -> StepEnd {
        let mut under_way =
            UnderWay { run: self, guard, seen: Vec::new(), end: StepEnd::default() };
        self.bar.expect(step.requests());
        let mut number = 0;
        for batch in &step.batches {
            let probes: Vec<(usize, &Probe)> =
                batch.probes.iter().enumerate().map(|(i, probe)| (number + i, probe)).collect();
            number += probes.len();
            if under_way.end.ended_by.is_some() {
                continue;
            }
            if under_way.reaches_nobody() {
                under_way.hold_back(&probes);
            } else {
                under_way.batch(batch, &probes).await;
            }
        }
        under_way.finish(step)
    }
}

impl<G: Guard> UnderWay<'_, G> {
    async fn batch(&mut self, batch: &Batch, probes: &[(usize, &Probe)]) {
        let together = self.run.concurrency;
        match batch.manner {
            Manner::Together => self.send(probes, together, false).await,
            Manner::Burst => self.send(probes, probes.len(), false).await,
            Manner::Fresh => self.send(probes, 1, true).await,
            Manner::After(wait) => {
                if self.wait(Instant::now() + wait).await {
                    self.send(probes, (together / 2).max(1), false).await;
                }
            }
            Manner::Paced(interval) => self.paced(probes, interval).await,
        }
    }

    /// Whether many requests were sent and not one was answered: repeating them shows nothing.
    fn reaches_nobody(&self) -> bool {
        self.seen.len() >= ENOUGH && self.seen.iter().all(|(_, seen)| seen.fault().is_some())
    }

    fn hold_back(&mut self, probes: &[(usize, &Probe)]) {
        let why = "No request was answered, so repeating it shows nothing.";
        self.end.not_sent.extend(
            probes.iter().map(|(_, probe)| NotSent { probe: probe.id.0.clone(), why: why.into() }),
        );
    }

    async fn paced(&mut self, probes: &[(usize, &Probe)], interval: Duration) {
        let mut due = Instant::now();
        for probe in probes {
            if !self.wait(due).await {
                return;
            }
            due = Instant::now() + interval;
            self.send(&[*probe], 1, false).await;
        }
    }

    /// Waits until a moment; false when the run ended first.
    async fn wait(&mut self, until: Instant) -> bool {
        tokio::select! {
            biased;
            ended = interrupt::ended(self.run.deadline, &self.run.interrupt) => {
                self.end.ended_by = Some(ended);
                false
            }
            () = tokio::time::sleep_until(until) => true,
        }
    }

    async fn send(&mut self, probes: &[(usize, &Probe)], limit: usize, fresh: bool) {
        let exchange = self.run.exchange;
        let mut queue = probes.iter();
        let mut flying = FuturesUnordered::new();
        loop {
            while self.end.ended_by.is_none() && flying.len() < limit {
                let Some((number, probe)) = queue.next() else { break };
                if self.may_send(probe) {
                    flying.push(async move { (*number, exchange.send(probe, fresh).await) });
                }
            }
            tokio::select! {
                biased;
                landed = flying.next() => match landed {
                    Some((number, (observation, ledger))) => self.landed(number, observation, &ledger),
                    None => return,
                },
                ended = interrupt::ended(self.run.deadline, &self.run.interrupt) => {
                    self.end.ended_by = Some(ended);
                    return;
                }
            }
        }
    }

    fn may_send(&mut self, probe: &Probe) -> bool {
        let Some(why) = self.guard.forbids(probe) else { return true };
        self.end.not_sent.push(NotSent { probe: probe.id.0.clone(), why });
        false
    }

    fn landed(&mut self, number: usize, observation: Observation, ledger: &Ledger) {
        self.run.bar.landed();
        self.end.ledger.merge(ledger);
        self.guard.look(&observation);
        self.seen.push((number, observation));
    }

    fn finish(mut self, step: &Step) -> StepEnd {
        self.seen.sort_by_key(|(number, _)| *number);
        self.end.observations = self.seen.into_iter().map(|(_, observation)| observation).collect();
        if self.end.ended_by.is_some() {
            let missing = step.requests() - self.end.observations.len() - self.end.not_sent.len();
            self.end.not_sent.push(NotSent {
                probe: "*".into(),
                why: format!("The run ended before {missing} more could be answered."),
            });
        }
        self.end
    }
}
