//! Sends the batches of a step, each in its manner, until done, interrupted, or out of time.

use std::iter::Peekable;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::Instant;

use super::exchange::{UNSENDABLE, moment};
use super::interrupt::Interrupt;
use super::patience::{Patience, Turn};
use super::progress::Bar;
use super::{Exchange, interrupt};
use crate::plan::{Batch, Manner, Probe, Step};
use crate::record::facts::{EndedBy, NotSent, Reason, Unanswered};
use crate::record::observation::Observation;
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
    /// What was under way when the run ended.
    pub unanswered: Vec<Unanswered>,
    /// What ended it early.
    pub ended_by: Option<EndedBy>,
    /// What was taken out of the answers.
    pub ledger: Ledger,
}

/// A step under way.
struct UnderWay<'r, G> {
    run: &'r Run<'r>,
    guard: &'r mut G,
    patience: &'r mut Patience,
    seen: Vec<(usize, Observation)>,
    end: StepEnd,
}

/// How the probes of a batch follow each other.
#[derive(Clone, Copy)]
struct Way {
    /// How many may be under way.
    together: usize,
    /// Whether each has a connection of its own.
    fresh: bool,
    /// Whether they belong together, so that none waits for what comes of another.
    at_once: bool,
}

impl Way {
    const fn of(together: usize) -> Self {
        Self { together, fresh: false, at_once: false }
    }
}

/// A request that has not come back yet.
struct Flight<'p> {
    number: usize,
    probe: &'p Probe,
    begun_at: DateTime<Utc>,
}

impl Run<'_> {
    /// Sends a step.
    pub async fn step<G: Guard>(
        &self,
        step: &Step,
        guard: &mut G,
        patience: &mut Patience,
    ) -> StepEnd {
        let (seen, end) = (Vec::new(), StepEnd::default());
        let mut under_way = UnderWay { run: self, guard, patience, seen, end };
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
                let why = "No request was answered, so repeating it shows nothing.";
                for (_, probe) in probes {
                    under_way.hold_back(probe, Reason::Unanswered, why);
                }
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
            Manner::Together => self.send(probes, Way::of(together)).await,
            Manner::Burst => {
                self.send(probes, Way { at_once: true, ..Way::of(probes.len()) }).await;
            }
            Manner::Fresh => self.send(probes, Way { fresh: true, ..Way::of(1) }).await,
            Manner::After(wait) => {
                if self.wait(Instant::now() + wait).await {
                    self.send(probes, Way::of((together / 2).max(1))).await;
                }
            }
            Manner::Paced(interval) => self.paced(probes, interval).await,
        }
    }

    /// Whether many requests were sent and not one was answered: repeating them shows nothing.
    fn reaches_nobody(&self) -> bool {
        self.seen.len() >= ENOUGH && self.seen.iter().all(|(_, seen)| seen.fault().is_some())
    }

    fn hold_back(&mut self, probe: &Probe, reason: Reason, why: &str) {
        self.end.not_sent.push(NotSent::new(probe.id.0.clone(), reason, why));
    }

    async fn paced(&mut self, probes: &[(usize, &Probe)], interval: Duration) {
        let mut due = Instant::now();
        for probe in probes {
            if let Turn::HoldBack(why) = self.patience.turn(probe.1) {
                self.hold_back(probe.1, Reason::Unanswered, why);
                continue;
            }
            if !self.wait(due).await {
                return;
            }
            due = Instant::now() + interval;
            self.send(&[*probe], Way::of(1)).await;
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

    async fn send(&mut self, probes: &[(usize, &Probe)], way: Way) {
        let exchange = self.run.exchange;
        let mut queue = probes.iter().copied().peekable();
        let mut flying = FuturesUnordered::new();
        let mut flights: Vec<Flight<'_>> = Vec::new();
        loop {
            while flying.len() < way.together {
                let may_wait = !way.at_once && !flying.is_empty();
                let Some((number, probe)) = self.due(&mut queue, may_wait) else { break };
                flights.push(Flight { number, probe, begun_at: moment() });
                flying.push(async move { (number, probe, exchange.send(probe, way.fresh).await) });
            }
            tokio::select! {
                biased;
                landed = flying.next() => match landed {
                    Some((number, probe, (observation, ledger))) => {
                        flights.retain(|flight| flight.number != number);
                        self.patience.landed(probe, &observation);
                        self.landed(number, observation, &ledger);
                    }
                    None => return,
                },
                ended = interrupt::ended(self.run.deadline, &self.run.interrupt) => {
                    self.end.ended_by = Some(ended);
                    self.cut_off(&flights);
                    return;
                }
            }
        }
    }

    /// The next probe to be sent now; what must not be sent is left out.
    fn due<'p>(
        &mut self,
        queue: &mut Peekable<impl Iterator<Item = (usize, &'p Probe)>>,
        may_wait: bool,
    ) -> Option<(usize, &'p Probe)> {
        while let Some((_, probe)) = queue.peek() {
            let forbidden = self.guard.forbids(probe);
            match (forbidden, self.patience.turn(probe)) {
                (Some(why), _) => self.hold_back(probe, Reason::Stopped, &why),
                (None, Turn::HoldBack(why)) => self.hold_back(probe, Reason::Unanswered, why),
                (None, Turn::Wait) if may_wait => return None,
                (None, Turn::Send | Turn::Wait) => {
                    self.patience.sent(probe);
                    return queue.next();
                }
            }
            queue.next();
        }
        None
    }

    fn landed(&mut self, number: usize, observation: Observation, ledger: &Ledger) {
        self.run.bar.landed();
        self.end.ledger.merge(ledger);
        self.guard.look(&observation);
        self.seen.push((number, observation));
    }

    /// What has not come back is told as well: a key that was sent was sent, answer or not.
    fn cut_off(&mut self, flights: &[Flight<'_>]) {
        for Flight { probe, begun_at, .. } in flights {
            if self.run.exchange.can_send(probe) {
                self.end.unanswered.push(Unanswered {
                    probe: probe.id.clone(),
                    endpoint: probe.endpoint.id.to_owned(),
                    method: "GET".to_owned(),
                    path: probe.path.clone(),
                    credential: probe.credential,
                    variant: probe.variant.id.to_owned(),
                    begun_at: *begun_at,
                });
            } else {
                self.hold_back(probe, Reason::Unsendable, &sentence(UNSENDABLE));
            }
        }
    }

    fn finish(mut self, step: &Step) -> StepEnd {
        self.seen.sort_by_key(|(number, _)| *number);
        let told = self.seen.len() + self.end.not_sent.len() + self.end.unanswered.len();
        let missing = step.requests().saturating_sub(told);
        self.end.observations = self.seen.into_iter().map(|(_, observation)| observation).collect();
        let unsent = self.end.observations.iter().filter(|observation| !observation.was_sent());
        let unsent = unsent.map(|observation| {
            NotSent::new(observation.probe.0.clone(), Reason::Unsendable, sentence(UNSENDABLE))
        });
        self.end.not_sent.extend(unsent);
        if missing > 0 {
            let why = format!("The run ended before {missing} more could be sent.");
            self.end.not_sent.push(NotSent::new("*", Reason::Ended, why));
        }
        self.end
    }
}

fn sentence(clause: &str) -> String {
    format!("{clause}.")
}
