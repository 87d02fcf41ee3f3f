//! What a program sent, looked at: raw requests in, a record out. `listen` hears them, `inspect` reads them.

mod credential;
mod sent;
mod shown;
mod slips;

use std::mem;

use chrono::{DateTime, Utc};

use crate::judge;
use crate::key::ApiKey;
use crate::key::source::Keyring;
use crate::record::facts::{CredentialInfo, Environment, Facts, Network, Profile, RunInfo, Source};
use crate::record::heard::{Answered, Flaw, Heard, Presented, Slip};
use crate::record::{Record, Redaction};
use crate::redact::{Ledger, Other, Redactor};

pub use sent::{MOST_OF_BODY, Reply, Sent};

/// The most requests that a record holds.
const MOST: usize = 1_000;
/// The most requests to others that it holds where none was for HeyGen.
const MOST_OF_OTHERS: usize = 8;

/// Takes in requests one by one, and keeps of them what may be shown.
#[derive(Debug)]
pub struct Ear {
    keyring: Keyring,
    now: DateTime<Utc>,
    /// Values that were heard and aren't in the ring.
    met: Vec<ApiKey>,
    redactor: Redactor,
    ledger: Ledger,
    heard: Vec<Heard>,
    others: Vec<Heard>,
    /// The requests for HeyGen for which there was no room.
    left_out: usize,
    /// All that may be told of the credential that the judgement is about, and whether it had a flaw.
    subject: Option<(CredentialInfo, bool)>,
}

impl Ear {
    /// Knows the keys of these sources; `now` tells the age of a key.
    #[must_use]
    pub fn new(keyring: Keyring, now: DateTime<Utc>) -> Self {
        let redactor = redactor(&keyring, &[]);
        Self {
            keyring,
            now,
            met: Vec::new(),
            redactor,
            ledger: Ledger::default(),
            heard: Vec::new(),
            others: Vec::new(),
            left_out: 0,
            subject: None,
        }
    }

    /// Takes in a request of many, most of which may be for others: those are passed over once a few are kept.
    pub fn take(&mut self, sent: &Sent) {
        let is_for_heygen = slips::is_relevant(sent, &credential::all(sent, &self.keyring));
        let is_full = if is_for_heygen {
            self.heard.len() >= MOST
        } else {
            !self.heard.is_empty() || self.others.len() >= MOST_OF_OTHERS
        };
        if !is_full {
            self.hear(sent);
        }
        self.left_out += usize::from(is_full && is_for_heygen);
    }

    /// Takes in one request, and gives what may be shown of it.
    pub fn hear(&mut self, sent: &Sent) -> Heard {
        let mut found = credential::all(sent, &self.keyring);
        let secrets = found.iter().flat_map(credential::Found::secrets);
        self.learn(secrets.chain(credential::in_host(sent)));
        credential::drop_named(&mut found, &self.keyring);
        let presented: Vec<Presented> =
            found.iter().map(|one| credential::presented(one, &self.keyring)).collect();
        let mut findings: Vec<Flaw> =
            slips::of(sent, &found, &presented).into_iter().map(Flaw::Request).collect();
        self.tell_keys(&found, &presented, &mut findings);
        let redactor = self.redactor.clone();
        let mut clean = |text: &str| redactor.redact(text, &mut self.ledger);
        let heard = Heard {
            at: sent.at,
            method: clean(&sent.method),
            host: clean(&sent.host),
            target: shown::target(&sent.target, &mut clean),
            http_version: sent.http_version.clone(),
            headers: shown::headers(sent, &presented, &mut clean),
            credentials: presented,
            body_bytes: sent.body_bytes,
            client: sent.client.clone(),
            via: sent.via,
            answered: sent
                .answered
                .as_ref()
                .map(|reply| Answered { fault: sent.fault, ..shown::answered(reply, &mut clean) }),
            findings,
        };
        self.keep(heard.clone());
        heard
    }

    /// Its source keeps credentials after all: where there is none, none was sent.
    pub fn nothing_was_left_out(&mut self) {
        for heard in self.heard.iter_mut().chain(&mut self.others) {
            heard.replace(Slip::NotRecorded, Slip::NoCredential);
        }
    }

