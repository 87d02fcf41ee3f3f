//! Departures of a scenario from the default behaviour.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Deserializer, de};
use tokio::time::Instant;

use crate::text::Glob;

use super::answer::Fixed;
use super::busy::Moment;
use super::envelope::Refusal;
use super::route::version_of;
use super::terms::{Fault, Holder, Place, Version};
use super::visitor::Visitor;
use crate::serve::Request;

/// One departure. `answer` comes from something in front of the API and holds for any path;
/// `sees` and `refuse` come from the API itself and hold for paths and methods that it has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// When it applies; always, if nothing is said.
    #[serde(default)]
    when: When,
    /// The credential that the API sees in place of the one it got.
    pub(super) sees: Option<Holder>,
    /// A refusal in the API's own envelope.
    pub(super) refuse: Option<Refusal>,
    /// An answer that is spelled out.
    pub(super) answer: Option<Fixed>,
    /// Nothing departs, and no later rule is asked.
    #[serde(default)]
    pub(super) pass: bool,
    /// The fault in the delivery of the answer, whichever it is.
    pub(super) fault: Option<Fault>,
    /// The time that the answer takes beyond the usual.
    #[serde(default)]
    pub(super) delay_ms: u64,
}

/// The conditions of a rule: all that are given must hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct When {
    credential: Option<Who>,
    header: Option<Place>,
    /// The text of the credential.
    value: Option<Pattern>,
    user_agent: Option<Pattern>,
    path: Option<Pattern>,
    version: Option<Version>,
    /// Only this many of the requests that fit otherwise, from the first on.
    first: Option<u64>,
    /// Only those that come after so many.
    after: Option<u64>,
    every: Option<Every>,
    chance: Option<Chance>,
    burst: Option<Burst>,
    during: Option<During>,
    /// More than this many requests are under way, this one among them.
    in_flight_over: Option<usize>,
    /// True for the first request of a connection only, false for all others.
    new_connection: Option<bool>,
}

/// A part of the time since the first request, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct During {
    from: u64,
    until: Option<u64>,
}

/// A glob, as text.
#[derive(Clone, Debug)]
struct Pattern(Glob);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Glob::new(&text).map(Self).ok_or_else(|| de::Error::custom("this is no pattern"))
    }
}

/// The holders that a rule applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Who {
    None,
    Real,
    Given,
    Other,
    Any,
}

/// The same places in every round of requests: `{ of = 5, at = [2] }` is the second of every five.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Every {
    of: u64,
    at: Vec<u64>,
}

/// Some requests, at random; the same ones for the same seed.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chance {
    percent: u64,
    seed: u64,
}

/// Those beyond a number within a time.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Burst {
    over: usize,
    within_ms: u64,
}

/// A rule's memory of the requests that fitted.
#[derive(Debug, Default)]
pub(super) struct Memory {
    seen: u64,
    arrivals: VecDeque<Instant>,
}

impl Rule {
    /// True if it applies to a request; `inside` is true for requests that got past routing.
    pub(super) fn applies(
        &self,
        request: &Request,
        visitor: &Visitor,
        inside: bool,
        moment: Moment,
        memory: &Mutex<Memory>,
    ) -> bool {
        let in_reach = inside || (self.sees.is_none() && self.refuse.is_none());
        in_reach
            && self.when.fits(request, visitor)
            && self.when.is_now(request, moment)
            && self.when.is_turn(memory)
    }

    /// A contradiction in it, for the test of all scenarios.
    #[cfg(test)]
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let says = [self.sees.is_some(), self.refuse.is_some(), self.answer.is_some(), self.pass];
        let said = says.into_iter().filter(|given| *given).count();
        let bodies = self.answer.as_ref().map_or(0, Fixed::bodies);
        match (said, bodies) {
            (0, _) if self.fault.is_none() && self.delay_ms == 0 => Some("does nothing"),
            (2.., _) => Some("says two things"),
            (_, 2..) => Some("has two bodies"),
            _ if !self.answer.as_ref().is_none_or(Fixed::is_well_formed) => Some("is no JSON"),
            _ if !self.refuse.as_ref().is_none_or(Refusal::is_well_formed) => Some("is no JSON"),
            _ => None,
        }
    }
}

impl When {
    fn fits(&self, request: &Request, visitor: &Visitor) -> bool {
        let like = |pattern: &Option<Pattern>, text: &str| {
            pattern.as_ref().is_none_or(|Pattern(glob)| glob.matches(text))
        };
        self.credential.is_none_or(|who| who.is(visitor.holder))
            && self.header.is_none_or(|place| visitor.place == Some(place))
            && self.version.is_none_or(|version| version_of(request.path()) == Some(version))
            && like(&self.path, request.path())
            && like(&self.value, &visitor.value)
            && like(&self.user_agent, &request.text("user-agent"))
    }

    fn is_now(&self, request: &Request, moment: Moment) -> bool {
        let since = u64::try_from(moment.since_first.as_millis()).unwrap_or(u64::MAX);
        self.during.is_none_or(|During { from, until }| {
            since >= from && until.is_none_or(|until| since < until)
        }) && self.in_flight_over.is_none_or(|most| moment.in_flight > most)
            && self.new_connection.is_none_or(|new| new == (request.on_connection == 1))
    }

    fn is_turn(&self, memory: &Mutex<Memory>) -> bool {
        let Ok(mut memory) = memory.lock() else { return false };
        memory.seen += 1;
        let nth = memory.seen;
        self.first.is_none_or(|first| nth <= first)
            && self.after.is_none_or(|after| nth > after)
            && self
                .every
                .as_ref()
                .is_none_or(|every| every.at.contains(&((nth - 1) % every.of + 1)))
            && self.chance.is_none_or(|chance| chance.hits(nth))
            && self.burst.is_none_or(|burst| burst.is_exceeded(&mut memory.arrivals))
    }
}

impl Who {
    fn is(self, holder: Holder) -> bool {
        match self {
            Self::None => holder == Holder::None,
            Self::Real => holder == Holder::Real,
            Self::Given => holder == Holder::Given,
            Self::Other => holder == Holder::Other,
            Self::Any => holder != Holder::None,
        }
    }
}

impl Chance {
    /// `SplitMix64`, for a sequence that is scattered and yet the same in every run.
    fn hits(self, nth: u64) -> bool {
        let mut z = self.seed.wrapping_add(nth.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % 100 < self.percent
    }
}

impl Burst {
    fn is_exceeded(self, arrivals: &mut VecDeque<Instant>) -> bool {
        let now = Instant::now();
        let window = Duration::from_millis(self.within_ms);
        arrivals.push_back(now);
        while arrivals.front().is_some_and(|first| now.duration_since(*first) > window) {
            arrivals.pop_front();
        }
        arrivals.len() > self.over
    }
}
