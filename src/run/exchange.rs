//! One probe, one observation.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderName, USER_AGENT};
use reqwest::{Client, RequestBuilder};
use tokio::time::Instant;

use super::received::{Cleaner, Received};
use super::{Lab, Subject, fault};
use crate::key::{ApiKey, Unsendable};
use crate::record::observation::{Fault, FaultKind, Observation, Outcome, Timing};
use crate::record::probe::{Placement, Probe, Wire};
use crate::redact::Ledger;

/// The header of a HeyGen API key (docs.heygen.com), spelled by the client that carries it.
const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// How HeyGen's own tools name their caller (heygen-cli).
const CLIENT_SOURCE: HeaderName = HeaderName::from_static("x-heygen-client-source");
/// Our own name on the wire.
const USER_AGENT_VALUE: &str = concat!("heygen-doctor/", env!("CARGO_PKG_VERSION"));

/// Why a value is not sent.
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

/// How long after that its answer began, and ended.
struct Took {
    ttfb: Duration,
    total: Duration,
}

impl Exchange<'_> {
    /// Sends one probe and states what came of it.
    pub(super) async fn send(&self, probe: &Probe, fresh: bool) -> (Observation, Ledger) {
        let key = self.subject.value(probe.credential, probe.variant.encoding);
        let start = Start { stamp: moment(), instant: Instant::now() };
        let (answered, ttfb) = match self.request(probe, key.as_ref(), fresh) {
            Err(Unsendable) => (Err(unsendable()), start.instant.elapsed()),
            Ok(request) => self.answered(request, start.instant).await,
        };
        let took = Took { ttfb, total: start.instant.elapsed() };
        let (outcome, ledger) = self.stated(answered, key, fresh).await;
        (self.observation(probe, &start, &took, outcome), ledger)
    }

    /// Whether a request can be made of this probe at all.
    pub(super) fn can_send(&self, probe: &Probe) -> bool {
        let key = self.subject.value(probe.credential, probe.variant.encoding);
        self.request(probe, key.as_ref(), false).is_ok()
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

    fn request(
        &self,
        probe: &Probe,
        key: Option<&ApiKey>,
        fresh: bool,
    ) -> Result<RequestBuilder, Unsendable> {
        let base_url = &self.lab.site.base_url;
        let mut url = base_url.clone();
        let (path, query) = probe
            .path
            .split_once('?')
            .map_or((probe.path.as_str(), None), |(path, query)| (path, Some(query)));
        url.set_path(&format!("{}{path}", base_url.path().trim_end_matches('/')));
        url.set_query(query);
        let mut request = self
            .client(probe, key, fresh)
            .get(url)
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, probe.variant.user_agent.unwrap_or(USER_AGENT_VALUE))
            .header(CLIENT_SOURCE, "heygen-doctor");
        if let Some(key) = key {
            request = match probe.variant.placement {
                Placement::ApiKeyHeader => request.header(X_API_KEY, key.header_value("")?),
                Placement::Authorization(scheme) => {
                    request.header(AUTHORIZATION, key.header_value(scheme)?)
                }
                Placement::Both => request
                    .header(X_API_KEY, key.header_value("")?)
                    .header(AUTHORIZATION, key.header_value("Bearer")?),
            };
        }
        Ok(request)
    }

    fn client(&self, probe: &Probe, key: Option<&ApiKey>, fresh: bool) -> &Client {
        match probe.variant.wire {
            Wire::TitleCase => &self.lab.clients.title_case,
            Wire::Negotiated if key.is_some_and(ApiKey::needs_http1) => &self.lab.clients.http1,
            Wire::Negotiated if fresh => &self.lab.clients.fresh,
            Wire::Negotiated => &self.lab.clients.negotiated,
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
            method: "GET".to_owned(),
            path: probe.path.clone(),
            credential: probe.credential,
            variant: probe.variant.id.to_owned(),
            pattern: probe.pattern.map(str::to_owned),
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
