//! The ticket that started this project.

use chrono::TimeDelta;
use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::{Assessment, Evidence, NoteId, Standing};
use heygen_doctor::record::facts::{FindingId, Kind, NotSent, Profile, Reason, Severity};
use heygen_doctor::record::probe::ApiVersion;
use heygen_doctor::record::probe::Credential;

use super::build::{Sample, assessed, evidence, finding, ruled_out, start};
use super::reply::Reply;
use super::{MADE_UP, REAL, SELF};

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

/// The 43-character string of the ticket that started this project: one base64 layer short.
pub(crate) fn support_ticket() -> Record {
    let sample = Sample::new().with(|facts| {
        let credential = &mut facts.credential;
        credential.fingerprint = Some("sha256:8c1f0e44b7d2".into());
        credential.length = Some(43);
        credential.shape = Some("32 hex digits, \"-\", 10 digits".into());
        credential.kind = Some(Kind::DecodedLegacyKey);
        credential.created_at = Some(start() - TimeDelta::days(412));
        credential.sources[0].fingerprint = Some("sha256:8c1f0e44b7d2".into());
        credential.findings = vec![
            finding(FindingId::KeyDecoded, Severity::Warning, "The value has the form of a key of 2023 to 2025 after base64 decoding; HeyGen hands out the encoded form."),
            finding(FindingId::KeyOld, Severity::Info, "The time inside the key is 412 days ago; keys are best replaced every 90 days."),
        ];
        facts.run.simulated = Some("support-ticket".into());
        facts.run.profile = Profile::Full;
        facts.run.not_sent = vec![NotSent::new(
            "*/X-API-Key/*",
            Reason::Repeats,
            "Header names are equal whatever their case.",
        )];
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
            NoteId::LegacyDeprecated,
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

fn support_ticket_causes(accepted: Evidence) -> Vec<Assessment> {
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
