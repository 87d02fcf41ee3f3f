//! Timing patterns: the identical request, repeated, each at a moment that is set beforehand.

use std::str::FromStr;
use std::time::Duration;

use super::build::{Brief, Maker, again};
use super::{Batch, Manner, Probe};
use crate::heygen::endpoint::ME;
use crate::record::probe::Credential;
use crate::record::wave::Wave;
use crate::text::named_enum;

named_enum! {
    /// A way to repeat a request, in the order in which they are sent: bursts come last.
    pub enum PatternKind {
        /// At an even pace.
        Steady = "steady",
        /// A connection of its own each.
        Fresh = "fresh",
        /// On one kept connection.
        KeepAlive = "keep-alive",
        /// With long gaps.
        Spaced = "spaced",
        /// All at once.
        Burst = "burst",
        /// Twice as many at once each time, until the first 429.
        Ramp = "ramp",
        /// After a 429, until it is over.
        Backoff = "backoff",
    }
}

/// A pattern with its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The way to repeat.
    pub kind: PatternKind,
    /// The number of requests with the real key.
    pub repeats: usize,
    /// The time between two moments at which something is sent.
    pub interval: Duration,
}

/// The connections that the requests of a pattern travel on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connections {
    /// Those that are there; more where they are busy.
    AsNeeded,
    /// A new one each.
    New,
    /// One that is kept: none is begun before the last is over.
    Kept,
}

/// All that is fixed of one pattern.
#[derive(Debug)]
struct Row {
    repeats: usize,
    interval_ms: u64,
    /// The most requests that it may be asked for.
    most: usize,
    /// When the request of this number is due, counted from 0 and in intervals.
    due: fn(usize) -> usize,
    connections: Connections,
    /// A made-up key's request comes in between.
    controlled: bool,
    meaning: &'static str,
}

/// The most requests at the same moment.
const MOST_AT_ONCE: usize = 10;
/// A control follows each time after this many requests with the real key.
const CONTROL_EVERY: usize = 5;

const EVEN: Row = Row {
    repeats: 12,
    interval_ms: 150,
    most: 60,
    due: |number| number,
    connections: Connections::AsNeeded,
    controlled: true,
    meaning: "A timing pattern: equal requests at an even pace. It shows answers that change from one moment to the next.",
};

const fn row(kind: PatternKind) -> Row {
    match kind {
        PatternKind::Steady => EVEN,
        PatternKind::Fresh => Row {
            repeats: 8,
            interval_ms: 100,
            connections: Connections::New,
            meaning: "A timing pattern: equal requests, each on a connection of its own. It shows other servers behind the same name that answer otherwise.",
            ..EVEN
        },
        PatternKind::KeepAlive => Row {
            repeats: 8,
            interval_ms: 100,
            connections: Connections::Kept,
            controlled: false,
            meaning: "A timing pattern: equal requests on one kept connection, which mostly means one server. Beside `fresh` it shows whether the connection matters.",
            ..EVEN
        },
        PatternKind::Spaced => Row {
            repeats: 4,
            interval_ms: 1000,
            controlled: false,
            meaning: "A timing pattern: equal requests with long gaps. It shows what lasts for seconds only.",
            ..EVEN
        },
        PatternKind::Burst => Row {
            repeats: MOST_AT_ONCE,
            interval_ms: 0,
            most: MOST_AT_ONCE,
            due: |_| 0,
            controlled: false,
            meaning: "A timing pattern: several equal requests at once. It shows a rate limit, and answers that depend on how much is asked at once.",
            ..EVEN
        },
        PatternKind::Ramp => Row {
            repeats: 15,
            interval_ms: 500,
            due: doubling,
            controlled: false,
            meaning: "A timing pattern: 1, 2, 4, 8, and then 10 equal requests at once, until the first 429. It shows how many at once are too many.",
            ..EVEN
        },
        PatternKind::Backoff => Row {
            repeats: 5,
            interval_ms: 500,
            most: 10,
            controlled: false,
            meaning: "A timing pattern: after a 429 the same request again, when the answer says so in `Retry-After`, or else after waits that double. It shows when the limit is over.",
            ..EVEN
        },
    }
}

/// The round of a request where each round has twice as many as the last, up to the most at once.
const fn doubling(number: usize) -> usize {
    let (mut round, mut size, mut left) = (0, 1, number);
    while left >= size {
        left -= size;
        size = if 2 * size > MOST_AT_ONCE { MOST_AT_ONCE } else { 2 * size };
        round += 1;
    }
    round
}

impl PatternKind {
    /// Every pattern that `full` runs, in its usual size. `ramp` asks nothing that `burst` doesn't, save
    /// where the limit is.
    #[must_use]
    pub fn all_usual() -> Vec<Pattern> {
        let usual = Self::ALL.into_iter().filter(|kind| *kind != Self::Ramp);
        usual.map(Self::usual).collect()
    }

