//! The next step: only what separates the causes still standing.

use std::collections::BTreeSet;
use std::time::Duration;

use super::backoff::{self, retry_after};
use super::build::Brief;
use super::first::allow;
use super::questions::{QUESTIONS, Question};
use super::{Batch, MOST_REFUSED, MOST_REQUESTS, Manner, Probe, Profile, Step};
use super::{agents, lists};
use crate::heygen::endpoint;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::diagnosis::{Assessment, Standing};
use crate::record::observation::Observation;
use crate::record::probe::{Credential, ProbeId, variant};
use crate::record::wave::Wave;

/// The longest `Retry-After` that is waited out in waves 2 to 4.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// The last part of the id of a probe that is repeated after a wait.
const AFTER_WAIT: &str = "after-wait";
/// The last part of the id of a probe that is repeated on a connection of its own.
const NEW_CONNECTION: &str = "new-connection";

/// The observations so far and their diagnosis, as data.
#[derive(Debug)]
pub struct Progress<'a> {
    /// Every exchange so far.
    pub seen: &'a [Observation],
    /// Every cause with its standing.
    pub causes: &'a [Assessment],
    /// All is well: nothing is left to separate.
    pub settled: bool,
}

/// The next step, or `None` when nothing is left that could tell more.
#[must_use]
pub fn next(brief: &Brief, progress: &Progress<'_>) -> Option<Step> {
    if brief.wrong_host.is_some() {
        return None;
    }
    let asked: BTreeSet<&str> = progress.seen.iter().map(|seen| seen.probe.0.as_str()).collect();
    if let Some(step) = once_more(brief, progress, &asked) {
        return Some(step);
    }
    if brief.profile == Profile::Quick {
        return None;
    }
    let mut batches = Vec::new();
    let mut reasons = Vec::new();
    for (why, asked) in [
        (
            "the key under a user agent that gets through",
            agents::under_another_agent(brief, progress.seen),
        ),
        ("what other endpoints say of the key", lists::decisive(brief, progress.seen)),
    ] {
        if !asked.is_empty() {
            reasons.push(why);
            batches.extend(asked);
        }
    }
    if !progress.settled && !unanswered(progress) {
        for question in QUESTIONS.iter().filter(|question| called_for(question, progress.causes)) {
            let fresh: Vec<Batch> = (question.ask)(brief)
                .into_iter()
                .filter(|batch| {
                    !batch.probes.iter().all(|probe| asked.contains(probe.id.0.as_str()))
                })
                .collect();
            if !fresh.is_empty() {
                reasons.push(question.why);
                batches.extend(fresh);
            }
        }
    }
    let mut step = Step {
        why: format!("To separate the causes still standing: {}.", reasons.join(", ")),
        batches,
        not_sent: Vec::new(),
    };
    for batch in &mut step.batches {
        batch.probes.retain(|probe| !asked.contains(probe.id.0.as_str()));
    }
    allow(brief, &mut step);
    limit(brief, progress, &mut step);
    step.not_sent.clear();
    (step.requests() > 0).then_some(step)
}

/// What was lost, or put off, is asked again before anything else.
fn once_more(brief: &Brief, progress: &Progress<'_>, asked: &BTreeSet<&str>) -> Option<Step> {
    let full = brief.profile != Profile::Quick;
    let repeats = [
        Some(after_loss(progress)),
        full.then(|| after_wait(progress)).flatten(),
        backoff::step(brief, progress.seen),
    ];
    for mut step in repeats.into_iter().flatten() {
        for batch in &mut step.batches {
            batch.probes.retain(|probe| !asked.contains(probe.id.0.as_str()));
        }
        limit(brief, progress, &mut step);
        if step.requests() > 0 {
            return Some(step);
        }
    }
    None
}

/// True where nothing but silence came back for the key: more requests would only wait again.
fn unanswered(progress: &Progress<'_>) -> bool {
    let mut real = progress.seen.iter().filter(|seen| seen.credential == Credential::Real);
    let mut classes = real.by_ref().map(|seen| seen.class).peekable();
    classes.peek().is_some() && classes.all(|class| class == Class::Timeout)
}

