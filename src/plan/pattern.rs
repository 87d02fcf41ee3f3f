//! Timing patterns: the identical request, repeated.

use std::str::FromStr;
use std::time::Duration;

use super::build::{Brief, Maker, again};
use super::{Batch, Manner, Probe};
use crate::heygen::endpoint::ME;
use crate::record::probe::Credential;
use crate::record::wave::Wave;
use crate::text::named_enum;

named_enum! {
    /// A way to repeat a request.
    pub enum PatternKind {
        /// One after the other, a connection of its own each: other replicas may answer.
        Fresh = "fresh",
        /// At an even pace.
        Steady = "steady",
        /// All at once.
        Burst = "burst",
    }
}

/// A pattern with its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The way to repeat.
    pub kind: PatternKind,
    /// The number of requests with the real key.
    pub repeats: usize,
    /// The time between two requests of `steady`.
    pub interval: Duration,
}

/// The most requests of a burst.
const MOST_AT_ONCE: usize = 10;
/// A control follows each time after this many requests with the real key.
const CONTROL_EVERY: usize = 5;

impl PatternKind {
    /// The pattern in its usual size: together at least 29 repeats.
    #[must_use]
    pub const fn usual(self) -> Pattern {
        let (repeats, millis) = match self {
            Self::Fresh => (8, 0),
            Self::Steady => (12, 150),
            Self::Burst => (10, 0),
        };
        Pattern { kind: self, repeats, interval: Duration::from_millis(millis) }
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
            let most = if kind == PatternKind::Burst { MOST_AT_ONCE } else { 60 };
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

/// The batch of a pattern: the real key's request, with a made-up key's in between.
pub(super) fn batch(brief: &Brief, pattern: Pattern) -> Batch {
    let maker = Maker { brief, wave: Wave::Repeats };
    let name = pattern.kind.as_str();
    let mut probes = Vec::new();
    for number in 1..=pattern.repeats {
        probes.push(repeat(&maker, Credential::Real, name, number));
        if pattern.kind != PatternKind::Burst && number % CONTROL_EVERY == 0 {
            probes.push(repeat(&maker, Credential::MadeUp, name, number / CONTROL_EVERY));
        }
    }
    let manner = match pattern.kind {
        PatternKind::Fresh => Manner::Fresh,
        PatternKind::Steady => Manner::Paced(pattern.interval),
        PatternKind::Burst => Manner::Burst,
    };
    Batch { probes, manner }
}

fn repeat(maker: &Maker<'_>, credential: Credential, name: &'static str, number: usize) -> Probe {
    let asks = "Is the identical request always answered alike?";
    let probe = maker.at(ME, maker.brief.documented(), credential, asks);
    Probe { pattern: Some(name), ..again(probe, &format!("{name}-{number:02}")) }
}
