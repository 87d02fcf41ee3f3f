//! The same questions under other names: some servers talk to other programs only.

use super::build::{Brief, Maker, again, together};
use super::{Batch, Manner, Probe};
use crate::heygen::endpoint::UNKNOWN_ROUTE;
use crate::heygen::endpoint::{ME, SELF};
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::variant::{UA_BROWSER, UA_CURL};
use crate::record::probe::{Credential, Variant};
use crate::record::wave::Wave;

/// Without a key, under other names.
pub(super) fn without_key(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Variants };
    let asks = "Does the user agent change the answer?";
    [UA_CURL, UA_BROWSER]
        .into_iter()
        .map(|agent| maker.at(ME, agent, Credential::None, asks))
        .collect()
}

/// Without a key, under other names, on a path that exists and one that can't.
pub(super) fn routes(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Variants };
    let asks = "Does the server know its paths under another name?";
    let unknown = |agent| maker.probe(&UNKNOWN_ROUTE, agent, Credential::None, asks);
    without_key(brief).into_iter().chain([UA_CURL, UA_BROWSER].map(unknown)).collect()
}

/// The key under other names, each beside a made-up one.
pub(super) fn with_key(brief: &Brief) -> Vec<Probe> {
    if brief.oauth {
        return Vec::new();
    }
    let maker = Maker { brief, wave: Wave::Variants };
    let asks = "Is the key accepted under another user agent?";
    let named = [UA_CURL, UA_BROWSER].into_iter().flat_map(|agent| {
        [Credential::Real, Credential::MadeUp]
            .map(|credential| maker.at(ME, agent, credential, asks))
    });
    named.collect()
}

/// The key and its controls under a user agent that the server talks to, where it doesn't talk to
/// our own; then the key under our own once more, so that chance isn't taken for the name.
pub(super) fn under_another_agent(brief: &Brief, seen: &[Observation]) -> Vec<Batch> {
    let own = brief.documented();
    let Some(agent) =
        [UA_CURL, UA_BROWSER].into_iter().find(|agent| gets_through(seen, own, agent))
    else {
        return Vec::new();
    };
    let maker = Maker { brief, wave: Wave::Variants };
    let mut probes = vec![maker.probe(
        &UNKNOWN_ROUTE,
        agent,
        Credential::None,
        "Does the server know which paths it has?",
    )];
    for id in [SELF, ME] {
        for credential in [Credential::Real, Credential::None, Credential::MadeUp] {
            probes.push(maker.at(
                id,
                agent,
                credential,
                "Is the key accepted under another user agent?",
            ));
        }
    }
    let own = ["own-name-01", "own-name-02"].map(|part| {
        let asks = "Is it still refused under our own user agent?";
        again(maker.at(ME, own, Credential::Real, asks), part)
    });
    let mut batches = together(probes);
    batches.push(Batch { probes: own.into(), manner: Manner::Fresh });
    batches
}

fn gets_through(seen: &[Observation], own: &Variant, agent: &Variant) -> bool {
    let at = |id: &str, variant: &Variant, credential: Credential| -> Vec<Class> {
        seen.iter()
            .filter(|seen| {
                seen.endpoint == id && seen.variant == variant.id && seen.credential == credential
            })
            .map(|seen| seen.class)
            .collect()
    };
    let all = |classes: &[Class], among: &[Class]| {
        !classes.is_empty() && classes.iter().all(|class| among.contains(class))
    };
    let keyless = at(ME, own, Credential::None);
    let greeted = at(ME, agent, Credential::None).contains(&Class::Unauthenticated);
    let blocked = keyless.iter().all(|class| BLOCKS.contains(class)) && greeted;
    let opened = all(&at(ME, own, Credential::Real), REFUSALS)
        && all(&at(ME, agent, Credential::Real), &[Class::Ok])
        && all(&at(ME, agent, Credential::MadeUp), &[Class::Unauthenticated]);
    let unknown = at(UNKNOWN_ROUTE.id, own, Credential::None);
    let lost = all(&unknown, REFUSALS)
        && all(&keyless, &unknown)
        && all(&at(UNKNOWN_ROUTE.id, agent, Credential::None), &[Class::RouteNotFound]);
    blocked || opened || (lost && greeted)
}

/// Answers of a block in front of the API.
const BLOCKS: &[Class] = &[Class::EdgeBlock, Class::Forbidden];
/// Answers of a server that doesn't want to talk to us.
const REFUSALS: &[Class] = &[Class::Unauthenticated, Class::Forbidden];