    /// What takes every secret that was heard so far out of a text.
    #[must_use]
    pub const fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// The record of all that was heard, and what searches its documents for secrets.
    #[must_use]
    pub fn finish(mut self, run: RunInfo, environment: Environment) -> (Record, Redactor) {
        let run = RunInfo { left_out: self.left_out, ..run };
        if self.heard.is_empty() {
            self.heard = mem::take(&mut self.others);
        }
        let credential = self.credential();
        let facts = Facts {
            run,
            credential,
            environment,
            network: Network::default(),
            observations: Vec::new(),
            heard: Some(self.heard),
        };
        (judge::record(facts, self.ledger.added_to(Redaction::default())), self.redactor)
    }

    /// Secrets that are new get into the redactor before anything is shown.
    fn learn(&mut self, values: impl Iterator<Item = ApiKey>) {
        let known = |ring: &Keyring, met: &[ApiKey], key: &ApiKey| {
            let all = ring.all();
            all.into_iter().chain(met).any(|other| other.is_same(key))
        };
        let before = self.met.len();
        for key in values.filter(ApiKey::is_secret) {
            if !known(&self.keyring, &self.met, &key) {
                self.met.push(key);
            }
        }
        if self.met.len() > before {
            self.redactor = redactor(&self.keyring, &self.met);
        }
    }

    /// The findings about the values, and the first credential with one as the subject.
    fn tell_keys(
        &mut self,
        found: &[credential::Found],
        presented: &[Presented],
        findings: &mut Vec<Flaw>,
    ) {
        // A user and a password are no key, whatever they look like.
        let keys = found.iter().zip(presented).filter(|(one, _)| !one.is_basic());
        for (one, presented) in keys {
            let info = credential::info(one, presented, self.now);
            for finding in &info.findings {
                let flaw = Flaw::Key(finding.id);
                if !findings.contains(&flaw) {
                    findings.push(flaw);
                }
            }
            let is_flawed = credential::is_flawed(&info);
            if self.subject.as_ref().is_none_or(|(_, was_flawed)| is_flawed && !was_flawed) {
                self.subject = Some((info, is_flawed));
            }
        }
    }

    fn keep(&mut self, mut heard: Heard) {
        let (list, most) = if heard.has(Slip::NotForHeygen) {
            (&mut self.others, MOST_OF_OTHERS)
        } else {
            (&mut self.heard, MOST)
        };
        if list.last().is_some_and(|before| slips::is_lost_on_redirect(before, &heard)) {
            heard.replace(Slip::NoCredential, Slip::LostOnRedirect);
        }
        let is_full = list.len() >= most;
        self.left_out += usize::from(is_full && !heard.has(Slip::NotForHeygen));
        if !is_full {
            list.push(heard);
        }
    }

    /// The credential that was heard, beside the places that the doctor knows.
    fn credential(&mut self) -> CredentialInfo {
        let known = self.keyring.info(self.now, false);
        let heard = self.subject.take().map(|(info, _)| info).unwrap_or_default();
        let sources = known.sources.into_iter();
        let used = |source: &Source| {
            source.fingerprint.is_some() && source.fingerprint == heard.fingerprint
        };
        let sources = sources.map(|source| Source { used: used(&source), ..source }).collect();
        CredentialInfo { sources, ..heard }
    }
}

fn redactor(keyring: &Keyring, met: &[ApiKey]) -> Redactor {
    let tokens: Vec<Other> = keyring.extra_secrets().into_iter().map(Other::Token).collect();
    let keys: Vec<&ApiKey> = keyring.all().into_iter().chain(met).collect();
    Redactor::new(&keys, &tokens, &[])
}

/// The run of a command that listened or read from `started_at` to `finished_at`, and asked nothing itself.
#[must_use]
pub fn run_info(
    profile: Profile,
    started_at: DateTime<Utc>,
    finished_at: DateTime<Utc>,
) -> RunInfo {
    let took = (finished_at - started_at).num_milliseconds();
    RunInfo {
        id: format!("{:016x}", rand::random::<u64>()),
        started_at,
        finished_at,
        duration_ms: u64::try_from(took).unwrap_or_default(),
        profile,
        base_url: crate::heygen::host::API.to_owned(),
        simulated: None,
        partial: false,
        ended_by: None,
        listened: None,
        vantage: None,
        http1_only: false,
        steps: Vec::new(),
        not_sent: Vec::new(),
        left_out: 0,
        unanswered: Vec::new(),
    }
}

/// This machine, where no request of the doctor's own is sent.
#[must_use]
pub fn environment() -> Environment {
    Environment {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        proxy: None,
        tool: concat!("heygen-doctor ", env!("CARGO_PKG_VERSION")).to_owned(),
        base_url_override: None,
        proxy_variables: Vec::new(),
        ca_cert: false,
        settings: Vec::new(),
    }
}
