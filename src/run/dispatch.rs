//! Sends the batches of a step, each in its manner, until done, interrupted, or out of time.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::{Either, select};
use futures_util::stream::FuturesUnordered;
use tokio::time::{Instant, sleep_until};

use super::exchange::{Exchange, UNSENDABLE, moment};
use super::gate::{Gate, Turn};
use super::interrupt;
use super::pace::Leave;
use super::progress::{Event, Listener};
use super::way::Way;
use super::woken::{Woken, woken};
use crate::plan::{Batch, Manner, Probe, Step};
use crate::record::class::Class;
use crate::record::facts::{EndedBy, NotSent, Reason, Unanswered};
use crate::record::observation::Observation;
use crate::record::probe::Wire;
use crate::redact::Ledger;
use crate::transport::millis;

/// Lateness under this is not told.
const LATE: Duration = Duration::from_millis(1);

/// Sends the steps of one examination.
pub(crate) struct Run<'a> {
    /// Sends one probe.
    pub(crate) exchange: &'a Exchange<'a>,
    /// When the run has to be over.
    pub(crate) deadline: Instant,
    /// Who is told of it.
    pub(crate) listener: Listener<'a>,
}

/// The result of a step.
#[derive(Debug, Default)]
pub(crate) struct StepEnd {
    /// In the order of the plan.
    pub(crate) observations: Vec<Observation>,
    /// Planned and not sent, with the reason.
    pub(crate) not_sent: Vec<NotSent>,
    /// Under way when the run ended.
    pub(crate) unanswered: Vec<Unanswered>,
    /// Deadline or interrupt, if one ended it early.
    pub(crate) ended_by: Option<EndedBy>,
    /// The secrets that were taken out of the answers.
    pub(crate) ledger: Ledger,
}

/// A step under way.
struct UnderWay<'r> {
    run: &'r Run<'r>,
    gate: &'r mut Gate,
    seen: Vec<(usize, Observation)>,
    end: StepEnd,
}

/// A probe that is to be sent.
#[derive(Clone, Copy)]
struct Waiting<'p> {
    /// Its place in the plan.
    number: usize,
    probe: &'p Probe,
    /// Not before this moment.
    due: Option<Instant>,
}

/// A request that has not come back yet.
struct Flight<'p> {
    number: usize,
    probe: &'p Probe,
    begun_at: DateTime<Utc>,
}

impl Run<'_> {
    /// Sends a step.
    pub(crate) async fn step(&self, step: &Step, gate: &mut Gate) -> StepEnd {
        let mut under_way = UnderWay { run: self, gate, seen: Vec::new(), end: StepEnd::default() };
        (self.listener)(Event::Planned(step.requests()));
        let mut number = 0;
        for batch in &step.batches {
            if under_way.end.ended_by.is_none() {
                under_way.batch(batch, number).await;
            }
            number += batch.probes.len();
        }
        under_way.finish(step)
    }

    /// Waits until a probe is due, and until the lab's pace lets it go.
    async fn leave(&self, due: Option<Instant>, requests: usize) -> Leave<'_> {
        if let Some(due) = due {
            sleep_until(due).await;
        }
        self.exchange.lab.pace.leave(requests).await
    }

    /// Sends a probe; says how late that was.
    async fn sent(&self, it: Waiting<'_>, fresh: bool, limit: Instant) -> (Observation, Ledger) {
        let late = it.due.map(|due| due.elapsed()).filter(|late| *late >= LATE);
        let (mut observation, ledger) = self.exchange.ask(it.probe, fresh, limit).await;
        observation.timing_ms.late = late.map(millis);
        (observation, ledger)
    }
}

impl<'r> UnderWay<'r> {
    async fn batch(&mut self, batch: &Batch, first: usize) {
        let together = self.run.exchange.lab.site.concurrency;
        let probes = batch.probes.iter().enumerate();
        let mut queue: Vec<Waiting<'_>> =
            probes.map(|(at, probe)| Waiting { number: first + at, probe, due: None }).collect();
        let way = match batch.manner {
            Manner::Together => {
                queue.sort_by_key(|waiting| starts(waiting.probe));
                Way::of(together)
            }
            Manner::Fresh => Way { fresh: true, ..Way::of(1) },
            Manner::After(wait) => {
                if !self.wait(wait).await {
                    return;
                }
                Way::of((together / 2).max(1))
            }
            Manner::Timed(pattern) => {
                let began = Instant::now();
                for (number, waiting) in queue.iter_mut().enumerate() {
                    waiting.due = Some(began + pattern.due(number));
                }
                Way::timed(pattern, together, queue.len())
            }
        };
        self.send(queue.into(), way).await;
    }

    /// Waits; false when the run ended first.
    async fn wait(&mut self, wait: Duration) -> bool {
        let run = self.run;
        let ended = interrupt::ended(run.deadline, &run.exchange.lab.interrupt);
        match select(pin!(ended), pin!(tokio::time::sleep(wait))).await {
            Either::Left((ended, _)) => {
                self.end.ended_by = Some(ended);
                false
            }
            Either::Right(_) => true,
        }
    }

