//! The first step: wave 2, and in `full` everything else with it.

use super::build::{Brief, Maker, again};
use super::lists::{self, VOICES};
use super::{Batch, MOST_REQUESTS, Manner, Probe, Profile, Step, pattern};
use crate::heygen::endpoint::{self, UNKNOWN_ROUTE};
use crate::heygen::endpoint::{ME, SELF, V1_ME, V2_ME};
use crate::record::facts::{NotSent, Reason};
use crate::record::probe::variant::{
    self, BASE64, BEARER, DECODED, REPAIRED, TITLE_CASE, UA_BROWSER, UA_CURL,
};
use crate::record::probe::{ApiVersion, Credential, Variant};
use crate::record::wave::Wave;

/// The first step of a run.
#[must_use]
pub fn first(brief: &Brief) -> Step {
    let mut step = Step { why: why(brief.profile), batches: Vec::new(), not_sent: Vec::new() };
    if let Some(service) = &brief.wrong_host {
        step.not_sent.push(NotSent::new(
            "*",
            Reason::WrongHost,
            format!("The base URL leads to {service}."),
        ));
        return step;
    }
    let full = brief.profile == Profile::Full;
    let mut together = core(brief);
    if full {
        together.extend(variants(brief));
        together.extend(experiments(brief));
        together.extend(rest_of_catalogue(brief));
        step.not_sent.push(NotSent::new(
            "*/X-API-Key/*",
            Reason::Repeats,
            variant::UPPER_CASE_NOTE,
        ));
    }
    step.batches.push(Batch { probes: together, manner: Manner::Together });
    step.batches.extend(pattern::batches(brief));
    if full {
        step.batches.push(Batch { probes: closing(brief), manner: Manner::Together });
    }
    allow(brief, &mut step);
    cap(&mut step);
    step
}

fn why(profile: Profile) -> String {
    match profile {
        Profile::Quick | Profile::Adaptive | Profile::Listen | Profile::Inspect => "Does HeyGen treat your key differently from a made-up one, and is this HeyGen's API at all?",
        Profile::Full => "Full profile: every header, version, endpoint, and timing.",
    }
    .to_owned()
}

/// Wave 2: the real key beside its controls. In `adaptive`, one list takes the place of a second
/// request without a key: a key may read its account and little else.
fn core(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Controls };
    let documented = brief.documented();
    let endpoints: &[&str] = if brief.oauth { &[ME] } else { &[SELF, ME] };
    let adaptive = brief.profile == Profile::Adaptive;
    let mut probes = Vec::new();
    for id in endpoints {
        probes.push(maker.at(id, documented, Credential::Real, "Is the key accepted?"));
        if !adaptive || *id == ME {
            let asks = "What is the answer without any key?";
            probes.push(maker.at(id, documented, Credential::None, asks));
        }
        probes.push(maker.at(
            id,
            documented,
            Credential::MadeUp,
            "Is a key that can't exist refused?",
        ));
    }
    probes.push(maker.probe(
        &UNKNOWN_ROUTE,
        documented,
        Credential::None,
        "Does the server know which paths it has?",
    ));
    probes.push(if brief.profile == Profile::Quick && brief.known_good {
        maker.at(ME, documented, Credential::KnownGood, "Is a key accepted that works?")
    } else {
        let asks = "Is the same answer given twice?";
        again(maker.at(ME, documented, Credential::Real, asks), "again")
    });
    if adaptive {
        probes.extend(lists::one(brief, VOICES));
    }
    probes
}

/// Wave 3: the header variants on every version, with controls where they could be accepted.
fn variants(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Variants };
    let asks = "Does another header, or an older version, get another answer?";
    let mut probes = Vec::new();
    for id in [ME, V2_ME, V1_ME] {
        for variant in variant::HEADERS {
            let asked = id == ME && *variant == brief.documented();
            if !asked {
                probes.push(maker.at(id, variant, Credential::Real, asks));
            }
        }
    }
    for id in [V2_ME, V1_ME] {
        probes.push(maker.at(
            id,
            brief.documented(),
            Credential::MadeUp,
            "Does an older version refuse a made-up key?",
        ));
        probes.push(maker.at(
            id,
            brief.documented(),
            Credential::None,
            "Does an older version refuse no key?",
        ));
    }
    if !brief.oauth {
        for variant in [BEARER, TITLE_CASE] {
            let asks = "Is a made-up key refused in this header as well?";
            probes.push(maker.at(ME, variant, Credential::MadeUp, asks));
        }
    }
    probes
}

