//! Records made by hand: what a renderer may meet. Every key in them is synthetic.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use heygen_doctor::cause::{Cause, Verdict};
use heygen_doctor::class::Class;
use heygen_doctor::diagnosis::{Assessment, Diagnosis, Evidence, Note, Standing};
use heygen_doctor::endpoint::{self, ApiVersion};
use heygen_doctor::exit;
use heygen_doctor::facts::{
    Certificate, ConnectionAttempt, CredentialInfo, Dns, Environment, Finding, Network, RunInfo,
    Severity, Source, StatusPage, Tls,
};
use heygen_doctor::observation::{
    Answer, Body, BodyKind, Connection, Envelope, Fault, FaultKind, Observation, Outcome, Timing,
};
use heygen_doctor::probe::{Credential, ProbeId};
use heygen_doctor::record::{Judged, Record, Redaction, SCHEMA_VERSION, Summary, Tool};
use heygen_doctor::words::words;

fn start() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-20T09:14:07.120Z").unwrap().with_timezone(&Utc)
}

/// A record that grows exchange by exchange.
pub(crate) struct Sample {
    record: Record,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let record = Record {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "heygen-doctor".into(), version: "0.1.0".into() },
            run: run(),
            credential: CredentialInfo {
                source: Some("HEYGEN_API_KEY".into()),
                fingerprint: Some("sha256:5d41a0b7c9e2".into()),
                length: Some(54),
                shape: Some("\"sk_V2_hgu_k\", 10 characters, \"_\", 32 characters".into()),
                kind: Some("user_key".into()),
                sources: vec![
                    source("HEYGEN_API_KEY", Some("sha256:5d41a0b7c9e2"), true),
                    source(".env", None, false),
                    source("~/.heygen/credentials", None, false),
                ],
                ..CredentialInfo::default()
            },
            environment: Environment {
                os: "linux".into(),
                arch: "x86_64".into(),
                proxy: None,
                tool: "heygen-doctor 0.1.0".into(),
                base_url_override: None,
            },
            network: network(),
            observations: Vec::new(),
            summary: Summary::default(),
            diagnosis: Diagnosis {
                verdict: Verdict::Inconclusive,
                cause: Cause::Inconclusive,
                confidence: Standing::Possible,
                statement: String::new(),
                exit_code: 1,
                causes: Vec::new(),
                notes: Vec::new(),
            },
            redaction: Redaction { self_check: "passed".into(), ..Redaction::default() },
        };
        Self { record }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Record)) -> Self {
        change(&mut self.record);
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
        let n = self.record.observations.len();
        let offset = i64::try_from(n).unwrap() * 11;
        let id = match suffix {
            Some(suffix) => format!("{endpoint}/{variant}/{credential}/{suffix}"),
            None => format!("{endpoint}/{variant}/{credential}"),
        };
        let pattern = suffix.and_then(|s| s.rsplit_once('-')).map(|(name, _)| name.to_owned());
        let path = known.target().replace("<random>", "b2f7c61e0d");
        let (outcome, class) = reply.into_outcome(known.version);
        self.record.observations.push(Judged {
            observation: Observation {
                probe: ProbeId(id),
                wave: 2,
                endpoint: endpoint.to_owned(),
                api_version: known.version,
                method: "GET".into(),
                path: path.clone(),
                credential,
                variant: variant.to_owned(),
                pattern: pattern.filter(|name| name != "again"),
                sent_at: start() + TimeDelta::milliseconds(offset),
                timing_ms: Timing { ttfb: 41.2, total: 42.8, dns: None, connect: None, tls: None },
                outcome,
            },
            class,
            expected: match credential {
                _ if endpoint == "v3.unknown-route" => vec![Class::RouteNotFound],
                Credential::None | Credential::MadeUp => vec![Class::Unauthenticated],
                _ => vec![Class::Ok],
            },
            curl: curl(variant, credential, &path),
        });
        self
    }

    /// The endpoints of one version with the key under test in the documented header.
    pub(crate) fn catalogue(mut self, version: ApiVersion, reply: Reply) -> Self {
        for known in endpoint::catalogue().filter(|known| known.version == version) {
            let new = |j: &Judged| {
                j.observation.endpoint == known.id
                    && j.observation.variant == "x-api-key"
                    && j.observation.credential == Credential::Real
            };
            if !self.record.observations.iter().any(new) {
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
                .asked(endpoint, "none", Credential::None, control, None)
                .asked(endpoint, "x-api-key", Credential::MadeUp, control, None);
        }
        let identity = if control == Reply::Unauthorized { Reply::NoRoute } else { control };
        sample.asked("v3.unknown-route", "none", Credential::None, identity, None)
    }

    pub(crate) fn diagnosed(
        mut self,
        cause: Cause,
        confidence: Standing,
        statement: &str,
        causes: Vec<Assessment>,
    ) -> Self {
        let diagnosis = &mut self.record.diagnosis;
        diagnosis.verdict = cause.verdict();
        diagnosis.cause = cause;
        diagnosis.confidence = confidence;
        statement.clone_into(&mut diagnosis.statement);
        diagnosis.exit_code = exit::of(cause, None).code();
        diagnosis.causes = causes;
        self
    }

    pub(crate) fn record(mut self) -> Record {
        let observations = &self.record.observations;
        let mut summary = Summary { requests: observations.len(), ..Summary::default() };
        for judged in observations {
            *summary.by_class.entry(judged.class).or_default() += 1;
            if let Some(status) = judged.observation.status() {
                *summary.by_status.entry(status).or_default() += 1;
            }
            let met = judged.expected.contains(&judged.class);
            let seen = &judged.observation;
            match seen.credential {
                Credential::None | Credential::MadeUp => {
                    summary.controls.asked += 1;
                    summary.controls.as_they_must += usize::from(met);
                }
                Credential::Real
                    if seen.variant == "x-api-key" && seen.api_version == ApiVersion::V3 =>
                {
                    summary.real_key.asked += 1;
                    summary.real_key.accepted += usize::from(met);
                }
                _ => {}
            }
        }
        self.record.summary = summary;
        self.record
    }
}

