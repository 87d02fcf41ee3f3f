//! `backoff`: after a 429 the same request, as often as it takes and as late as the server asks.

use std::time::Duration;

use super::build::Brief;
use super::{Batch, Manner, PatternKind, Step, pattern};
use crate::heygen::endpoint::ME;
use crate::record::class::Class;
use crate::record::observation::Observation;
use crate::record::probe::Credential;

/// All waits together, at most.
const LONGEST: Duration = Duration::from_secs(10);

/// The next request of the pattern; nothing where it isn't asked for, where the last answer is no 429, or
/// where the time for waiting is over.
pub(super) fn step(brief: &Brief, seen: &[Observation]) -> Option<Step> {
    let pattern = brief.patterns.iter().find(|pattern| pattern.kind == PatternKind::Backoff)?;
    let real: Vec<&Observation> = seen.iter().filter(|seen| is_asked(brief, seen)).collect();
    let own = |seen: &&&Observation| seen.pattern.as_deref() == Some(pattern.kind.as_str());
    let over = |seen: &Observation| seen.timing_ms.start + seen.timing_ms.total;
    let latest = |one: &&&Observation, other: &&&Observation| over(one).total_cmp(&over(other));
    let last = real.iter().max_by(latest).filter(|last| last.class == Class::RateLimited)?;
    let before = real.iter().filter(|seen| !own(seen)).max_by(latest)?;
    let asked = real.iter().filter(own).count();
    let spent = Duration::from_secs_f64((over(last) - over(before)).max(0.0) / 1e3);
    let wait = retry_after(last).unwrap_or_else(|| {
        let doubled =
            pattern.interval * 2_u32.saturating_pow(u32::try_from(asked).unwrap_or(u32::MAX));
        doubled.mul_f64(0.5 + jitter(brief, asked))
    });
    if asked >= pattern.repeats || spent.saturating_add(wait) > LONGEST {
        return None;
    }
    let probe = pattern::repeat(brief, Credential::Real, PatternKind::Backoff, asked + 1);
    Some(Step {
        why: "What was throttled is asked once more, when the server asked for it or after a longer wait each time.".to_owned(),
        batches: vec![Batch { probes: vec![probe], manner: Manner::After(wait) }],
        not_sent: Vec::new(),
    })
}

/// The wait that the server asks for: in seconds, or until a date on its own clock.
#[must_use]
pub fn retry_after(seen: &Observation) -> Option<Duration> {
    let headers = &seen.answer()?.headers;
    let text = headers.get("retry-after")?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let answered = headers
        .get("date")
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(|| seen.sent_at.into());
    // A date that is past asks for no wait at all.
    Some(until.duration_since(answered).unwrap_or_default())
}

fn is_asked(brief: &Brief, seen: &Observation) -> bool {
    seen.credential == Credential::Real
        && seen.endpoint == ME
        && seen.variant == brief.documented().id
}

/// From 0 to a half, another one for each run: many that were refused together must not come back
/// together. The random path is the one part of a plan that differs from run to run.
fn jitter(brief: &Brief, asked: usize) -> f64 {
    let digits = brief.unknown_path.bytes().rev();
    let mixed = digits.fold(asked, |sum, byte| (sum * 31 + usize::from(byte)) % 997);
    f64::from(u32::try_from(mixed).unwrap_or_default()) / (2.0 * 997.0)
}
