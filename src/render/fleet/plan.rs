//! The plan of a fleet, before anything is sent.

use std::fmt::Write as _;
use std::time::Duration;

use crate::plan::{MOST_REQUESTS, Probe, Step, TRIES};
use crate::record::facts::CredentialInfo;
use crate::record::probe::Credential;
use crate::render::Options;
use crate::render::page::Page;
use crate::text::{count, lower_first, neutralise};

/// What would be asked of whom.
#[derive(Debug)]
pub struct FleetPlan {
    /// The API under test.
    pub base_url: String,
    /// The time from one request to the next, where the rate is bounded.
    pub every: Option<Duration>,
    /// What every key is asked; nothing where every key is examined.
    pub glance: Vec<Probe>,
    /// What is asked for all keys together.
    pub controls: Vec<Probe>,
    /// The first step of the examination of a key; none where no key would be sent.
    pub step: Option<Step>,
    /// The keys, or the first of them.
    pub keys: Vec<PlannedKey>,
    /// How many there are in the list, or in the part of it that is asked.
    pub listed: usize,
    /// How many of them would be sent.
    pub asked: usize,
    /// How many of them are decided already.
    pub decided: usize,
}

/// A key of the plan, without the key.
#[derive(Debug)]
pub struct PlannedKey {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// What is known of it.
    pub key: CredentialInfo,
}

/// The plan as text.
#[must_use]
pub fn fleet_plan_as_text(plan: &FleetPlan, options: &Options) -> String {
    let mut page = Page::new(options);
    page.text(0, None, &lead(plan));
    page.blank();
    page.line(&format!("Host: {}", neutralise(&plan.base_url)));
    page.line(&format!("Keys: {}", numbers(plan)));
    page.line(&match plan.every {
        Some(every) => {
            format!("Rate: one request every {} at most", humantime::format_duration(every))
        }
        None => "Rate: without a limit".to_owned(),
    });
    let all = plan.glance.iter().chain(&plan.controls).chain(first_step(plan));
    let widest = all.map(|probe| probe.id.0.len()).max().unwrap_or_default();
    let probes = |page: &mut Page, probes: &mut dyn Iterator<Item = &Probe>| {
        for probe in probes {
            let request = probe.request();
            page.line(&format!("  {:widest$}  {} {}", probe.id.0, request.method, request.target));
        }
    };
    page.blank();
    page.text(0, None, "The controls of all keys: at the start, after every 100 keys or 30 seconds, and at the end, each time with a made-up key of every shape:");
    probes(&mut page, &mut plan.controls.iter());
    if !plan.glance.is_empty() {
        page.blank();
        page.line("Each key:");
        probes(&mut page, &mut plan.glance.iter());
    }
    if let Some(step) = &plan.step {
        page.blank();
        let who =
            if plan.glance.is_empty() { "Each key" } else { "A key that isn't accepted there" };
        page.text(
            0,
            None,
            &format!("{who} is examined as `check` does, with at most {MOST_REQUESTS} requests. This comes first, and what follows depends on the answers:"),
        );
        probes(&mut page, &mut step.batches.iter().flat_map(|batch| &batch.probes));
    }
    keys(&mut page, plan);
    page.finish()
}

fn first_step(plan: &FleetPlan) -> impl Iterator<Item = &Probe> {
    plan.step.iter().flat_map(|step| &step.batches).flat_map(|batch| &batch.probes)
}

fn lead(plan: &FleetPlan) -> String {
    let glance = plan.glance.len();
    let own = first_step(plan).filter(|probe| probe.credential == Credential::Real).count();
    let least = if glance > 0 { glance } else { own };
    let most = glance * TRIES + MOST_REQUESTS;
    if plan.asked == 0 {
        return "No key would be sent, and nothing was.".to_owned();
    }
    format!(
        "{} would be asked: with {} if each is accepted at once, and with at most {} if none is; the controls come on top. Nothing was sent.",
        count(plan.asked, "key"),
        count(plan.asked * least, "request"),
        plan.asked * most,
    )
}

fn numbers(plan: &FleetPlan) -> String {
    let mut text = format!("{} listed, {} to be sent", plan.listed, plan.asked);
    let idle = plan.listed - plan.asked - plan.decided;
    for (number, what) in [(plan.decided, "decided already"), (idle, "not to be sent")] {
        if number > 0 {
            let _ = write!(text, ", {number} {what}");
        }
    }
    text
}

fn keys(page: &mut Page, plan: &FleetPlan) {
    let rows: Vec<[String; 3]> = plan.keys.iter().map(row).collect();
    let widest = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (first, second) = (widest(0), widest(1));
    page.blank();
    for [name, place, what] in &rows {
        page.line(&format!("  {name:first$}  {place:second$}  {what}"));
    }
    let more = plan.listed - plan.decided - plan.keys.len();
    if more > 0 {
        page.line(&format!("  and {more} more, which `-v` lists"));
    }
}

fn row(planned: &PlannedKey) -> [String; 3] {
    let why = match (&planned.key.withheld, &planned.key.source, &planned.key.fingerprint) {
        // Up to what follows from it.
        (Some(why), _, _) => {
            let why = why.split(", so ").next().unwrap_or_default();
            format!("not to be sent: {}", lower_first(&neutralise(why)))
        }
        (None, None, _) => "missing".to_owned(),
        (None, Some(_), fingerprint) => fingerprint.as_deref().map_or_else(String::new, neutralise),
    };
    [neutralise(&planned.name), neutralise(&planned.place), why]
}