/// What the other side answers.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reply {
    Ok,
    Unauthorized,
    NoRoute,
    NoDns,
    Hostile,
}

impl Reply {
    fn into_outcome(self, version: ApiVersion) -> (Outcome, Class) {
        match self {
            Self::Ok => (answer(200, version, None, None, None), Class::Ok),
            Self::Unauthorized => {
                let (code, body) = match version {
                    ApiVersion::V1 => ("400112", r#"{"code":400112,"message":"Unauthorized"}"#),
                    ApiVersion::V2 => (
                        "internal_error",
                        r#"{"data":null,"error":{"code":"internal_error","message":"Unauthorized"}}"#,
                    ),
                    ApiVersion::V3 => (
                        "unauthorized",
                        r#"{"error":{"code":"unauthorized","message":"Unauthorized","doc_url":"https://developers.heygen.com/docs/error-codes#unauthorized"}}"#,
                    ),
                };
                let outcome = answer(401, version, Some(code), Some("Unauthorized"), Some(body));
                (outcome, Class::Unauthenticated)
            }
            Self::NoRoute => (answer(404, version, None, None, Some("")), Class::RouteNotFound),
            Self::NoDns => {
                let detail = "failed to lookup address information: Name or service not known";
                let fault = Fault { fault: FaultKind::Dns, tls: None, detail: detail.to_owned() };
                (Outcome::Fault(fault), Class::Dns)
            }
            Self::Hostile => {
                let body = HOSTILE.repeat(2);
                let code = Some("<b>|`x`|</b>\n::error::pwned");
                (answer(403, version, code, Some(HOSTILE), Some(&body)), Class::EdgeBlock)
            }
        }
    }
}

/// Everything that a server could try on a terminal, a page, a tracker, or a CI log.
pub(crate) const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\n::error file=x::pwned\n##[error]pwned\r\n\
    # Heading\n<script>alert(1)</script> @everyone [click](https://evil.example) ![i](x) | cell | \
    ``` \u{202e}txet\u{202c} \u{200b}#1 www.evil.example *bold* _it_ ~~no~~ &lt; $x$\n- item\n";

fn answer(
    status: u16,
    version: ApiVersion,
    code: Option<&str>,
    message: Option<&str>,
    body: Option<&str>,
) -> Outcome {
    let mut headers: BTreeMap<String, String> =
        [("content-type", "application/json"), ("server", "gunicorn")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
    if version != ApiVersion::V3 {
        headers.insert("deprecation".into(), "true".into());
        headers.insert("sunset".into(), "Sat, 31 Oct 2026 00:00:00 GMT".into());
    }
    let hostile = message.is_some_and(|message| message.contains('\u{1b}'));
    if hostile {
        headers.insert("server".into(), "| <b> \u{202e}".into());
    }
    let members = if body.is_none() { vec!["data".to_owned()] } else { Vec::new() };
    Outcome::Answer(Box::new(Answer {
        http_version: "HTTP/2".into(),
        remote_addr: Some("192.0.2.10:443".into()),
        connection: Some(Connection::Reused),
        status,
        headers,
        body: Body {
            kind: match body {
                Some("") => BodyKind::Empty,
                _ if hostile => BodyKind::Html,
                _ => BodyKind::Json,
            },
            bytes: body.map_or(412, |body| body.len() as u64),
            truncated: false,
            cut_short: None,
            members,
            fields: BTreeMap::new(),
            excerpt: body.filter(|body| !body.is_empty()).map(ToOwned::to_owned),
        },
        envelope: match version {
            _ if status == 404 || hostile => Envelope::None,
            ApiVersion::V1 => Envelope::V1,
            ApiVersion::V2 => Envelope::V2,
            ApiVersion::V3 => Envelope::V3,
        },
        code: code.map(ToOwned::to_owned),
        message: message.map(ToOwned::to_owned),
        ids: [("x-amzn-trace-id".to_owned(), "Root=1-691ee0af-5b1d0c2f".to_owned())].into(),
    }))
}

fn curl(variant: &str, credential: Credential, path: &str) -> String {
    let key = match credential {
        Credential::None => "",
        Credential::MadeUp => " -H 'x-api-key: 00000000000000000000000000000000-0000000000'",
        _ => match variant {
            "bearer" => r#" -H "Authorization: Bearer $HEYGEN_API_KEY""#,
            "base64-encoded" => r#" -H "x-api-key: $(printf %s "$HEYGEN_API_KEY" | base64)""#,
            _ => r#" -H "x-api-key: $HEYGEN_API_KEY""#,
        },
    };
    format!("curl -sS -i{key} 'https://api.heygen.com{path}'")
}

fn run() -> RunInfo {
    RunInfo {
        id: "01KAG0000000000000000000".into(),
        started_at: start(),
        finished_at: start() + TimeDelta::milliseconds(1_840),
        duration_ms: 1_840,
        profile: "full".into(),
        base_url: "https://api.heygen.com".into(),
        simulated: None,
        partial: false,
        ended_by: None,
        vantage: None,
        steps: Vec::new(),
        not_sent: Vec::new(),
    }
}

fn source(name: &str, fingerprint: Option<&str>, used: bool) -> Source {
    Source { source: name.into(), fingerprint: fingerprint.map(Into::into), used, problem: None }
}

fn network() -> Network {
    Network {
        dns: Some(Dns {
            host: "api.heygen.com".into(),
            addresses: vec!["192.0.2.10".into(), "192.0.2.11".into()],
            ms: 12.4,
            fault: None,
        }),
        connections: vec![ConnectionAttempt {
            address: "192.0.2.10:443".into(),
            connect_ms: Some(18.1),
            tls_ms: Some(24.6),
            fault: None,
        }],
        tls: Some(Tls {
            version: Some("TLSv1.3".into()),
            alpn: Some("h2".into()),
            chain: vec![Certificate {
                subject: "CN=*.heygen.com".into(),
                issuer: "CN=Amazon RSA 2048 M02".into(),
                names: vec!["*.heygen.com".into()],
                not_before: None,
                not_after: None,
            }],
            trusted_here: true,
            trusted_publicly: true,
            fault: None,
        }),
        clock_skew_s: Some(0.2),
        status_page: Some(StatusPage {
            component: Some("operational".into()),
            incidents: Vec::new(),
            problem: None,
        }),
        proxy_connect: None,
    }
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
        cause,
        standing,
        side: cause.side(),
        evidence,
        against,
        next_step: words(cause).next_step.to_owned(),
        doc_url: words(cause).doc_url.to_owned(),
    }
}

fn ruled_out(causes: &[Cause], against: &Evidence) -> Vec<Assessment> {
    causes
        .iter()
        .map(|&cause| assessed(cause, Standing::RuledOut, Vec::new(), vec![against.clone()]))
        .collect()
}

const REAL: &str = "v3.users-me/x-api-key/real";
const SELF: &str = "v3.api-keys-self/x-api-key/real";
const NETWORK: &[Cause] = &[
    Cause::DnsFailure,
    Cause::ConnectionFailed,
    Cause::TlsError,
    Cause::Timeout,
    Cause::ProxyError,
];

/// The 43-character string of the ticket that started this project: one base64 layer short.
pub(crate) fn support_ticket() -> Record {
    let mut sample = Sample::new()
        .with(|record| {
            let credential = &mut record.credential;
            credential.fingerprint = Some("sha256:8c1f0e44b7d2".into());
            credential.length = Some(43);
            credential.shape = Some("32 hex digits, \"-\", 10 digits".into());
            credential.kind = Some("decoded_legacy_key".into());
            credential.created_at = Some(start() - TimeDelta::days(412));
            credential.sources[0].fingerprint = Some("sha256:8c1f0e44b7d2".into());
            credential.findings = vec![
                Finding {
                    id: "key_encoded".into(),
                    severity: Severity::Warning,
                    message: "The value has the form of a key of 2023 to 2025 after base64 decoding; HeyGen hands out the encoded form.".into(),
                },
                Finding {
                    id: "key_old".into(),
                    severity: Severity::Info,
                    message: "The time inside the key is 412 days ago; keys are best replaced every 90 days.".into(),
                },
            ];
            record.run.simulated = Some("support-ticket".into());
        })
        .controls(Reply::Unauthorized, Reply::Unauthorized);
    let variants = [
        "X-Api-Key",
        "bearer",
        "bearer-lower",
        "token",
        "bare",
        "both",
        "repaired",
        "base64-encoded",
        "base64-decoded",
        "ua-curl",
        "ua-browser",
    ];
    for endpoint in ["v3.users-me", "v2.user-me", "v1.user-me"] {
        for variant in variants {
            let accepted = variant == "base64-encoded" && endpoint.starts_with("v3");
            let reply = if accepted { Reply::Ok } else { Reply::Unauthorized };
            sample = sample.asked(endpoint, variant, Credential::Real, reply, None);
        }
    }
    for version in [ApiVersion::V3, ApiVersion::V2, ApiVersion::V1] {
        sample = sample.catalogue(version, Reply::Unauthorized);
    }
    for pattern in ["burst", "fresh"] {
        for n in 1..=10 {
            let suffix = format!("{pattern}-{n:02}");
            let suffix = Some(suffix.as_str());
            sample = sample.asked(
                "v3.users-me",
                "x-api-key",
                Credential::Real,
                Reply::Unauthorized,
                suffix,
            );
        }
    }
    let fits = evidence(
        "The key and a made-up key get the same answer as given.",
        &[REAL, "v3.users-me/x-api-key/made-up"],
    );
    let accepted = evidence(
        "The base64 form of the key was accepted where the key as given was refused.",
        &["v3.users-me/base64-encoded/real", REAL],
    );
    let answered = evidence(
        "HeyGen's API answered every request.",
        &[SELF, REAL, "v2.user-me/x-api-key/real"],
    );
    let mut causes = vec![
        assessed(
            Cause::KeyEncoded,
            Standing::Confirmed,
            vec![
                accepted.clone(),
                evidence("The value has the form of a decoded legacy key.", &[]),
            ],
            Vec::new(),
        ),
        assessed(Cause::KeyUnrecognized, Standing::RuledOut, vec![fits], vec![accepted]),
    ];
    causes.extend(ruled_out(NETWORK, &answered));
    causes.extend(ruled_out(
        &[Cause::HeaderStripped, Cause::TlsIntercepted],
        &evidence(
            "The encrypted connection ends at HeyGen: the public roots accept the chain.",
            &[],
        ),
    ));
    causes.extend(ruled_out(
        &[Cause::RateLimited, Cause::QuotaExceeded],
        &evidence(
            "None of 20 repeats was answered with 429.",
            &["v3.users-me/x-api-key/real/burst-01"],
        ),
    ));
    causes.push(assessed(Cause::BlockedAtEdge, Standing::Untested, Vec::new(), Vec::new()));
    sample
        .diagnosed(
            Cause::KeyEncoded,
            Standing::Confirmed,
            "HeyGen refused the key as given, and accepted the same key in its base64 form.",
            causes,
        )
        .with(|record| {
            record.diagnosis.notes.push(Note {
                id: "legacy_deprecated".into(),
                message:
                    "V1 and V2 still answer, but reached their end of life on 1 November 2026."
                        .into(),
            });
        })
        .record()
}

/// Everything as it should be.
pub(crate) fn healthy() -> Record {
    let controls = evidence(
        "No key and a made-up key were refused, and a path that can't exist wasn't found.",
        &["v3.users-me/none/none", "v3.users-me/x-api-key/made-up", "v3.unknown-route/none/none"],
    );
    let accepted = evidence(
        "The key was accepted 2 of 2 times; 2 of 2 misses a 1-in-4 refusal more than half the time.",
        &[SELF, REAL],
    );
    let mut causes = vec![assessed(
        Cause::Healthy,
        Standing::Confirmed,
        vec![accepted.clone(), controls],
        Vec::new(),
    )];
    causes.extend(ruled_out(&[Cause::KeyUnrecognized, Cause::KeyRevoked], &accepted));
    Sample::new()
        .with(|record| {
            record.run.profile = "adaptive".into();
            record.run.duration_ms = 312;
        })
        .controls(Reply::Ok, Reply::Unauthorized)
        .diagnosed(
            Cause::Healthy,
            Standing::Confirmed,
            "The key was accepted 2 of 2 times, while no key and a made-up key were refused. Making a video was not tested.",
            causes,
        )
        .record()
}

/// Nothing goes out.
pub(crate) fn dns_failure() -> Record {
    let seen = evidence(
        "The resolver of this machine doesn't know `api.heygen.com`.",
        &[SELF, REAL, "v3.users-me/none/none"],
    );
    let mut causes = vec![assessed(Cause::DnsFailure, Standing::Confirmed, vec![seen], Vec::new())];
    causes.push(assessed(Cause::KeyUnrecognized, Standing::Untested, Vec::new(), Vec::new()));
    causes.push(assessed(Cause::ServiceOutage, Standing::Untested, Vec::new(), Vec::new()));
    Sample::new()
        .with(|record| {
            record.run.profile = "adaptive".into();
            record.run.duration_ms = 64;
            record.network = Network {
                dns: Some(Dns {
                    host: "api.heygen.com".into(),
                    addresses: Vec::new(),
                    ms: 3.1,
                    fault: Some(Fault {
                        fault: FaultKind::Dns,
                        tls: None,
                        detail: "Name or service not known".into(),
                    }),
                }),
                ..Network::default()
            };
        })
        .controls(Reply::NoDns, Reply::NoDns)
        .diagnosed(
            Cause::DnsFailure,
            Standing::Confirmed,
            "The name `api.heygen.com` doesn't resolve on this machine, so no request was sent and nothing is known about the key.",
            causes,
        )
        .record()
}

/// A server that would like to write on the reader's screen, in every string it can reach.
pub(crate) fn hostile() -> Record {
    let seen = evidence(HOSTILE, &["v3.users-me/x-api-key/real"]);
    Sample::new()
        .with(|record| {
            record.run.profile = "quick".into();
            record.run.vantage = Some(HOSTILE.into());
            record.environment.os = HOSTILE.into();
            record.credential.shape = Some(HOSTILE.into());
            record.credential.findings = vec![Finding {
                id: "key_blanks".into(),
                severity: Severity::Error,
                message: HOSTILE.into(),
            }];
            record.network.status_page = Some(StatusPage {
                component: Some(HOSTILE.into()),
                incidents: vec![HOSTILE.into()],
                problem: None,
            });
        })
        .controls(Reply::Hostile, Reply::Hostile)
        .diagnosed(
            Cause::BlockedAtEdge,
            Standing::Likely,
            HOSTILE,
            vec![
                assessed(
                    Cause::BlockedAtEdge,
                    Standing::Likely,
                    vec![seen.clone()],
                    vec![seen.clone()],
                ),
                assessed(Cause::WrongHost, Standing::Possible, vec![seen.clone()], Vec::new()),
                assessed(Cause::ServiceOutage, Standing::RuledOut, Vec::new(), vec![seen]),
            ],
        )
        .with(|record| {
            record.diagnosis.notes.push(Note { id: "clock_skew".into(), message: HOSTILE.into() });
        })
        .record()
}
