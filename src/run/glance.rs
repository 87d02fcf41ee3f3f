//! One request for a key of many, and the controls that all of them have in common.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::Utc;
use futures_util::future::join_all;
use tokio::time::{Instant, sleep};

use super::{Exchange, Lab, Subject};
use crate::config::Keys;
use crate::key::ApiKey;
use crate::key::source::{Given, Keyring};
use crate::plan::{self, Probe, TRIES, retry_after};
use crate::record::class::Class;
use crate::record::observation::Observation;

/// The longest wait that a server can ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The wait where it asks for none.
const WAIT: Duration = Duration::from_secs(1);

impl Lab {
    /// A key that is only glanced at: its redactor isn't learned, and nothing is kept that could hold
    /// a part of it. None where no other key has a made-up key in common with it.
    pub(crate) fn glanced(&self, keys: Keys) -> Option<Subject> {
        let made_up = self.made_up_like(keys.real()?)?;
        Some(Subject { keys, redactor: self.by_look.clone(), made_up, shares_made_up: true })
    }

    /// The account asked once with a key, or a few times where there were too many requests, and the
    /// controls beside it.
    pub(crate) async fn glance(&self, subject: &Subject, description: bool) -> Vec<Observation> {
        let brief = subject.keys.brief(&self.site);
        let exchange = self.exchange(subject);
        let mut seen = Vec::new();
        for probe in plan::glance(&brief, description) {
            seen.extend(self.tried(&exchange, &probe, false).await);
        }
        for control in plan::controls(&brief) {
            seen.push(self.ask(&exchange, &control).await);
        }
        seen
    }

    /// Asks again where there were too many requests: that says nothing of the key.
    async fn tried(
        &self,
        exchange: &Exchange<'_>,
        probe: &Probe,
        goes_first: bool,
    ) -> Vec<Observation> {
        let mut seen = Vec::new();
        loop {
            let mut leave =
                if goes_first { self.pace.leave_first().await } else { self.pace.leave(1).await };
            let permit = leave.take();
            let limit = Instant::now() + self.site.timeout;
            let observation = exchange.send_tersely(probe, limit).await;
            drop(permit);
            let is_throttled = observation.class == Class::RateLimited;
            let wait = retry_after(&observation).unwrap_or(WAIT).min(LONGEST_WAIT);
            seen.push(observation);
            if !is_throttled || seen.len() == TRIES {
                return seen;
            }
            sleep(wait).await;
        }
    }

    /// All controls anew, each with the shape of the made-up key in it. Keys that are asked meanwhile
    /// have the earlier answers beside theirs.
    pub(crate) async fn controls(&self) -> Vec<(String, Observation)> {
        let subjects: Vec<(String, Subject)> =
            self.made_up().into_iter().map(|(shape, key)| (shape, self.without_key(key))).collect();
        let mut questions = BTreeMap::new();
        for (shape, subject) in &subjects {
            for probe in plan::controls(&subject.keys.brief(&self.site)) {
                let exchange = self.exchange(subject);
                if let Some(control) = exchange.control(&probe) {
                    questions.insert(control, (shape, exchange, probe));
                }
            }
        }
        let answers = questions.into_iter().map(async |(control, (shape, exchange, probe))| {
            let mut leave = self.pace.leave_first().await;
            let _permit = leave.take();
            let limit = Instant::now() + self.site.timeout;
            let (seen, _) = exchange.send(&probe, false, limit).await;
            let shape = if control.has_key() { shape.clone() } else { String::new() };
            (control, shape, seen)
        });
        let answers = join_all(answers).await;
        self.renew_controls(answers.iter().map(|(control, _, seen)| (control.clone(), seen)));
        answers.into_iter().map(|(_, shape, seen)| (shape, seen)).collect()
    }

    /// Lets no request with a key go any more but those of a look at the controls, or all again.
    pub(crate) fn hold(&self, is_held: bool) {
        self.pace.hold(is_held);
    }

    /// A subject that has only the made-up key of a shape.
    fn without_key(&self, made_up: ApiKey) -> Subject {
        let keys = Keys { keyring: Keyring::empty(), known_good: None, send_anyway: false };
        Subject { keys, redactor: self.by_look.clone(), made_up, shares_made_up: true }
    }

    /// Keys that worked before, asked once more, the last one first; up to one that still works.
    pub(crate) async fn asked_again(
        &self,
        worked: impl IntoIterator<Item = ApiKey, IntoIter: DoubleEndedIterator>,
    ) -> Vec<Observation> {
        let mut seen = Vec::new();
        for key in worked.into_iter().rev() {
            let given = Given { source: String::new(), key, oauth: false };
            let keys =
                Keys { keyring: Keyring::of(vec![given]), known_good: None, send_anyway: true };
            let Some(subject) = self.glanced(keys) else { continue };
            let brief = subject.keys.brief(&self.site);
            let exchange = self.exchange(&subject);
            for probe in plan::glance(&brief, false) {
                seen.extend(self.tried(&exchange, &probe, true).await);
            }
            if seen.last().is_some_and(|seen: &Observation| seen.class.shows_acceptance()) {
                break;
            }
        }
        seen
    }

    async fn ask(&self, exchange: &Exchange<'_>, control: &Probe) -> Observation {
        if let Some(known) = exchange.known(control) {
            return known;
        }
        let mut leave = self.pace.leave(1).await;
        let _permit = leave.take();
        exchange.ask(control, false, Instant::now() + self.site.timeout).await.0
    }

    fn exchange<'a>(&'a self, subject: &'a Subject) -> Exchange<'a> {
        #[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
        let (began, started_at) = (Instant::now(), Utc::now());
        Exchange { lab: self, subject, began, started_at }
    }
}
