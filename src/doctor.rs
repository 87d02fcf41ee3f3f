//! The whole examination: plan, run, classify, diagnose, until nothing is left that could tell more.

use std::time::{Duration, Instant};

use chrono::Utc;

use crate::config::Config;
use crate::error::Usage;
use crate::judge::causes::diagnose;
use crate::judge::clock;
use crate::plan::{self, Brief, Progress, Step};
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::record::facts::{
    Environment, Facts, Network, NotSent, Reason, RunInfo, Step as StepInfo,
};
use crate::redact::{Ledger, Redactor};
use crate::run::guard::Watch;
use crate::run::interrupt::{Interrupt, ended};
use crate::run::preflight::{cleaned, preflight};
use crate::run::progress::Bar;
use crate::run::{Exchange, Patience, Run, StepEnd};
use crate::transport::{Clients, Settings, Target};

/// Where HeyGen says how its API is (a Statuspage-compatible summary).
const STATUS_PAGE: &str = "https://status.heygen.com/api/v2/summary.json";
/// The longest that any step of the doctor's own sockets may take.
const PREFLIGHT: Duration = Duration::from_secs(5);

/// What an examination found, and what was taken out of it.
#[derive(Debug)]
pub struct Examination {
    /// What was found.
    pub facts: Facts,
    /// What was taken out.
    pub ledger: Ledger,
}

/// Examines a key.
///
/// # Errors
/// When the HTTP client can't be set up, or the flags leave nothing to send.
pub async fn examine(config: &Config, redactor: &Redactor, bar: Bar) -> Result<Examination, Usage> {
    #[expect(clippy::disallowed_methods, reason = "the run is where time enters")]
    let (began, started_at) = (Instant::now(), Utc::now());
    let brief = config.brief();
    let mut step = first(&brief)?;
    let exchange = exchange(config, redactor, began)?;
    let run = Run {
        exchange: &exchange,
        concurrency: config.concurrency,
        deadline: tokio::time::Instant::from_std(began) + config.deadline,
        interrupt: Interrupt::listen(),
        bar,
    };
    let mut facts = blank(config, started_at);
    let mut ledger = Ledger::default();
    let (mut watch, mut patience) = (Watch::default(), Patience::default());
    let mut network = Some(config);
    loop {
        let end = match network.take() {
            Some(config) => {
                let (end, network) = tokio::join!(
                    run.step(&step, &mut watch, &mut patience),
                    look_around(config, &run)
                );
                facts.network = cleaned(network, &mut |text| redactor.redact(text, &mut ledger));
                end
            }
            None => run.step(&step, &mut watch, &mut patience).await,
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
    run.bar.clear();
    say_if_stopped(&mut facts, &watch);
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

fn exchange(config: &Config, redactor: &Redactor, began: Instant) -> Result<Exchange, Usage> {
    let settings = Settings {
        tls: &config.tls,
        proxy: config.proxy.as_ref(),
        timeout: config.timeout,
        http1_only: config.http1_only,
    };
    Ok(Exchange {
        clients: Clients::new(settings)?,
        values: config.values(),
        base_url: config.base_url.clone(),
        redactor: redactor.clone(),
        timeout: config.timeout,
        began,
    })
}

/// Wave 1, beside the first step; bounded by the run's own end.
async fn look_around(config: &Config, run: &Run<'_>) -> Network {
    if config.other_service().is_some() {
        return Network::default();
    }
    let target = Target {
        base_url: &config.base_url,
        proxy: config.proxy.as_ref(),
        tls: &config.tls,
        timeout: config.timeout.min(PREFLIGHT),
    };
    let status_page = config.asks_status_page().then_some(STATUS_PAGE);
    tokio::select! {
        network = preflight(target, status_page) => network,
        _ = ended(run.deadline, &run.interrupt) => Network::default(),
    }
}

fn take_in(facts: &mut Facts, step: &Step, end: StepEnd) {
    let sent = end.observations.iter().filter(|observation| observation.was_sent()).count();
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
fn say_if_stopped(facts: &mut Facts, watch: &Watch) {
    let said = facts.run.not_sent.iter().any(|entry| entry.reason == Some(Reason::Stopped));
    if let Some(why) = watch.stopped(None).filter(|_| !said) {
        facts.run.not_sent.push(NotSent::new("*/real", Reason::Stopped, why));
    }
}

fn following(brief: &Brief, facts: &Facts) -> Option<Step> {
    let diagnosis = diagnose(facts);
    let settled = diagnosis.cause == Cause::Healthy && diagnosis.confidence == Standing::Confirmed;
    let progress = Progress { seen: &facts.observations, causes: &diagnosis.causes, settled };
    plan::next(brief, &progress)
}

fn blank(config: &Config, started_at: chrono::DateTime<Utc>) -> Facts {
    Facts {
        run: RunInfo {
            id: format!("{:016x}", rand::random::<u64>()),
            started_at,
            finished_at: started_at,
            duration_ms: 0,
            profile: config.profile,
            base_url: config.shown_base_url(),
            simulated: config.simulated.clone(),
            partial: false,
            ended_by: None,
            vantage: config.vantage.clone(),
            steps: Vec::new(),
            not_sent: Vec::new(),
            unanswered: Vec::new(),
        },
        credential: config.keyring.info(started_at, config.send_anyway),
        environment: Environment {
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            proxy: config.proxy.as_ref().map(|proxy| proxy.shown.clone()),
            tool: concat!("heygen-doctor ", env!("CARGO_PKG_VERSION")).to_owned(),
            base_url_override: config.base_url_source.clone(),
            proxy_variables: config.proxy_variables.clone(),
        },
        network: Network::default(),
        observations: Vec::new(),
    }
}

fn finish(facts: &mut Facts, began: Instant) {
    let took = began.elapsed();
    facts.run.finished_at = facts.run.started_at + took;
    facts.run.duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
}
