//! The whole examination: plan, run, classify, diagnose, until nothing is left that could tell more.

mod glance;

use std::pin::pin;

use chrono::Utc;
use futures_util::future::{Either, join, select};
use tokio::time::Instant;

use crate::error::Usage;
use crate::judge::causes::diagnose;
use crate::judge::clock;
use crate::plan::{self, Brief, Progress, Step};
use crate::record::cause::Cause;
use crate::record::facts::{
    Environment, Facts, Network, NotSent, Reason, RunInfo, Step as StepInfo,
};
use crate::record::probe::ApiVersion;
use crate::redact::Ledger;
use crate::run::preflight::cleaned;
use crate::run::{Event, Exchange, Gate, Lab, Listener, Run, StepEnd, Subject, ended};

pub use glance::{Glance, glance};

/// The result of an examination.
#[derive(Debug)]
pub struct Examination {
    /// All that was seen.
    pub facts: Facts,
    /// The secrets that were taken out of it.
    pub ledger: Ledger,
}

/// Examines a key.
///
/// # Errors
/// When the flags leave nothing to send.
pub async fn examine(
    lab: &Lab,
    subject: &Subject,
    listener: Listener<'_>,
) -> Result<Examination, Usage> {
    #[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
    let (began, started_at) = (Instant::now(), Utc::now());
    let brief = subject.keys.brief(&lab.site);
    let mut step = first(&brief)?;
    let exchange = Exchange { lab, subject, began, started_at };
    let run = Run { exchange: &exchange, deadline: began + lab.site.deadline, listener };
    let mut facts = blank(lab, subject, started_at);
    let (mut ledger, mut gate) = (Ledger::default(), Gate::default());
    let mut first_step = true;
    loop {
        let end = if std::mem::take(&mut first_step) {
            let (end, network) = join(run.step(&step, &mut gate), network(lab, &run)).await;
            let mut clean = |text: &str| subject.redactor.redact(text, &mut ledger);
            facts.network = cleaned(network, &mut clean);
            end
        } else {
            run.step(&step, &mut gate).await
        };
        ledger.merge(&end.ledger);
        // A step that is held back as a whole would be planned for ever.
        let nothing_new = end.observations.is_empty();
        take_in(&mut facts, &step, end);
        match (facts.run.ended_by, following(&brief, &facts)) {
            (None, Some(next)) if !nothing_new => step = next,
            _ => break,
        }
    }
    listener(Event::Ended);
    say_if_stopped(&mut facts, &gate);
    finish(&mut facts, began);
    Ok(Examination { facts, ledger })
}

/// The first step; without it there is nothing that a later one could follow from.
fn first(brief: &Brief) -> Result<Step, Usage> {
    let step = plan::first(brief);
    if step.requests() == 0 && brief.real && brief.wrong_host.is_none() {
        return Err(Usage::new(
            "`--only` and `--skip` leave nothing to send: no probe of the first step has such an id.",
            "Globs match whole ids, as `v3.users-me/*` and `*/real` do; `--dry-run` alone lists them.",
        ));
    }
    Ok(step)
}

/// Wave 1, beside the first step; bounded by the run's own end.
async fn network(lab: &Lab, run: &Run<'_>) -> Network {
    let ended = ended(run.deadline, &lab.interrupt);
    match select(pin!(lab.network()), pin!(ended)).await {
        Either::Left((network, _)) => network,
        Either::Right(_) => Network::default(),
    }
}

fn take_in(facts: &mut Facts, step: &Step, end: StepEnd) {
    let sent = end.observations.iter().filter(|seen| seen.was_sent() && !seen.shared).count();
    facts.run.steps.push(StepInfo {
        waves: step.waves(),
        requests: sent + end.unanswered.len(),
        why: step.why.clone(),
    });
    // What is held back once is planned again by the next step, and held back again.
    for left_out in step.not_sent.iter().cloned().chain(end.not_sent) {
        if !facts.run.not_sent.contains(&left_out) {
            facts.run.not_sent.push(left_out);
        }
    }
    facts.run.unanswered.extend(end.unanswered);
    facts.run.ended_by = end.ended_by;
    facts.run.partial = end.ended_by.is_some();
    facts.observations.extend(end.observations);
    facts.network.clock_skew_s = clock::skew(&facts.observations);
}

/// Says so even where nothing was left to be sent.
fn say_if_stopped(facts: &mut Facts, gate: &Gate) {
    let said = facts.run.not_sent.iter().any(|entry| entry.reason == Some(Reason::Stopped));
    if let Some(why) = gate.stopped(None, ApiVersion::V3).filter(|_| !said) {
        facts.run.not_sent.push(NotSent::new("*/real", why.reason(), why.sentence()));
    }
}

fn following(brief: &Brief, facts: &Facts) -> Option<Step> {
    let diagnosis = diagnose(facts);
    let named = diagnosis.named();
    // Whatever was not asked yet: nothing that was asked speaks against it.
    let settled =
        diagnosis.cause == Cause::Healthy && named.is_some_and(|it| it.against.is_empty());
    let progress = Progress { seen: &facts.observations, causes: &diagnosis.causes, settled };
    plan::next(brief, &progress)
}

fn blank(lab: &Lab, subject: &Subject, started_at: chrono::DateTime<Utc>) -> Facts {
    let (site, keys) = (&lab.site, &subject.keys);
    Facts {
        run: RunInfo {
            id: format!("{:016x}", rand::random::<u64>()),
            started_at,
            finished_at: started_at,
            duration_ms: 0,
            profile: site.asked.profile,
            base_url: site.shown_base_url(),
            simulated: site.simulated.clone(),
            partial: false,
            ended_by: None,
            listened: None,
            vantage: site.vantage.clone(),
            http1_only: site.http1_only,
            steps: Vec::new(),
            not_sent: Vec::new(),
            left_out: 0,
            unanswered: Vec::new(),
        },
        credential: keys.keyring.info(started_at, keys.send_anyway),
        environment: Environment {
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            proxy: site.proxy.as_ref().map(|proxy| proxy.shown.clone()),
            tool: concat!("heygen-doctor ", env!("CARGO_PKG_VERSION")).to_owned(),
            base_url_override: site.base_url_source.clone(),
            proxy_variables: site.proxy_variables.clone(),
            ca_cert: site.ca_cert,
            settings: site.settings.clone(),
        },
        network: Network::default(),
        observations: Vec::new(),
        heard: None,
    }
}

fn finish(facts: &mut Facts, began: Instant) {
    let took = began.elapsed();
    facts.run.finished_at = facts.run.started_at + took;
    facts.run.duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
}
