//! A server that would like to write on the reader's screen.

use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::{NoteId, Standing};
use heygen_doctor::record::facts::{
    FindingId, Kind, NotSent, Profile, Reason, Setting, SettingKind, Severity, StatusPage,
};
use heygen_doctor::record::heard::{
    Answered, Answerer, Client, Flaw, Form, Heard, Presented, Slip, Via,
};
use heygen_doctor::record::listened::{Listened, Refusal, Stopped};

use super::REAL;
use super::build::{Sample, assessed, evidence, finding};
use super::reply::Reply;

/// Everything that a server could try on a terminal, a page, a tracker, or a CI log.
pub(crate) const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\n::error file=x::pwned\n##[error]pwned\r\n\
    # Heading\n<script>alert(1)</script> @everyone [click](https://evil.example) ![i](x) | cell | \
    ``` \u{202e}txet\u{202c} \u{200b}#1 www.evil.example *bold* _it_ ~~no~~ &lt; $x$\n- item\n";

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
            facts.run.not_sent = vec![NotSent::new(HOSTILE, Reason::Stopped, HOSTILE)];
            facts.environment.os = HOSTILE.into();
            facts.credential.shape = Some(HOSTILE.into());
            facts.credential.findings =
                vec![finding(FindingId::KeyBlanks, Severity::Error, HOSTILE)];
            facts.credential.sources[1].problem = Some(HOSTILE.into());
            facts.credential.sources[2].nothing = Some(HOSTILE.into());
            facts.environment.settings = SettingKind::ALL
                .into_iter()
                .map(|kind| Setting {
                    name: HOSTILE.into(),
                    kind,
                    message: HOSTILE.into(),
                    step: HOSTILE.into(),
                })
                .collect();
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
        .noted(NoteId::ClockSkew, HOSTILE)
        .record()
}

/// A program that would like the same, in every string that it sends.
pub(crate) fn hostile_program() -> Record {
    let client = || Some(Client { pid: 1, name: HOSTILE.into() });
    let sent = |slip| Heard {
        at: None,
        method: HOSTILE.into(),
        host: HOSTILE.into(),
        target: HOSTILE.into(),
        http_version: HOSTILE.into(),
        headers: vec![(HOSTILE.into(), HOSTILE.into())],
        credentials: vec![Presented {
            header: HOSTILE.into(),
            scheme: HOSTILE.into(),
            form: Form::AsKnown,
            kind: Kind::UserKey,
            fingerprint: None,
            source: Some(HOSTILE.into()),
            is_login: false,
        }],
        body_bytes: 0,
        client: client(),
        via: Via::Proxy,
        answered: Some(Answered {
            fault: None,
            retry_after: None,
            by: Answerer::Heygen,
            status: Some(401),
            class: None,
            code: Some(HOSTILE.into()),
            message: Some(HOSTILE.into()),
        }),
        findings: vec![Flaw::Request(slip)],
    };
    let stopped =
        Stopped { host: HOSTILE.into(), client: client(), how: Refusal::Silent, times: 1 };
    let mut record = Sample::new().record();
    record.run.profile = Profile::Listen;
    record.run.listened = Some(Listened {
        set: vec![HOSTILE.into()],
        passed: vec![HOSTILE.into()],
        stopped: vec![stopped],
        widened: vec!["Node".to_owned()],
        left: client().into_iter().collect(),
        strangers: 1,
    });
    record.heard = Some([Slip::OtherHost, Slip::KeyInUrl, Slip::OtherHeader].map(sent).into());
    record
}
