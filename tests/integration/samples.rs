//! Records made by hand: what a renderer may meet. Every key in them is synthetic.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod build;
mod hostile;
mod network;
mod reply;
mod support_ticket;

use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::{NoteId, Standing};
use heygen_doctor::record::facts::{EndedBy, FindingId, Kind, Severity};
use heygen_doctor::record::observation::Observation;
use heygen_doctor::record::probe::Credential;

use build::{assessed, evidence, finding, ruled_out};

pub(crate) use build::{Sample, classes, start};
pub(crate) use hostile::{HOSTILE, hostile, hostile_program};
pub(crate) use reply::Reply;
pub(crate) use support_ticket::support_ticket;

const REAL: &str = "v3.users-me/x-api-key/real";
const SELF: &str = "v3.api-keys-self/x-api-key/real";
const MADE_UP: &str = "v3.users-me/x-api-key/made-up";
const NO_KEY: &str = "v3.users-me/x-api-key/none";
const NO_ROUTE: &str = "v3.unknown-route/x-api-key/none";

/// Makes a sample.
type Make = fn() -> Record;

/// Every sample, with its name.
pub(crate) const ALL: &[(&str, Make)] = &[
    ("support_ticket", support_ticket),
    ("healthy", healthy),
    ("scoped", scoped),
    ("unrecognized", unrecognized),
    ("flapping", flapping),
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

/// A stored login whose time is over, refused like a token that nobody issued.
pub(crate) fn expired_login() -> Record {
    let asked = |sample: Sample, credential, repeat| {
        sample.asked("v3.users-me", "bearer", credential, Reply::Unauthorized, repeat)
    };
    let mut sample = Sample::new().with(|facts| {
        facts.credential.kind = Some(Kind::OauthToken);
        facts.credential.expires_at = Some(facts.run.started_at - chrono::TimeDelta::days(2));
    });
    for credential in [Credential::Real, Credential::None, Credential::MadeUp] {
        sample = asked(sample, credential, None);
    }
    asked(sample, Credential::Real, Some("again")).record()
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
        .noted(NoteId::TlsIntercepted, "Something on the way opens the encrypted connection.")
        .record()
}

/// A key that some of HeyGen's servers know and others don't.
pub(crate) fn flapping() -> Record {
    let mut sample = Sample::new().controls(Reply::Ok, Reply::Unauthorized);
    for n in 1..=8 {
        let reply = if n % 3 == 0 { Reply::Unauthorized } else { Reply::Ok };
        let suffix = format!("fresh-{n:02}");
        sample = sample.asked("v3.users-me", "x-api-key", Credential::Real, reply, Some(&suffix));
    }
    let alternates = evidence(
        "The identical request was accepted, refused, and accepted again: 6 of 8 were accepted.",
        &["v3.users-me/x-api-key/real/fresh-02", "v3.users-me/x-api-key/real/fresh-03"],
    );
    sample
        .asked("v3.users-me", "x-api-key", Credential::MadeUp, Reply::Unauthorized, Some("fresh-09"))
        .diagnosed(
            Cause::InconsistentAuth,
            Standing::Confirmed,
            "HeyGen accepted the identical request 6 of 8 times and refused it twice, within seconds.",
            vec![assessed(Cause::InconsistentAuth, Standing::Confirmed, vec![alternates], Vec::new())],
        )
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
                FindingId::KeyEmpty,
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
