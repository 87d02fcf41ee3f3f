//! One probe, one observation.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder};
use tokio::time::Instant;
use url::Url;

use super::received::{Cleaner, Received};
use super::{Lab, Subject, fault};
use crate::classify::classify;
use crate::key::{ApiKey, Unsendable};
use crate::plan::Probe;
use crate::record::observation::{Fault, FaultKind, Observation, Outcome, Timing};
use crate::record::probe::Wire;
use crate::record::request::{Request, Value};
use crate::redact::Ledger;

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
struct Start {
    stamp: DateTime<Utc>,
    instant: Instant,
}

/// The time after that in which its answer began, and ended.
struct Took {
    ttfb: Duration,
    total: Duration,
}

impl Exchange<'_> {
    /// Sends one probe and states what came of it.
    pub(super) async fn send(&self, probe: &Probe, fresh: bool) -> (Observation, Ledger) {
        let key = self.subject.value(probe.credential, probe.variant.encoding);
        let start = Start { stamp: moment(), instant: Instant::now() };
        let (answered, ttfb) = match self.built(&probe.request(), fresh) {
            Err(Unsendable) => (Err(unsendable()), start.instant.elapsed()),
            Ok(request) => self.answered(request, start.instant).await,
        };
        let took = Took { ttfb, total: start.instant.elapsed() };
        let (outcome, ledger) = self.stated(answered, key, fresh).await;
        (self.observation(probe, &start, &took, outcome), ledger)
    }

    /// True if a request can be made of this probe at all.
    pub(super) fn can_send(&self, probe: &Probe) -> bool {
        self.built(&probe.request(), false).is_ok()
    }

    /// The answer to its last byte, or the fault; and how long it took to begin.
    async fn answered(
        &self,
        request: RequestBuilder,
        since: Instant,
    ) -> (Result<Received, Fault>, Duration) {
        // The client's own limit covers connect to last byte; this one catches what it misses.
        let answered = tokio::time::timeout(self.lab.site.timeout * 2, request.send()).await;
        let ttfb = since.elapsed();
        let received = match answered {
            Ok(Ok(response)) => Ok(Received::whole(response).await),
            Ok(Err(error)) => Err(fault::of_reqwest(&error)),
            Err(_) => Err(Fault {
                fault: FaultKind::Timeout,
                tls: None,
                detail: "No answer in time".into(),
            }),
        };
        (received, ttfb)
    }

    /// The outcome, cleaned on a thread of its own: a long body keeps that busy for a while, and
    /// the other requests' limits run on.
    async fn stated(
        &self,
        answered: Result<Received, Fault>,
        key: Option<ApiKey>,
        fresh: bool,
    ) -> (Outcome, Ledger) {
        let cleaner = Cleaner::new(self.subject.redactor.clone(), key);
        let stated = tokio::task::spawn_blocking(move || cleaner.state(answered, fresh));
        match stated.await {
            Ok(stated) => stated,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }

    /// The request for the client that can carry it, with the keys in their places.
    fn built(&self, request: &Request, fresh: bool) -> Result<RequestBuilder, Unsendable> {
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
        let client = self.client(request.wire, needs_http1, fresh);
        let builder = client.request(method, self.url(&request.target));
        Ok(headers.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value)))
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

    const fn client(&self, wire: Wire, needs_http1: bool, fresh: bool) -> &Client {
        let clients = &self.lab.clients;
        match wire {
            Wire::TitleCase => &clients.title_case,
            Wire::Negotiated if needs_http1 => &clients.http1,
            Wire::Negotiated if fresh => &clients.fresh,
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
                dns: None,
                connect: None,
                tls: None,
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

fn unsendable() -> Fault {
    Fault { fault: FaultKind::Unsendable, tls: None, detail: UNSENDABLE.into() }
}

/// Milliseconds to the microsecond.
pub(crate) fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
