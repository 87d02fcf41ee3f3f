//! The questions that separate causes, as a table.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::build::{Brief, Maker, again, together};
use super::first::{closing, encodings, with_control};
use super::{Batch, Manner, PatternKind, Probe, agents, lists, pattern};
use crate::heygen::endpoint::{ME, SELF, V1_ME, V2_ME};
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::record::probe::Credential;
use crate::record::probe::variant::{BEARER, TITLE_CASE};
use crate::record::wave::Wave;

/// A question that separates causes.
pub(super) struct Question {
    /// The causes that call for it, while they stand so.
    pub(super) calls: &'static [(Cause, Calls)],
    /// Its purpose, as a part of the step's reason.
    pub(super) why: &'static str,
    /// Its probes.
    pub(super) ask: fn(&Brief) -> Vec<Batch>,
}

/// The standings in which a cause calls for a question.
pub(super) type Calls = RangeInclusive<Standing>;

/// Possible: nothing speaks for it more than for its rivals.
const OPEN: Calls = Standing::Possible..=Standing::Possible;
/// Possible or likely: no experiment shows it.
const UNPROVEN: Calls = Standing::Possible..=Standing::Likely;
/// Likely: no experiment shows it.
const FIRM: Calls = Standing::Likely..=Standing::Likely;
/// Likely, or shown by an experiment.
const SHOWN: Calls = Standing::Likely..=Standing::Confirmed;
/// Anything but ruled out or untested.
const ALWAYS: Calls = Standing::Possible..=Standing::Confirmed;

/// Every question, cheapest first.
pub(super) const QUESTIONS: &[Question] = &[
    Question {
        calls: &[
            (Cause::KeyUnrecognized, UNPROVEN),
            (Cause::KeyMalformed, FIRM),
            (Cause::KeyEncoded, FIRM),
        ],
        why: "the key in the forms that its look suggests",
        ask: |brief| together(encodings(brief)),
    },
    Question {
        calls: &[(Cause::KeyUnrecognized, UNPROVEN), (Cause::KeyWrongKind, FIRM)],
        why: "the key as a Bearer token",
        ask: |brief| {
            if brief.oauth { Vec::new() } else { together(with_control(brief, BEARER).into()) }
        },
    },
    Question {
        calls: &[(Cause::KeyUnrecognized, UNPROVEN), (Cause::HeaderStripped, UNPROVEN)],
        why: "the header as the documentation spells it",
        ask: |brief| {
            if brief.oauth { Vec::new() } else { together(with_control(brief, TITLE_CASE).into()) }
        },
    },
    Question {
        calls: &[(Cause::KeyUnrecognized, UNPROVEN)],
        why: "the older versions",
        ask: |brief| together(legacy(brief)),
    },
    Question {
        calls: &[
            (Cause::KeyPlaceholder, ALWAYS),
            (Cause::KeyMalformed, ALWAYS),
            (Cause::KeyEncoded, ALWAYS),
            (Cause::KeyWrongKind, ALWAYS),
            (Cause::KeyUnrecognized, ALWAYS),
            (Cause::KeyRevoked, ALWAYS),
        ],
        why: "the keys of the other sources",
        ask: |brief| together(other_keys(brief)),
    },
    Question {
        calls: &[(Cause::BlockedAtEdge, FIRM)],
        why: "another user agent",
        ask: |brief| together(agents::without_key(brief)),
    },
    Question {
        calls: &[(Cause::WrongHost, FIRM)],
        why: "paths under another user agent",
        ask: |brief| together(agents::routes(brief)),
    },
    Question {
        calls: &[(Cause::KeyUnrecognized, UNPROVEN)],
        why: "another endpoint, and other user agents",
        ask: |brief| {
            together(
                lists::one(brief, lists::VIDEOS)
                    .into_iter()
                    .chain(agents::with_key(brief))
                    .collect(),
            )
        },
    },
    Question {
        calls: &[(Cause::PermissionDenied, UNPROVEN), (Cause::InsufficientScope, FIRM)],
        why: "other endpoints, for what the key may do",
        ask: |brief| together(reach(brief)),
    },
    Question {
        calls: &[
            (Cause::ServiceOutage, FIRM),
            (Cause::AuthServiceError, FIRM),
            (Cause::Timeout, OPEN),
            (Cause::AccountSuspended, SHOWN),
            (Cause::ApiAccessNotEnabled, SHOWN),
            (Cause::InsufficientScope, SHOWN),
            (Cause::CreditExhausted, SHOWN),
            (Cause::PermissionDenied, SHOWN),
            (Cause::KeyRevoked, SHOWN),
            (Cause::ApiVersionMismatch, SHOWN),
            (Cause::HeaderStripped, SHOWN),
        ],
        why: "the same once more, a moment later",
        ask: later,
    },
    Question {
        calls: &[(Cause::WrongHost, SHOWN)],
        why: "the controls once more",
        ask: |brief| together(closing(brief)),
    },
    Question {
        calls: &[(Cause::ApiVersionMismatch, SHOWN)],
        why: "the older versions once more",
        ask: |brief| {
            let once_more = legacy(brief).into_iter().map(|probe| again(probe, "later")).collect();
            vec![Batch { probes: once_more, manner: Manner::After(A_MOMENT) }]
        },
    },
    Question {
        calls: &[(Cause::InconsistentAuth, FIRM)],
        why: "the controls as often as the key",
        ask: controls_as_often,
    },
    Question {
        calls: &[
            (Cause::InconsistentAuth, UNPROVEN),
            (Cause::Healthy, OPEN),
            (Cause::ServiceOutage, OPEN),
            (Cause::AuthServiceError, OPEN),
            (Cause::ConnectionFailed, OPEN),
        ],
        why: "the identical request again, on fresh connections",
        ask: |brief| {
            vec![
                pattern::batch(brief, PatternKind::Fresh.usual()),
                pattern::batch(brief, PatternKind::Steady.usual()),
                Batch { probes: other_endpoint(brief), manner: Manner::Fresh },
            ]
        },
    },
];

