//! Records made by hand: what a renderer may meet. Every key in them is synthetic.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod build;
mod network;
mod reply;

use chrono::TimeDelta;
use heygen_doctor::cause::Cause;
use heygen_doctor::diagnosis::{Assessment, Standing};
use heygen_doctor::endpoint::ApiVersion;
use heygen_doctor::facts::{EndedBy, NotSent, Severity, StatusPage};
use heygen_doctor::observation::Observation;
use heygen_doctor::probe::Credential;
use heygen_doctor::record::Record;

use build::{Sample, assessed, evidence, finding, ruled_out, start};
use reply::Reply;

pub(crate) use build::classes;

const REAL: &str = "v3.users-me/x-api-key/real";
const SELF: &str = "v3.api-keys-self/x-api-key/real";
const MADE_UP: &str = "v3.users-me/x-api-key/made-up";
const NO_KEY: &str = "v3.users-me/x-api-key/none";
const NO_ROUTE: &str = "v3.unknown-route/x-api-key/none";
const NETWORK: &[Cause] = &[
    Cause::DnsFailure,
    Cause::ConnectionFailed,
    Cause::TlsError,
    Cause::Timeout,
    Cause::ProxyError,
];
const VARIANTS: &[&str] = &[
    "x-api-key.title",
    "bearer",
    "bearer.lower",
    "token",
    "bare",
    "both",
    "x-api-key.base64",
    "x-api-key.ua-curl",
    "x-api-key.ua-browser",
];