fn called_for(question: &Question, causes: &[Assessment]) -> bool {
    let limited = causes.iter().any(|assessment| {
        assessment.cause == Cause::InsufficientScope && assessment.standing >= Standing::Likely
    });
    causes.iter().any(|assessment| {
        // That it isn't healthy is explained then: repeats would show nothing of it.
        !(limited && assessment.cause == Cause::Healthy)
            && question.calls.iter().any(|(cause, calls)| {
                assessment.cause == *cause && calls.contains(&assessment.standing)
            })
    })
}

/// Keeps within the caps, counting what was refused so far.
fn limit(brief: &Brief, progress: &Progress<'_>, step: &mut Step) {
    let refused = progress
        .seen
        .iter()
        .filter(|seen| seen.class == Class::Unauthenticated && seen.credential != Credential::None);
    let mut left = MOST_REQUESTS.saturating_sub(progress.seen.len());
    if brief.profile != Profile::Full {
        left = left.min(MOST_REFUSED.saturating_sub(refused.count()));
    }
    for batch in &mut step.batches {
        batch.probes.truncate(left);
        left -= batch.probes.len();
    }
    step.batches.retain(|batch| !batch.probes.is_empty());
}

/// Asks once more where the server asked for a short wait and throttled no control.
fn after_wait(progress: &Progress<'_>) -> Option<Step> {
    let throttled: Vec<&Observation> = progress
        .seen
        .iter()
        .filter(|seen| seen.class == Class::RateLimited && seen.wave <= Wave::Endpoints)
        .collect();
    if throttled.iter().any(|seen| matches!(seen.credential, Credential::None | Credential::MadeUp))
    {
        return None;
    }
    let wait = throttled
        .iter()
        .filter_map(|seen| retry_after(seen))
        .max()
        .filter(|wait| *wait <= LONGEST_WAIT)?;
    let waits = throttled.into_iter().filter(|seen| retry_after(seen).is_some());
    let probes = repeated(waits, progress, AFTER_WAIT, "Is it answered after the wait?");
    Some(Step {
        why: "What was throttled is asked once more, after the wait that was asked for.".to_owned(),
        batches: vec![Batch { probes, manner: Manner::After(wait) }],
        not_sent: Vec::new(),
    })
}

/// Probes that were lost with a kept connection, once more: a server may close such a connection at any
/// time, also just as it is used again.
fn after_loss(progress: &Progress<'_>) -> Step {
    let lost = progress.seen.iter().filter(|seen| seen.is_lost());
    let asks = "Is it answered on a connection of its own?";
    let probes = repeated(lost, progress, NEW_CONNECTION, asks);
    Step {
        why: "What was lost with a connection that the server closed is asked once more, on a new one.".to_owned(),
        batches: vec![Batch { probes, manner: Manner::Fresh }],
        not_sent: Vec::new(),
    }
}

/// The same probes, told apart by a last part of their ids. A repeat isn't repeated again.
fn repeated<'a>(
    seen: impl Iterator<Item = &'a Observation>,
    progress: &Progress<'_>,
    part: &str,
    asks: &'static str,
) -> Vec<Probe> {
    let again = |id: &ProbeId| ProbeId(format!("{id}/{part}"));
    let repeats: BTreeSet<ProbeId> = progress.seen.iter().map(|seen| again(&seen.probe)).collect();
    seen.filter(|seen| !repeats.contains(&seen.probe))
        .filter_map(|seen| probe(seen, again(&seen.probe), asks))
        .collect()
}

fn probe(seen: &Observation, id: ProbeId, asks: &'static str) -> Option<Probe> {
    Some(Probe {
        id,
        wave: seen.wave,
        endpoint: endpoint::find(&seen.endpoint)?,
        path: seen.path.clone(),
        credential: seen.credential,
        variant: variant::find(&seen.variant)?,
        pattern: None,
        asks,
    })
}