    async fn send(&mut self, mut queue: VecDeque<Waiting<'_>>, way: Way) {
        let run = self.run;
        let mut flying = FuturesUnordered::new();
        let mut flights: Vec<Flight<'_>> = Vec::new();
        let mut leave = Leave::default();
        let mut asked: Option<Pin<Box<dyn Future<Output = Leave<'r>> + Send + 'r>>> = None;
        loop {
            let may_wait = !way.at_once && !flying.is_empty();
            let next = self.next(&mut queue, may_wait).filter(|_| flying.len() < way.together);
            if let Some(waiting) = next {
                if let Some(known) = run.exchange.known(waiting.probe) {
                    queue.pop_front();
                    self.gate.sent(waiting.probe);
                    self.landed(waiting, known, &Ledger::default());
                    continue;
                }
                let is_due = waiting.due.is_none_or(|due| due <= Instant::now());
                if let Some(permit) = is_due.then(|| leave.take()).flatten() {
                    queue.pop_front();
                    self.gate.sent(waiting.probe);
                    let Waiting { number, probe, .. } = waiting;
                    flights.push(Flight { number, probe, begun_at: moment() });
                    let limit = run.limit(self.gate.hangs());
                    flying.push(async move {
                        let sent = run.sent(waiting, way.fresh, limit).await;
                        drop(permit);
                        (waiting, sent)
                    });
                    continue;
                }
                let at_a_time = if way.at_once { of_one_moment(&queue) } else { 1 };
                asked.get_or_insert_with(|| Box::pin(run.leave(waiting.due, at_a_time)));
            } else if flying.is_empty() {
                return;
            }
            let ended = interrupt::ended(run.deadline, &run.exchange.lab.interrupt);
            match woken(&mut flying, ended, asked.as_mut()).await {
                Woken::Landed((waiting, (observation, ledger))) => {
                    flights.retain(|flight| flight.number != waiting.number);
                    if way.until_limited && observation.class == Class::RateLimited {
                        self.end_at_limit(&mut queue);
                    }
                    self.landed(waiting, observation, &ledger);
                }
                Woken::Ended(by) => {
                    self.end.ended_by = Some(by);
                    self.cut_off(&flights);
                    return;
                }
                Woken::Given(given) => (asked, leave) = (None, given),
            }
        }
    }

    /// The next probe that may be sent now; what must not be sent is left out.
    fn next<'p>(
        &mut self,
        queue: &mut VecDeque<Waiting<'p>>,
        may_wait: bool,
    ) -> Option<Waiting<'p>> {
        while let Some(waiting) = queue.front() {
            match self.gate.turn(waiting.probe, self.run.is_spent()) {
                Turn::HoldBack(why) => {
                    self.leave_out(&waiting.probe.id.0, why.reason(), why.sentence());
                }
                Turn::Wait if may_wait => return None,
                Turn::Send | Turn::Wait => return Some(*waiting),
            }
            queue.pop_front();
        }
        None
    }

    fn landed(&mut self, waiting: Waiting<'_>, observation: Observation, ledger: &Ledger) {
        self.gate.landed(waiting.probe, &observation);
        (self.run.listener)(Event::Landed(&observation));
        self.end.ledger.merge(ledger);
        self.seen.push((waiting.number, observation));
    }

    /// More of them would only be refused as well.
    fn end_at_limit(&mut self, queue: &mut VecDeque<Waiting<'_>>) {
        for left in queue.drain(..) {
            let why = "The limit was met: the pattern ends at the first 429.";
            self.leave_out(&left.probe.id.0, Reason::Throttled, why.to_owned());
        }
    }

    /// Lists what has not come back: a key that was sent was sent, answer or not.
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
                self.leave_out(&probe.id.0, Reason::Unsendable, unsendable());
            }
        }
    }

    fn leave_out(&mut self, probe: &str, reason: Reason, why: String) {
        self.end.not_sent.push(NotSent::new(probe, reason, why));
    }

    fn finish(mut self, step: &Step) -> StepEnd {
        self.seen.sort_by_key(|(number, _)| *number);
        let told = self.seen.len() + self.end.not_sent.len() + self.end.unanswered.len();
        let missing = step.requests().saturating_sub(told);
        let observations: Vec<_> = self.seen.drain(..).map(|(_, seen)| seen).collect();
        for unsent in observations.iter().filter(|observation| !observation.was_sent()) {
            self.leave_out(&unsent.probe.0, Reason::Unsendable, unsendable());
        }
        if missing > 0 {
            let why = format!("The run ended before {missing} more could be sent.");
            self.leave_out("*", Reason::Ended, why);
        }
        self.end.observations = observations;
        self.end
    }
}

/// Probes that are sent together start in this order: what needs a connection of its own takes longest.
fn starts(probe: &Probe) -> bool {
    probe.variant.wire != Wire::TitleCase
}

/// How many at the front of the queue are due at the same moment.
fn of_one_moment(queue: &VecDeque<Waiting<'_>>) -> usize {
    let due = queue.front().and_then(|first| first.due);
    queue.iter().take_while(|waiting| waiting.due == due).count()
}

fn unsendable() -> String {
    format!("{UNSENDABLE}.")
}