/// Everything that a server could try on a terminal, a page, a tracker, or a CI log.
pub(crate) const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\n::error file=x::pwned\n##[error]pwned\r\n\
    # Heading\n<script>alert(1)</script> @everyone [click](https://evil.example) ![i](x) | cell | \
    ``` \u{202e}txet\u{202c} \u{200b}#1 www.evil.example *bold* _it_ ~~no~~ &lt; $x$\n- item\n";

/// Makes a sample.
type Make = fn() -> Record;

/// Every sample, with its name.
pub(crate) const ALL: &[(&str, Make)] = &[
    ("support_ticket", support_ticket),
    ("healthy", healthy),
    ("scoped", scoped),
    ("unrecognized", unrecognized),
    ("no_key", no_key),
    ("dns_failure", dns_failure),
    ("hostile", hostile),
];

/// One answer with this status, in the form of V3, to a read that needs a key.
pub(crate) fn answered(status: u16) -> Observation {
    let mut record = Sample::new()
        .asked("v3.users-me", "x-api-key", Credential::Real, Reply::Plain(status), None)
        .record();
    record.observations.remove(0).observation
}

/// The 43-character string of the ticket that started this project: one base64 layer short.
pub(crate) fn support_ticket() -> Record {
    let sample = Sample::new().with(|facts| {
        let credential = &mut facts.credential;
        credential.fingerprint = Some("sha256:8c1f0e44b7d2".into());
        credential.length = Some(43);
        credential.shape = Some("32 hex digits, \"-\", 10 digits".into());
        credential.kind = Some("decoded_legacy_key".into());
        credential.created_at = Some(start() - TimeDelta::days(412));
        credential.sources[0].fingerprint = Some("sha256:8c1f0e44b7d2".into());
        credential.findings = vec![
            finding("key_encoded", Severity::Warning, "The value has the form of a key of 2023 to 2025 after base64 decoding; HeyGen hands out the encoded form."),
            finding("key_old", Severity::Info, "The time inside the key is 412 days ago; keys are best replaced every 90 days."),
        ];
        facts.run.simulated = Some("support-ticket".into());
        facts.run.profile = "full".into();
        facts.run.not_sent = vec![NotSent {
            probe: "*/X-API-Key/*".into(),
            why: "Header names are equal whatever their case.".into(),
        }];
    });
    let accepted = evidence(
        "The base64 form of the key was accepted where the key as given was refused.",
        &["v3.users-me/x-api-key.base64/real", REAL],
    );
    asked_fully(sample.controls(Reply::Unauthorized, Reply::Unauthorized))
        .diagnosed(
            Cause::KeyEncoded,
            Standing::Confirmed,
            "HeyGen refused the key as given, and accepted the same key in its base64 form.",
            support_ticket_causes(accepted),
        )
        .noted(
            "legacy_deprecated",
            "V1 and V2 still answer, but reached their end of life on 1 November 2026.",
        )
        .record()
}

/// Every header variant on every version, every endpoint, and two timing patterns.
fn asked_fully(mut sample: Sample) -> Sample {
    for endpoint in ["v3.users-me", "v2.user-me", "v1.user-me"] {
        for &variant in VARIANTS {
            let accepted = variant == "x-api-key.base64" && endpoint.starts_with("v3");
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
            let key = Credential::Real;
            sample =
                sample.asked("v3.users-me", "x-api-key", key, Reply::Unauthorized, Some(&suffix));
        }
    }
    sample
}

fn support_ticket_causes(accepted: heygen_doctor::diagnosis::Evidence) -> Vec<Assessment> {
    let alike =
        evidence("The key and a made-up key get the same answer as given.", &[REAL, MADE_UP]);
    let form = evidence("The value has the form of a decoded legacy key.", &[]);
    let mut causes = vec![
        assessed(Cause::KeyEncoded, Standing::Confirmed, vec![accepted.clone(), form], Vec::new()),
        assessed(Cause::KeyUnrecognized, Standing::RuledOut, vec![alike], vec![accepted]),
    ];
    causes.extend(ruled_out(
        NETWORK,
        &evidence(
            "HeyGen's API answered every request.",
            &[SELF, REAL, "v2.user-me/x-api-key/real"],
        ),
    ));
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
    causes
}

/// Everything as it should be.
pub(crate) fn healthy() -> Record {
    let controls = evidence(
        "No key and a made-up key were refused, and a path that can't exist wasn't found.",
        &[NO_KEY, MADE_UP, NO_ROUTE],
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
        .with(|facts| facts.run.duration_ms = 312)
        .controls(Reply::Ok, Reply::Unauthorized)
        .diagnosed(
            Cause::Healthy,
            Standing::Confirmed,
            "The key was accepted 2 of 2 times, while no key and a made-up key were refused. Making a video was not tested.",
            causes,
        )
        .record()
}

/// A key that may read some things and not others.
pub(crate) fn scoped() -> Record {
    let named = evidence(
        "HeyGen accepted the key on 2 endpoints, and named the missing scope `videos:read` on another.",
        &[SELF, REAL, "v3.videos/x-api-key/real"],
    );
    Sample::new()
        .controls(Reply::Ok, Reply::Unauthorized)
        .asked("v3.videos", "x-api-key", Credential::Real, Reply::Scope, None)
        .asked("v3.voices", "x-api-key", Credential::Real, Reply::Ok, None)
        .diagnosed(
            Cause::InsufficientScope,
            Standing::Confirmed,
            "HeyGen accepted the key; its scopes don't cover `videos:read`.",
            vec![assessed(Cause::InsufficientScope, Standing::Confirmed, vec![named], Vec::new())],
        )
        .record()
}

/// A key that HeyGen treats like a made-up one, in a run that was cut short.
pub(crate) fn unrecognized() -> Record {
    let alike = evidence(
        "The key and a made-up key of the same shape got the same answer, byte for byte.",
        &[REAL, MADE_UP, SELF, "v3.api-keys-self/x-api-key/made-up"],
    );
    let proxied = evidence("The public roots don't accept the chain; a proxy reads it.", &[]);
    Sample::new()
        .with(|facts| {
            facts.run.partial = true;
            facts.run.ended_by = Some(EndedBy::Deadline);
            facts.run.vantage = Some("build runner".into());
            facts.credential.sources[1].fingerprint = Some("sha256:0f3d5c6b7a81".into());
            facts.credential.sources[2].problem = Some("The file is not valid JSON.".into());
            if let Some(tls) = &mut facts.network.tls {
                tls.trusted_publicly = false;
            }
        })
        .controls(Reply::Unauthorized, Reply::Unauthorized)
        .diagnosed(
            Cause::KeyUnrecognized,
            Standing::Likely,
            "HeyGen refused the key exactly as it refused a made-up key of the same shape.",
            vec![
                assessed(Cause::KeyUnrecognized, Standing::Likely, vec![alike.clone()], Vec::new()),
                assessed(Cause::HeaderStripped, Standing::Possible, vec![proxied], vec![alike]),
                assessed(Cause::KeyRevoked, Standing::Untested, Vec::new(), Vec::new()),
            ],
        )
        .noted("tls_intercepted", "Something on the way opens the encrypted connection.")
        .record()
}

/// Nothing to ask with; the controls are asked all the same.
pub(crate) fn no_key() -> Record {
    let looked = evidence("None of 3 places holds a key; each of them was looked at.", &[]);
    Sample::new()
        .with(|facts| {
            facts.credential.source = None;
            facts.credential.fingerprint = None;
            facts.credential.length = None;
            facts.credential.shape = None;
            facts.credential.kind = None;
            facts.credential.sources[0].fingerprint = None;
            facts.credential.sources[0].used = false;
            facts.credential.findings = vec![finding(
                "key_empty",
                Severity::Error,
                "`HEYGEN_API_KEY` is set, but empty.",
            )];
        })
        .asked("v3.users-me", "x-api-key", Credential::None, Reply::Unauthorized, None)
        .asked("v3.users-me", "x-api-key", Credential::MadeUp, Reply::Unauthorized, None)
        .asked("v3.unknown-route", "x-api-key", Credential::None, Reply::NoRoute, None)
        .diagnosed(
            Cause::KeyMissing,
            Standing::Confirmed,
            "No key was found in any place, so only the controls were sent, and HeyGen answered them as it must.",
            vec![assessed(Cause::KeyMissing, Standing::Confirmed, vec![looked], Vec::new())],
        )
        .record()
}

/// Nothing goes out.
pub(crate) fn dns_failure() -> Record {
    let seen = evidence(
        "The resolver of this machine doesn't know `api.heygen.com`.",
        &[SELF, REAL, NO_KEY],
    );
    Sample::new()
        .with(|facts| {
            facts.run.duration_ms = 64;
            facts.network = network::without_dns();
        })
        .controls(Reply::NoDns, Reply::NoDns)
        .diagnosed(
            Cause::DnsFailure,
            Standing::Confirmed,
            "The name `api.heygen.com` doesn't resolve on this machine, so no request was sent and nothing is known about the key.",
            vec![
                assessed(Cause::DnsFailure, Standing::Confirmed, vec![seen], Vec::new()),
                assessed(Cause::KeyUnrecognized, Standing::Untested, Vec::new(), Vec::new()),
                assessed(Cause::ServiceOutage, Standing::Untested, Vec::new(), Vec::new()),
            ],
        )
        .record()
}

/// A server that would like to write on the reader's screen, in every string it can reach.
pub(crate) fn hostile() -> Record {
    let seen = evidence(HOSTILE, &[REAL, HOSTILE]);
    let edge =
        assessed(Cause::BlockedAtEdge, Standing::Likely, vec![seen.clone()], vec![seen.clone()]);
    let host = assessed(Cause::WrongHost, Standing::Possible, vec![seen.clone()], Vec::new());
    let outage = assessed(Cause::ServiceOutage, Standing::RuledOut, Vec::new(), vec![seen]);
    Sample::new()
        .with(|facts| {
            facts.run.vantage = Some(HOSTILE.into());
            facts.run.not_sent = vec![NotSent { probe: HOSTILE.into(), why: HOSTILE.into() }];
            facts.environment.os = HOSTILE.into();
            facts.credential.shape = Some(HOSTILE.into());
            facts.credential.findings = vec![finding("key_blanks", Severity::Error, HOSTILE)];
            facts.credential.sources[1].problem = Some(HOSTILE.into());
            if let Some(tls) = &mut facts.network.tls {
                tls.chain[0].subject = HOSTILE.into();
                tls.chain[0].issuer = HOSTILE.into();
            }
            facts.network.status_page = Some(StatusPage {
                component: Some(HOSTILE.into()),
                incidents: vec![HOSTILE.into()],
                problem: None,
            });
        })
        .controls(Reply::Hostile, Reply::Hostile)
        .diagnosed(Cause::BlockedAtEdge, Standing::Likely, HOSTILE, vec![edge, host, outage])
        .noted("clock_skew", HOSTILE)
        .record()
}