fn legacy(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Variants };
    let mut probes = Vec::new();
    for id in [V2_ME, V1_ME] {
        probes.push(maker.at(
            id,
            brief.documented(),
            Credential::Real,
            "Does an older version accept the key?",
        ));
        probes.push(maker.at(
            id,
            brief.documented(),
            Credential::MadeUp,
            "Does an older version refuse a made-up key?",
        ));
    }
    probes
}

fn other_keys(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Variants };
    let known = brief.known_good.then_some(Credential::KnownGood);
    known
        .into_iter()
        .chain(brief.others.iter().copied().map(Credential::Other))
        .map(|credential| {
            maker.at(ME, brief.documented(), credential, "Is the key of another source accepted?")
        })
        .collect()
}

/// The key beside its controls a moment later: what is seen once may be gone the next time.
fn later(brief: &Brief) -> Vec<Batch> {
    if !brief.patterns.is_empty() {
        // It was asked often enough.
        return Vec::new();
    }
    let maker = Maker { brief, wave: Wave::Repeats };
    let credentials = [
        Credential::Real,
        Credential::None,
        Credential::MadeUp,
        Credential::Real,
        Credential::MadeUp,
        Credential::Real,
    ];
    let mut numbers = BTreeMap::new();
    let probes = credentials
        .into_iter()
        .map(|credential| {
            let number = numbers.entry(credential).and_modify(|number| *number += 1).or_insert(1);
            let asks = "Is the answer the same a moment later?";
            let probe = maker.at(ME, brief.documented(), credential, asks);
            Probe { pattern: Some("later"), ..again(probe, &format!("later-{number:02}")) }
        })
        .collect();
    vec![Batch { probes, manner: Manner::After(A_MOMENT) }]
}

/// The wait before a repeat: long enough for a short failure of one server to end.
const A_MOMENT: Duration = Duration::from_millis(300);

/// Enough controls to tell whether the server treats everyone so, or this key only.
fn controls_as_often(brief: &Brief) -> Vec<Batch> {
    let maker = Maker { brief, wave: Wave::Repeats };
    let probe = |credential, number| {
        let asks = "Does a request without a valid key get in at times as well?";
        let probe = maker.at(ME, brief.documented(), credential, asks);
        Probe { pattern: Some("controls"), ..again(probe, &format!("controls-{number:02}")) }
    };
    let probes = (1..=5)
        .flat_map(|number| [probe(Credential::MadeUp, number), probe(Credential::None, number)])
        .collect();
    vec![Batch { probes, manner: Manner::Fresh }]
}

/// The other endpoint of the core as well, for one that differs from its neighbour always.
fn other_endpoint(brief: &Brief) -> Vec<Probe> {
    if brief.oauth {
        return Vec::new();
    }
    let maker = Maker { brief, wave: Wave::Repeats };
    (1..=4)
        .map(|number| {
            let asks = "Does this endpoint always answer alike?";
            let probe = maker.at(SELF, brief.documented(), Credential::Real, asks);
            Probe { pattern: Some("fresh"), ..again(probe, &format!("fresh-{number:02}")) }
        })
        .collect()
}

fn reach(brief: &Brief) -> Vec<Probe> {
    let maker = Maker { brief, wave: Wave::Endpoints };
    ["v3.videos", "v3.avatars", "v3.voices"]
        .into_iter()
        .map(|id| maker.at(id, brief.documented(), Credential::Real, "What does the key reach?"))
        .collect()
}