    /// The pattern in its usual size.
    #[must_use]
    pub const fn usual(self) -> Pattern {
        let Row { repeats, interval_ms, .. } = row(self);
        Pattern { kind: self, repeats, interval: Duration::from_millis(interval_ms) }
    }

    /// What it does, and what it shows.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        row(self).meaning
    }

    /// True where requests are sent together: what they meet besides acceptance and refusal may come of
    /// that alone.
    #[must_use]
    pub const fn is_load(self) -> bool {
        matches!(self, Self::Burst | Self::Ramp)
    }
}

impl Pattern {
    /// When the request of this number is due, counted from 0: since the pattern began, whatever became
    /// of those before it.
    #[must_use]
    pub fn due(&self, number: usize) -> Duration {
        self.interval * u32::try_from((row(self.kind).due)(number)).unwrap_or(u32::MAX)
    }

    /// The connections that it travels on.
    #[must_use]
    pub const fn connections(&self) -> Connections {
        row(self.kind).connections
    }
}

impl FromStr for Pattern {
    type Err = String;

    /// Reads `NAME[:n[,interval]]`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, size) =
            text.split_once(':').map_or((text, None), |(name, size)| (name, Some(size)));
        let kind = PatternKind::from_name(name).ok_or_else(|| {
            format!(
                "there is no pattern of this name; there are: {}",
                PatternKind::NAMES.join(", ")
            )
        })?;
        let mut pattern = kind.usual();
        if let Some(size) = size {
            let (repeats, interval) =
                size.split_once(',').map_or((size, None), |(n, i)| (n, Some(i)));
            let most = row(kind).most;
            pattern.repeats =
                repeats
                    .parse()
                    .ok()
                    .filter(|repeats| (1..=most).contains(repeats))
                    .ok_or_else(|| format!("the number of repeats must be from 1 to {most}"))?;
            if let Some(interval) = interval {
                pattern.interval = humantime::parse_duration(interval)
                    .map_err(|_| "the interval must be a time like `250ms` or `2s`".to_owned())?;
            }
        }
        Ok(pattern)
    }
}

/// The batches of patterns, bursts last, and the real key once more after those: an answer that hangs on
/// the load is another one then. `backoff` follows from the answers.
pub(super) fn batches(brief: &Brief) -> Vec<Batch> {
    let mut patterns = brief.patterns.clone();
    patterns.retain(|pattern| pattern.kind != PatternKind::Backoff);
    patterns.sort_by_key(|pattern| pattern.kind);
    let mut batches: Vec<Batch> = patterns.iter().map(|pattern| batch(brief, *pattern)).collect();
    if patterns.iter().any(|pattern| pattern.kind.is_load()) {
        let maker = Maker { brief, wave: Wave::Closing };
        let asks = "Is the key answered as before, now that it is quiet again?";
        let probe = |number| {
            let probe = maker.at(ME, brief.documented(), Credential::Real, asks);
            again(probe, &format!("closing-{number:02}"))
        };
        batches
            .push(Batch { probes: (1..=AFTERWARDS).map(probe).collect(), manner: Manner::Fresh });
    }
    batches
}

/// The requests with the real key after a burst.
const AFTERWARDS: usize = 3;

/// The batch of a pattern: the real key's request, with a made-up key's in between.
pub(super) fn batch(brief: &Brief, pattern: Pattern) -> Batch {
    let mut probes = Vec::new();
    for number in 1..=pattern.repeats {
        probes.push(repeat(brief, Credential::Real, pattern.kind, number));
        if row(pattern.kind).controlled && number % CONTROL_EVERY == 0 {
            probes.push(repeat(brief, Credential::MadeUp, pattern.kind, number / CONTROL_EVERY));
        }
    }
    Batch { probes, manner: Manner::Timed(pattern) }
}

/// One request of a pattern.
pub(super) fn repeat(
    brief: &Brief,
    credential: Credential,
    kind: PatternKind,
    number: usize,
) -> Probe {
    let maker = Maker { brief, wave: Wave::Repeats };
    let asks = "Is the identical request always answered alike?";
    let probe = maker.at(ME, brief.documented(), credential, asks);
    let name = kind.as_str();
    Probe { pattern: Some(name), ..again(probe, &format!("{name}-{number:02}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_its_moment() {
        let due = |text: &str, numbers: usize| -> Vec<u128> {
            let pattern: Pattern = text.parse().unwrap();
            (0..numbers).map(|number| pattern.due(number).as_millis()).collect()
        };
        assert_eq!(due("steady:4,20ms", 4), [0, 20, 40, 60]);
        assert_eq!(due("burst:3", 3), [0, 0, 0]);
        assert_eq!(due("spaced", 4), [0, 1000, 2000, 3000]);
        let ramp = due("ramp:36,1ms", 36);
        let sizes: Vec<usize> =
            (0..6).map(|round| ramp.iter().filter(|due| **due == round).count()).collect();
        assert_eq!(sizes, [1, 2, 4, 8, 10, 10], "{ramp:?}");
    }
}
