//! The other endpoints of V3, where they decide: what one service refuses, another may accept.

use super::build::{Brief, Maker, again, together};
use super::{Batch, Manner, Probe};
use crate::heygen::endpoint::{self, Endpoint, UNKNOWN_ROUTE};
use crate::heygen::endpoint::{ME, SELF};
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::variant::TITLE_CASE;
use crate::record::probe::{ApiVersion, Credential};
use crate::record::wave::Wave;

/// Lists that stand in for the core where a server doesn't offer it.
const STAND_INS: [&str; 2] = [VIDEOS, VOICES];
/// The account's own videos.
pub(super) const VIDEOS: &str = "v3.videos";
/// The voices, which hang on more than the key: a scope, the plan, and their suppliers.
pub(super) const VOICES: &str = "v3.voices";
/// The most lists on which the controls are asked, or that are asked again.
const MOST: usize = 4;

/// One list: another service may answer there.
pub(super) fn one(brief: &Brief, list: &'static str) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Endpoints };
    let asks = "Does another endpoint accept the key?";
    vec![maker.at(list, brief.documented(), Credential::Real, asks)]
}

/// The probes that decide between the endpoints of V3.
///
/// 1. The core isn't offered: the key and its controls on lists.
/// 2. The core refuses the key and lists accept it: a made-up key on those.
/// 3. Something accepts the key, and lists refuse it as unknown: these once more, and the made-up key.
pub(super) fn decisive(brief: &Brief, seen: &[Observation]) -> Vec<Batch> {
    let maker = Maker { brief, wave: Wave::Endpoints };
    let documented = brief.documented();
    let real: Vec<&Observation> = seen
        .iter()
        .filter(|seen| {
            seen.credential == Credential::Real
                && seen.variant == documented.id
                && seen.api_version == ApiVersion::V3
                && seen.endpoint != UNKNOWN_ROUTE.id
        })
        .collect();
    let core = || real.iter().filter(|seen| [ME, SELF].contains(&seen.endpoint.as_str()));
    let core_accepts = core().any(|seen| seen.class == Class::Ok);
    let asks = "Does this endpoint tell the key from a made-up one?";
    let ask = |id: &'static str, credentials: &[Credential]| -> Vec<Probe> {
        credentials.iter().map(|it| maker.at(id, documented, *it, asks)).collect()
    };
    if core().next().is_some() && core().all(|seen| seen.class == Class::RouteNotFound) {
        let all = [Credential::Real, Credential::None, Credential::MadeUp];
        return together(STAND_INS.into_iter().flat_map(|id| ask(id, &all)).collect());
    }
    let accepting = lists(&real, Class::Ok);
    if !core_accepts && !accepting.is_empty() {
        let made_up = [Credential::MadeUp];
        let asked = accepting.into_iter().take(MOST).flat_map(|list| ask(list.id, &made_up));
        return together(asked.collect());
    }
    if core_accepts || !accepting.is_empty() {
        let refusing: Vec<&Endpoint> =
            lists(&real, Class::Unauthenticated).into_iter().take(MOST).collect();
        let mut batches = once_more(&maker, &refusing);
        if core_accepts && spelled_refused(seen) {
            let asks = "Is the documented spelling refused again?";
            let probes = ["spelled-again-01", "spelled-again-02"]
                .map(|part| again(maker.at(ME, TITLE_CASE, Credential::Real, asks), part));
            batches.push(Batch { probes: probes.into(), manner: Manner::Fresh });
        }
        return batches;
    }
    Vec::new()
}

/// The key is refused in the documented spelling.
fn spelled_refused(seen: &[Observation]) -> bool {
    seen.iter().any(|seen| {
        seen.credential == Credential::Real
            && seen.variant == TITLE_CASE.id
            && seen.endpoint == ME
            && seen.class == Class::Unauthenticated
    })
}

/// The lists whose first answer to the real key is of this class.
fn lists(real: &[&Observation], class: Class) -> Vec<&'static Endpoint> {
    let mut found: Vec<&'static Endpoint> = Vec::new();
    for seen in real.iter().filter(|seen| seen.class == class) {
        let list = endpoint::find(&seen.endpoint).filter(|list| ![ME, SELF].contains(&list.id));
        found.extend(list.filter(|list| !found.contains(list)));
    }
    found
}

fn once_more(maker: &Maker<'_>, refusing: &[&'static Endpoint]) -> Vec<Batch> {
    let documented = maker.brief.documented();
    let probe = |list: &&'static Endpoint, credential, part: &str| {
        let asks = "Is the refusal of this endpoint repeated?";
        again(maker.probe(list, documented, credential, asks), part)
    };
    let rounds = [
        (Credential::Real, "list-again-01"),
        (Credential::MadeUp, "list-again"),
        (Credential::Real, "list-again-02"),
    ];
    let probes: Vec<Probe> = rounds
        .into_iter()
        .flat_map(|(credential, part)| {
            refusing.iter().map(move |list| probe(list, credential, part))
        })
        .collect();
    if probes.is_empty() { Vec::new() } else { vec![Batch { probes, manner: Manner::Fresh }] }
}
