//! A lab holds all that keys have in common: site, connections, pace, interrupt, controls.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Subject;
use super::control::{Control, lasts};
use super::interrupt::Interrupt;
use super::pace::Pace;
use super::preflight::preflight;
use super::shared::Shared;
use crate::config::{Keys, Site};
use crate::error::Usage;
use crate::key::{ApiKey, Kind};
use crate::record::facts::Network;
use crate::record::observation::Observation;
use crate::redact::Redactor;
use crate::transport::{Clients, Settings, Target};

/// Where HeyGen says how its API is (a Statuspage-compatible summary).
const STATUS_PAGE: &str = "https://status.heygen.com/api/v2/summary.json";
/// The longest that any step of the doctor's own sockets may take.
const MAX_PREFLIGHT_STEP: Duration = Duration::from_secs(5);

/// A site where any number of keys is examined, one after the other or side by side.
#[derive(Debug)]
pub struct Lab {
    /// Where the keys are tried, and how.
    pub site: Site,
    /// Ctrl-C.
    pub(crate) interrupt: Interrupt,
    pub(super) clients: Clients,
    pub(super) pace: Pace,
    network: Shared<Network>,
    controls: Mutex<HashMap<Control, Arc<Shared<Observation>>>>,
    made_up: Mutex<HashMap<(Kind, String), ApiKey>>,
    preparing: tokio::sync::Mutex<()>,
    /// Knows secrets by their look alone.
    pub(super) by_look: Redactor,
}

impl Lab {
    /// Sets up everything that the keys share.
    ///
    /// # Errors
    /// When the HTTP client can't be set up.
    pub fn new(site: Site) -> Result<Self, Usage> {
        let clients = Clients::new(Settings {
            tls: &site.tls,
            proxy: site.proxy.as_ref(),
            timeout: site.timeout,
            http1_only: site.http1_only,
        })?;
        Ok(Self {
            interrupt: Interrupt::listen(),
            clients,
            pace: Pace::new(site.concurrency, site.interval),
            network: Shared::default(),
            controls: Mutex::default(),
            made_up: Mutex::default(),
            preparing: tokio::sync::Mutex::default(),
            by_look: Redactor::new(&[], &site.proxy_logins, &[]),
            site,
        })
    }

    /// A key for this lab, with its made-up control; `shown` is what the user gave to be shown.
    ///
    /// To learn every form of its secrets keeps a processor busy for a while. That is done for one
    /// key at a time and on a thread of its own: the requests of other keys have their limits.
    ///
    /// # Panics
    /// When the redactor does.
    pub async fn subject(&self, keys: Keys, shown: Vec<String>) -> Subject {
        // A key that isn't sent needs no made-up one like it, so any will do.
        let sent = keys.real().cloned().unwrap_or_else(ApiKey::made_up_default);
        let shared = self.made_up_like(&sent);
        let shares_made_up = shared.is_some();
        let made_up = shared.unwrap_or_else(|| sent.made_up());
        let site = self.site.proxy_logins.clone();
        let one_at_a_time = self.preparing.lock().await;
        let prepared = tokio::task::spawn_blocking(move || {
            let redactor = keys.redactor(site, Some(&made_up), &shown);
            Subject { keys, redactor, made_up, shares_made_up }
        })
        .await;
        drop(one_at_a_time);
        match prepared {
            Ok(subject) => subject,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }

    /// The made-up keys that keys have in common, each with the shape that it stands for; without
    /// any, one as users make them today.
    pub(super) fn made_up(&self) -> Vec<(String, ApiKey)> {
        let made_up = self.made_up.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> =
            made_up.iter().map(|((_, shape), key)| (shape.clone(), key.clone())).collect();
        if all.is_empty() {
            all.push((String::new(), ApiKey::made_up_default()));
        }
        all
    }

    /// Takes over what controls were just answered; all others are asked again by whoever needs them.
    pub(super) fn renew_controls<'a>(
        &self,
        seen: impl Iterator<Item = (Control, &'a Observation)>,
    ) {
        let lasting = seen.filter(|(_, seen)| lasts(seen));
        let renewed = lasting.map(|(control, seen)| (control, Arc::new(Shared::of(seen.clone()))));
        *self.controls.lock().unwrap_or_else(PoisonError::into_inner) = renewed.collect();
    }

    /// HeyGen's keys of one shape get one made-up key, so that they share its answers. Any other
    /// value gets one of its own: what stands around it may be part of what is wrong.
    pub(super) fn made_up_like(&self, key: &ApiKey) -> Option<ApiKey> {
        let known = matches!(
            key.kind(),
            Kind::UserKey | Kind::PartnerKey | Kind::LegacyKey | Kind::DecodedLegacyKey
        );
        if !known || key.repaired().is_some() {
            return None;
        }
        let mut made_up = self.made_up.lock().unwrap_or_else(PoisonError::into_inner);
        let made_up =
            made_up.entry((key.kind(), key.shape())).or_insert_with(|| key.made_up()).clone();
        (made_up.fingerprint() != key.fingerprint()).then_some(made_up)
    }

    /// The answer to a control, shared by all keys that ask it.
    pub(super) fn control(&self, control: Control) -> Arc<Shared<Observation>> {
        let mut controls = self.controls.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(controls.entry(control).or_default())
    }

    /// Wave 1, which the doctor's own sockets look at once for all keys.
    pub(crate) async fn network(&self) -> Network {
        let site = &self.site;
        if site.other_service().is_some() {
            return Network::default();
        }
        let target = Target {
            base_url: &site.base_url,
            proxy: site.proxy.as_ref(),
            tls: &site.tls,
            timeout: site.timeout.min(MAX_PREFLIGHT_STEP),
        };
        let status_page = site.status_page.then_some(STATUS_PAGE);
        self.network.get(Box::pin(preflight(target, status_page)), |_| true).await
    }
}
