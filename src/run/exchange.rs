//! One probe, one observation.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder};
use tokio::time::Instant;
use url::Url;

use super::received::{Cleaner, Received};
use super::{Lab, Subject};
use crate::classify::classify;
use crate::key::{ApiKey, Unsendable};
use crate::plan::Probe;
use crate::record::observation::{Fault, FaultKind, Observation, Outcome, Timing};
use crate::record::probe::Wire;
use crate::record::request::{Request, Value};
use crate::redact::Ledger;
use crate::transport::{Client, Phases, Sent, millis};

/// The reason why a value is not sent.
pub(super) const UNSENDABLE: &str = "The value has a character that no HTTP header can carry";

/// Sends probes to one origin and redacts what comes back.
#[derive(Debug)]
pub(crate) struct Exchange<'a> {
    /// Where they are sent, and through which clients.
    pub(crate) lab: &'a Lab,
    /// The credentials, and what takes them out of every text that is kept.
    pub(crate) subject: &'a Subject,
    /// When the examination began.
    pub(crate) began: Instant,
    /// The same as a time of day.
    pub(crate) started_at: DateTime<Utc>,
}

/// When a request was handed to the wire.
#[derive(Clone, Copy)]
struct Start {
    stamp: DateTime<Utc>,
    instant: Instant,
}

impl Start {
    /// The same, later.
    fn after(self, waited: Duration) -> Self {
        Self { stamp: (self.stamp + waited).trunc_subsecs(3), instant: self.instant + waited }
    }
}

/// An exchange whose answer is on this side, and still as it came.
pub(super) struct Raw {
    start: Start,
    took: Took,
    answered: Result<Received, Fault>,
    /// The credential that was sent.
    key: Option<ApiKey>,
}

/// The durations of an exchange: the steps towards a new connection, and from the start to the
/// first and to the last byte of the answer.
struct Took {
    phases: Phases,
    ttfb: Duration,
    total: Duration,
}

impl Exchange<'_> {
    /// Sends one probe and states what came of it.
    ///
    /// The limit is one for everything, from the connection to the last byte that is read.
    pub(super) async fn send(
        &self,
        probe: &Probe,
        fresh: bool,
        limit: Instant,
    ) -> (Observation, Ledger) {
        let Raw { start, took, answered, key } = self.raw(probe, fresh, limit).await;
        let (outcome, ledger) = self.stated(answered, key).await;
        (self.observation(probe, &start, &took, outcome), ledger)
    }

    /// Sends one probe, and keeps of the answer only what can be no part of a secret: the redactor
    /// of the key needn't be learned for it.
    pub(super) async fn send_tersely(&self, probe: &Probe, limit: Instant) -> Observation {
        let Raw { start, took, answered, .. } = self.raw(probe, false, limit).await;
        let (outcome, _) = Cleaner::terse().state(answered);
        self.observation(probe, &start, &took, outcome)
    }

    async fn raw(&self, probe: &Probe, fresh: bool, limit: Instant) -> Raw {
        let key = self.subject.value(probe.credential, probe.variant.encoding);
        #[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
        let begun = Start { stamp: Utc::now(), instant: Instant::now() };
        let sent = match self.built(&probe.request()) {
            Err(Unsendable) => Sent::failed(Fault::new(FaultKind::Unsendable, UNSENDABLE)),
            Ok((client, request)) => client.send(request, fresh, limit).await,
        };
        let start = begun.after(sent.waited);
        let ttfb = start.instant.elapsed();
        let answered = match sent.answer {
            Ok(response) => Ok(Received::whole(response, sent.connection, limit).await),
            Err(fault) => Err(fault),
        };
        if answered.as_ref().is_ok_and(Received::is_throttled) {
            self.lab.pace.throttled();
        }
        let took = Took { phases: sent.phases, ttfb, total: start.instant.elapsed() };
        Raw { start, took, answered, key }
    }

    /// True if a request can be made of this probe at all.
    pub(super) fn can_send(&self, probe: &Probe) -> bool {
        self.built(&probe.request()).is_ok()
    }

    /// The outcome, cleaned on a thread of its own: a long body keeps that busy for a while, and
    /// the other requests' limits run on.
    async fn stated(
        &self,
        answered: Result<Received, Fault>,
        key: Option<ApiKey>,
    ) -> (Outcome, Ledger) {
        let cleaner = Cleaner::new(self.subject.redactor.clone(), key);
        let stated = tokio::task::spawn_blocking(move || cleaner.state(answered));
        match stated.await {
            Ok(stated) => stated,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }

    /// The request, with the keys in their places, and the client that can carry it.
    fn built(&self, request: &Request) -> Result<(&Client, RequestBuilder), Unsendable> {
        let mut headers = Vec::new();
        let mut needs_http1 = false;
        for header in &request.headers {
            let value = match &header.value {
                Value::Text(text) => HeaderValue::from_str(text).map_err(|_| Unsendable)?,
                Value::Credential { scheme, of, form } => {
                    let Some(key) = self.subject.value(*of, *form) else { continue };
                    needs_http1 |= key.needs_http1();
                    key.header_value(scheme)?
                }
            };
            let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| Unsendable)?;
            headers.push((name, value));
        }
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| Unsendable)?;
        let client = self.client(request.wire, needs_http1);
        let builder = client.request(method, self.url(&request.target));
        let headers = headers.into_iter();
        let request = headers.fold(builder, |builder, (name, value)| builder.header(name, value));
        Ok((client, request))
    }

    /// The target behind the base URL, which may have a path of its own.
    fn url(&self, target: &str) -> Url {
        let base_url = &self.lab.site.base_url;
        let mut url = base_url.clone();
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        url.set_path(&format!("{}{path}", base_url.path().trim_end_matches('/')));
        url.set_query(query);
        url
    }

    const fn client(&self, wire: Wire, needs_http1: bool) -> &Client {
        let clients = &self.lab.clients;
        match wire {
            Wire::TitleCase => &clients.title_case,
            Wire::Negotiated if needs_http1 => &clients.http1,
            Wire::Negotiated => &clients.negotiated,
        }
    }

    fn observation(
        &self,
        probe: &Probe,
        start: &Start,
        took: &Took,
        outcome: Outcome,
    ) -> Observation {
        Observation {
            probe: probe.id.clone(),
            wave: probe.wave,
            endpoint: probe.endpoint.id.to_owned(),
            api_version: probe.endpoint.version,
            method: probe.request().method.to_owned(),
            path: probe.path.clone(),
            credential: probe.credential,
            variant: probe.variant.id.to_owned(),
            pattern: probe.pattern.map(str::to_owned),
            class: classify(&outcome),
            sent_at: start.stamp,
            timing_ms: Timing {
                start: millis(start.instant.duration_since(self.began)),
                ttfb: millis(took.ttfb),
                total: millis(took.total),
                dns: took.phases.dns.map(millis),
                connect: took.phases.connect.map(millis),
                tls: took.phases.tls.map(millis),
                late: None,
            },
            shared: false,
            outcome,
        }
    }
}

/// This moment, to the millisecond.
#[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
pub(super) fn moment() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}
