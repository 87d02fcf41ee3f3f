//! Records that grow exchange by exchange, through the real classifier.

use chrono::{DateTime, TimeDelta, Utc};
use heygen_doctor::classify::classify;
use heygen_doctor::heygen::endpoint;
use heygen_doctor::judge;
use heygen_doctor::judge::causes::{exit, of};
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::diagnosis::{Assessment, Diagnosis, Evidence, Note, NoteId, Standing};
use heygen_doctor::record::facts::{
    CredentialInfo, Environment, Facts, Finding, FindingId, Kind, Profile, RunInfo, Severity,
    Source,
};
use heygen_doctor::record::observation::{Observation, Timing};
use heygen_doctor::record::probe::{ApiVersion, Credential, ProbeId};
use heygen_doctor::record::wave::Wave;
use heygen_doctor::record::{Record, Redaction};

use super::reply::Reply;

pub(crate) fn start() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-20T09:14:07.120Z").unwrap().with_timezone(&Utc)
}

/// Facts that grow, and the judgement that a test wants to see rendered.
pub(crate) struct Sample {
    facts: Facts,
    diagnosis: Option<Diagnosis>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let facts = Facts {
            run: run(),
            credential: credential(),
            environment: Environment {
                os: "linux".into(),
                arch: "x86_64".into(),
                proxy: None,
                tool: "heygen-doctor 0.1.0".into(),
                base_url_override: None,
                proxy_variables: Vec::new(),
                ca_cert: false,
                settings: Vec::new(),
            },
            network: super::network::working(),
            observations: Vec::new(),
            heard: None,
        };
        Self { facts, diagnosis: None }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Facts)) -> Self {
        change(&mut self.facts);
        self
    }

    /// One exchange; `suffix` is the fourth part of a repeat's id.
    pub(crate) fn asked(
        mut self,
        endpoint: &str,
        variant: &str,
        credential: Credential,
        reply: Reply,
        suffix: Option<&str>,
    ) -> Self {
        let known = endpoint::find(endpoint).unwrap();
        let offset = i64::try_from(self.facts.observations.len()).unwrap() * 11;
        let mut id = format!("{endpoint}/{variant}/{credential}");
        id.extend(suffix.map(|suffix| format!("/{suffix}")));
        let pattern = suffix.and_then(|s| s.rsplit_once('-')).map(|(name, _)| name.to_owned());
        let outcome = reply.into_outcome(known.version);
        self.facts.observations.push(Observation {
            probe: ProbeId(id),
            wave: Wave::Controls,
            endpoint: endpoint.to_owned(),
            api_version: known.version,
            method: "GET".into(),
            path: known.target().replace("<random>", "b2f7c61e0d"),
            credential,
            variant: variant.to_owned(),
            pattern,
            sent_at: start() + TimeDelta::milliseconds(offset),
            timing_ms: Timing {
                start: f64::from(i32::try_from(offset).unwrap()),
                ttfb: 41.2,
                total: 42.8,
                dns: None,
                connect: None,
                tls: None,
                late: None,
            },
            shared: false,
            class: classify(&outcome),
            outcome,
        });
        self
    }

    /// The endpoints of one version with the key under test in the documented header.
    pub(crate) fn catalogue(mut self, version: ApiVersion, reply: Reply) -> Self {
        for known in endpoint::catalogue().filter(|known| known.version == version) {
            let new = |seen: &Observation| {
                seen.endpoint == known.id
                    && seen.variant == "x-api-key"
                    && seen.credential == Credential::Real
            };
            if !self.facts.observations.iter().any(new) {
                self = self.asked(known.id, "x-api-key", Credential::Real, reply, None);
            }
        }
        self
    }

    /// Wave 2: the key, no key, a made-up key, and the identity control.
    pub(crate) fn controls(self, real: Reply, control: Reply) -> Self {
        let mut sample = self;
        for endpoint in ["v3.api-keys-self", "v3.users-me"] {
            sample = sample
                .asked(endpoint, "x-api-key", Credential::Real, real, None)
                .asked(endpoint, "x-api-key", Credential::None, control, None)
                .asked(endpoint, "x-api-key", Credential::MadeUp, control, None);
        }
        let identity = if control == Reply::Unauthorized { Reply::NoRoute } else { control };
        sample.asked("v3.unknown-route", "x-api-key", Credential::None, identity, None)
    }

    pub(crate) fn diagnosed(
        mut self,
        cause: Cause,
        confidence: Standing,
        statement: &str,
        causes: Vec<Assessment>,
    ) -> Self {
        self.diagnosis = Some(Diagnosis {
            verdict: of(cause).verdict,
            cause,
            confidence,
            headline: of(cause).headline.to_owned(),
            statement: statement.to_owned(),
            exit_code: exit(cause, self.facts.run.ended_by).code(),
            causes,
            notes: Vec::new(),
        });
        self
    }

    pub(crate) fn noted(mut self, id: NoteId, message: &str) -> Self {
        let note = Note { id, message: message.into() };
        self.diagnosis.as_mut().unwrap().notes.push(note);
        self
    }

    /// The finished record, with the judgement that was given, or else the real one.
    pub(crate) fn record(self) -> Record {
        let redaction = Redaction { self_check: "passed".into(), ..Redaction::default() };
        let mut record = judge::record(self.facts, redaction);
        if let Some(diagnosis) = self.diagnosis {
            record.diagnosis = diagnosis;
        }
        record.tool.version = "0.1.0".into();
        record
    }
}

