//! Observations that belong together, and what can be asked of them.

use std::collections::BTreeSet;

use crate::plan::PatternKind;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::ProbeId;
use crate::text::list;

/// Answers that refuse a key, whatever the reason; limits, failures and blocks are apart.
pub const REFUSED: &[Class] = &[
    Class::Unauthenticated,
    Class::Forbidden,
    Class::Suspended,
    Class::ApiNotEnabled,
    Class::InsufficientScope,
    Class::PaymentRequired,
];
/// Answers to the same question.
#[derive(Clone, Debug, Default)]
pub struct Group<'a>(pub Vec<&'a Observation>);

impl<'a> Group<'a> {
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &'a Observation> {
        self.0.iter().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn filter(&self, keep: impl Fn(&Observation) -> bool) -> Self {
        Self(self.iter().filter(|seen| keep(seen)).collect())
    }

    /// Those of one of these classes.
    pub(super) fn of(&self, classes: &[Class]) -> Self {
        self.filter(|seen| classes.contains(&seen.class))
    }

    /// Those of none of these classes.
    pub(super) fn not_of(&self, classes: &[Class]) -> Self {
        self.filter(|seen| !classes.contains(&seen.class))
    }

    /// Those that an HTTP answer came for.
    pub(super) fn answered(&self) -> Self {
        self.filter(|seen| !seen.class.is_transport())
    }

    pub(super) fn at(&self, endpoint: &str) -> Self {
        self.filter(|seen| seen.endpoint == endpoint)
    }

    /// There are some, and all are of these classes.
    pub(super) fn all_of(&self, classes: &[Class]) -> bool {
        !self.is_empty() && self.of(classes).len() == self.len()
    }

    pub(super) fn any_of(&self, classes: &[Class]) -> bool {
        !self.of(classes).is_empty()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.iter().chain(other.iter()).collect())
    }

    /// Those that were answered with success, whatever their body is, unless it states an error.
    pub(super) fn successes(&self) -> Self {
        self.filter(is_success)
    }

    /// All the others.
    pub(super) fn failures(&self) -> Self {
        self.filter(|seen| !is_success(seen))
    }

    /// There are some, and all were answered with 401, whatever their body is.
    pub(super) fn refused_by_status(&self) -> bool {
        !self.is_empty() && self.iter().all(|seen| seen.status() == Some(401))
    }

    pub(super) fn ids(&self) -> Vec<ProbeId> {
        self.iter().map(|seen| seen.probe.clone()).collect()
    }

    pub(super) fn classes(&self) -> BTreeSet<Class> {
        self.iter().map(|seen| seen.class).collect()
    }

    /// `401` or `401 and 403`, or the class where no answer came.
    pub(super) fn statuses(&self) -> String {
        let texts: BTreeSet<String> = self
            .iter()
            .map(|seen| match seen.status() {
                Some(status) => status.to_string(),
                None => seen.class.to_string(),
            })
            .collect();
        list(&texts.into_iter().collect::<Vec<_>>())
    }
}

fn is_success(seen: &Observation) -> bool {
    let by_status = seen.status().is_some_and(|status| (200..300).contains(&status));
    by_status && (WITHOUT_ERROR.contains(&seen.class) || seen.class.is_transport())
}

/// A burst of the doctor's own met something that a quiet request need not meet.
pub(super) fn comes_of_load(seen: &Observation) -> bool {
    let pattern = seen.pattern.as_deref().and_then(PatternKind::from_name);
    pattern.is_some_and(PatternKind::is_load)
        && seen.class != Class::Ok
        && !REFUSED.contains(&seen.class)
}

/// The classes of a 2xx whose body states no error; any other is told by the error in it.
const WITHOUT_ERROR: &[Class] = &[Class::Ok, Class::NotHeygen, Class::Malformed];

/// The parts of an answer that are compared: never a date, an id, or a header.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    status: Option<u16>,
    envelope: String,
    code: Option<String>,
    message: Option<String>,
}

fn signature(seen: &Observation, with_message: bool) -> Signature {
    let answer = seen.answer();
    Signature {
        status: answer.map(|answer| answer.status),
        envelope: answer.map(|answer| answer.envelope.to_string()).unwrap_or_default(),
        code: answer.and_then(|answer| answer.code.clone()),
        message: answer
            .filter(|_| with_message)
            .and_then(|answer| answer.message.as_deref().map(plain)),
    }
}

/// A message without what may differ from one request to the next: numbers and ids.
fn plain(message: &str) -> String {
    message
        .split_whitespace()
        .map(|word| if word.chars().any(|letter| letter.is_ascii_digit()) { "#" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Two groups were answered alike, endpoint by endpoint; `None` where they share no endpoint.
///
/// Messages count only if the server words equal requests equally.
pub(super) fn answered_alike(one: &Group<'_>, other: &Group<'_>) -> Option<bool> {
    let endpoints: BTreeSet<&str> = one.iter().map(|seen| seen.endpoint.as_str()).collect();
    let words = steady_words(one) && steady_words(other);
    let mut compared = None;
    for endpoint in endpoints {
        let (one, other) = (one.at(endpoint), other.at(endpoint));
        if one.is_empty() || other.is_empty() {
            continue;
        }
        let set = |group: &Group<'_>| -> BTreeSet<Signature> {
            group.iter().map(|seen| signature(seen, words)).collect()
        };
        let alike = !set(&one).is_disjoint(&set(&other));
        compared = Some(compared.unwrap_or(true) && alike);
    }
    compared
}

/// Every endpoint words this group's answers in one way.
fn steady_words(group: &Group<'_>) -> bool {
    let endpoints: BTreeSet<&str> = group.iter().map(|seen| seen.endpoint.as_str()).collect();
    endpoints.iter().all(|endpoint| {
        let texts: BTreeSet<Signature> =
            group.at(endpoint).iter().map(|seen| signature(seen, true)).collect();
        let shapes: BTreeSet<Signature> =
            group.at(endpoint).iter().map(|seen| signature(seen, false)).collect();
        texts.len() == shapes.len()
    })
}
