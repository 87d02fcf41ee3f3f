//! From facts to the finished record: classes, counts, diagnosis. Pure.

mod advice;
mod agents;
mod case;
pub mod causes;
mod clause;
pub mod clock;
mod controls;
mod core;
mod description;
mod experiment;
mod forms;
mod gateway;
mod glance;
mod group;
pub(crate) mod heard;
mod keywords;
mod lack;
mod lexicon;
mod lists;
pub mod notes;
mod noun;
mod plainly;
pub mod requirements;
pub mod said;
mod separates;
mod step;
mod subject;
mod timeline;
mod watched;
mod weighed;

pub use glance::{at_a_glance, expires_at};
pub use group::REFUSED;
pub use watched::watched;

use crate::classify::classify;
use crate::heygen::endpoint::{ME, SELF, UNKNOWN_ROUTE};
use crate::judge::causes::diagnose;
use crate::record::class::Class;
use crate::record::curl;
use crate::record::facts::{Facts, Kind};
use crate::record::observation::Observation;
use crate::record::probe::{ApiVersion, Credential, Encoding, Placement, Variant, variant};
use crate::record::{Controls, Judged, RealKey, Record, Redaction, SCHEMA_VERSION, Summary, Tool};

/// The finished record of a run: its facts, counted and diagnosed.
#[must_use]
pub fn record(facts: Facts, redaction: Redaction) -> Record {
    let diagnosis = match &facts.heard {
        Some(heard) => heard::diagnose(&facts, heard),
        None => diagnose(&facts),
    };
    let case = case::Case::new(&facts);
    let absent: Vec<&str> = [(ME, SELF), (SELF, ME)]
        .into_iter()
        .filter(|(one, other)| case.is_beside_the_point(one, other))
        .map(|(one, _)| one)
        .collect();
    let Facts { run, credential, environment, network, observations, heard } = facts;
    let is_oauth = credential.kind == Some(Kind::OauthToken);
    let observations: Vec<Judged> = observations
        .into_iter()
        .map(|observation| Judged {
            expected: expected(&observation, is_oauth),
            curl: curl::line(&observation, &run, &environment),
            observation,
        })
        .collect();
    Record {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        summary: summary(&observations, run.unanswered.len(), &absent),
        run,
        credential,
        environment,
        network,
        observations,
        diagnosis,
        watch: None,
        heard,
        redaction,
    }
}

/// The facts of a record that was read back, classified by today's rules.
#[must_use]
pub fn facts(record: Record) -> Facts {
    let observations = record.observations.into_iter().map(|judged| judged.observation);
    Facts {
        run: record.run,
        credential: record.credential,
        environment: record.environment,
        network: record.network,
        observations: observations
            .map(|seen| Observation { class: classify(&seen.outcome), ..seen })
            .collect(),
        heard: record.heard,
    }
}

/// The classes that a working key, or a control at HeyGen's API, would get here.
fn expected(observation: &Observation, is_oauth: bool) -> Vec<Class> {
    if observation.endpoint == UNKNOWN_ROUTE.id {
        return vec![Class::RouteNotFound];
    }
    let holds_key = !matches!(observation.credential, Credential::None | Credential::MadeUp);
    let accepted = holds_key
        && variant::find(&observation.variant).is_some_and(|variant| is_taken(variant, is_oauth));
    let mut expected = vec![if accepted { Class::Ok } else { Class::Unauthenticated }];
    if observation.api_version != ApiVersion::V3 {
        // Past their end of life, V1 and V2 may be retired in any of these ways.
        expected.extend([Class::Gone, Class::RouteNotFound]);
    }
    expected
}

/// True if HeyGen takes a working credential that is presented in this way: API keys in their own
/// header only, OAuth tokens as `Bearer` only (developers.heygen.com, `ApiKeyAuth`, `BearerAuth`).
fn is_taken(variant: &Variant, is_oauth: bool) -> bool {
    let is_plain = matches!(variant.encoding, Encoding::AsGiven | Encoding::Repaired);
    let is_placed = match variant.placement {
        Placement::ApiKeyHeader => !is_oauth,
        Placement::Authorization(scheme) => is_oauth && scheme.eq_ignore_ascii_case("bearer"),
        Placement::Both => true,
    };
    is_plain && is_placed
}

/// The counts of a run; an endpoint that answers everyone alike says nothing of a key.
fn summary(observations: &[Judged], unanswered: usize, absent: &[&str]) -> Summary {
    let mut summary = Summary { requests: unanswered, ..Summary::default() };
    for judged in observations {
        let seen = &judged.observation;
        *summary.by_class.entry(seen.class).or_default() += 1;
        if !seen.was_sent() {
            continue;
        }
        summary.requests += usize::from(!seen.shared);
        if let Some(status) = seen.status() {
            *summary.by_status.entry(status).or_default() += 1;
        }
        if seen.is_lost() || absent.contains(&seen.endpoint.as_str()) {
            continue;
        }
        let live = seen.api_version == ApiVersion::V3;
        let as_it_must = judged.expected.contains(&seen.class);
        match seen.credential {
            Credential::Real
                if live && judged.expected.contains(&Class::Ok) && is_as_given(seen) =>
            {
                summary.real_key = RealKey {
                    asked: summary.real_key.asked + 1,
                    accepted: summary.real_key.accepted
                        + usize::from(seen.class.shows_acceptance()),
                };
            }
            Credential::None | Credential::MadeUp => {
                summary.controls = Controls {
                    asked: summary.controls.asked + 1,
                    as_they_must: summary.controls.as_they_must + usize::from(as_it_must),
                };
            }
            _ => {}
        }
    }
    summary
}

/// True if the credential travelled as it was given, in one header.
fn is_as_given(observation: &Observation) -> bool {
    variant::find(&observation.variant).is_some_and(|variant| {
        variant.encoding == Encoding::AsGiven && variant.placement != Placement::Both
    })
}