fn credential() -> CredentialInfo {
    CredentialInfo {
        source: Some("HEYGEN_API_KEY".into()),
        fingerprint: Some("sha256:5d41a0b7c9e2".into()),
        length: Some(54),
        shape: Some("\"sk_V2_hgu_k\", 10 characters, \"_\", 32 characters".into()),
        kind: Some(Kind::UserKey),
        sources: vec![
            source("HEYGEN_API_KEY", Some("sha256:5d41a0b7c9e2"), true),
            source(".env", None, false),
            source("~/.heygen/credentials", None, false),
        ],
        ..CredentialInfo::default()
    }
}

fn run() -> RunInfo {
    RunInfo {
        id: "01KAG0000000000000000000".into(),
        started_at: start(),
        finished_at: start() + TimeDelta::milliseconds(1_840),
        duration_ms: 1_840,
        profile: Profile::Adaptive,
        base_url: "https://api.heygen.com".into(),
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

pub(crate) fn source(name: &str, fingerprint: Option<&str>, used: bool) -> Source {
    Source {
        source: name.into(),
        fingerprint: fingerprint.map(Into::into),
        used,
        problem: None,
        nothing: None,
    }
}

pub(crate) fn finding(id: FindingId, severity: Severity, message: &str) -> Finding {
    Finding::new(id, severity, message)
}

pub(crate) fn evidence(text: &str, probes: &[&str]) -> Evidence {
    Evidence {
        probes: probes.iter().map(|id| ProbeId((*id).to_owned())).collect(),
        text: text.to_owned(),
    }
}

pub(crate) fn assessed(
    cause: Cause,
    standing: Standing,
    evidence: Vec<Evidence>,
    against: Vec<Evidence>,
) -> Assessment {
    Assessment {
        headline: None,
        cause,
        standing,
        side: of(cause).side,
        evidence,
        against,
        next_step: of(cause).next_step.to_owned(),
        doc_url: of(cause).doc_url.unwrap_or_default().to_owned(),
    }
}

pub(crate) fn ruled_out(causes: &[Cause], against: &Evidence) -> Vec<Assessment> {
    causes
        .iter()
        .map(|&cause| assessed(cause, Standing::RuledOut, Vec::new(), vec![against.clone()]))
        .collect()
}

/// The class of each reply, so that a sample can't drift from it.
pub(crate) fn classes(record: &Record) -> Vec<Class> {
    let mut classes: Vec<Class> =
        record.observations.iter().map(|judged| judged.observation.class).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}