/// Wave 3: encodings and user agents.
fn experiments(brief: &Brief) -> Vec<Probe> {
    let mut probes = encodings(brief);
    let maker = Maker { brief, wave: Wave::Variants };
    for agent in [UA_CURL, UA_BROWSER] {
        probes.push(maker.at(
            ME,
            agent,
            Credential::None,
            "Does the user agent change the answer?",
        ));
    }
    probes
}

/// The key in every form that its look suggests, each beside a made-up key in the same form.
pub(super) fn encodings(brief: &Brief) -> Vec<Probe> {
    let suggested =
        [(brief.repairable, REPAIRED), (brief.encodable, BASE64), (brief.decodable, DECODED)];
    suggested
        .into_iter()
        .filter(|(suggested, _)| *suggested)
        .flat_map(|(_, variant)| with_control(brief, variant))
        .collect()
}

pub(super) fn with_control(brief: &Brief, variant: &'static Variant) -> [Probe; 2] {
    let maker = Maker { brief, wave: Wave::Variants };
    [
        maker.at(ME, variant, Credential::Real, "Is the key accepted in another form?"),
        maker.at(ME, variant, Credential::MadeUp, "Is a made-up key refused in this form as well?"),
    ]
}

/// Wave 4: every other endpoint, with the real key.
fn rest_of_catalogue(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Endpoints };
    endpoint::catalogue()
        .filter(|endpoint| ![ME, SELF, V2_ME, V1_ME].contains(&endpoint.id))
        .map(|endpoint| {
            maker.probe(endpoint, brief.documented(), Credential::Real, "What does the key reach?")
        })
        .collect()
}

/// Wave 6: the controls of wave 2 once more.
pub(super) fn closing(brief: &Brief) -> Vec<Probe> {
    core(brief)
        .into_iter()
        .filter(|probe| probe.credential != Credential::Real)
        .map(|probe| Probe { wave: Wave::Closing, ..again(probe, "closing") })
        .collect()
}

/// Leaves out what may not be sent, or was not wanted.
pub(super) fn allow(brief: &Brief, step: &mut Step) {
    let keyless = !brief.real;
    let before = step.requests();
    for batch in &mut step.batches {
        batch.probes.retain(|probe| !(keyless && probe.credential == Credential::Real));
    }
    if keyless && step.requests() < before {
        let why = brief.withheld.clone().unwrap_or_else(|| "There is no key to send.".to_owned());
        step.not_sent.push(NotSent::new("*/real", Reason::NoKey, why));
    }
    let before = step.requests();
    for batch in &mut step.batches {
        batch.probes.retain(|probe| brief.wants(probe));
    }
    let left_out = before - step.requests();
    if left_out > 0 {
        let why = format!("{left_out} left out by `--only` or `--skip`.");
        step.not_sent.push(NotSent::new("*", Reason::LeftOut, why));
    }
    step.batches.retain(|batch| !batch.probes.is_empty());
}

/// Requests that the first step leaves for what its answers call for.
const FOR_LATER: usize = 6;

/// Keeps a step within the most that a run may send: legacy endpoints of wave 4 yield first.
fn cap(step: &mut Step) {
    let mut surplus = step.requests().saturating_sub(MOST_REQUESTS - FOR_LATER);
    let yielding: [fn(&Probe) -> bool; 3] = [
        |probe| probe.wave == Wave::Endpoints && probe.endpoint.version != ApiVersion::V3,
        |probe| probe.wave == Wave::Endpoints,
        |probe| probe.wave == Wave::Repeats,
    ];
    for yields in yielding {
        for batch in &mut step.batches {
            while surplus > 0 {
                let Some(at) = batch.probes.iter().rposition(yields) else { break };
                let probe = batch.probes.remove(at);
                let why = format!("A run sends at most {MOST_REQUESTS} requests.");
                step.not_sent.push(NotSent::new(probe.id.0, Reason::Limit, why));
                surplus -= 1;
            }
        }
    }
}
