//! What a fleet would be asked, before anything is sent.

use chrono::Utc;

use super::results::Earlier;
use super::tell;
use super::work::Candidate;
use crate::cli::{FleetArgs, Rate};
use crate::command::output::to_stdout;
use crate::config::roster::Roster;
use crate::config::{Keys, Site};
use crate::fleet::Tally;
use crate::key::source::Keyring;
use crate::plan::{self, Brief};
use crate::record::exit::Exit;
use crate::render::{FleetPlan, Options, PlannedKey, fleet_plan_as_text};

/// Keys that are named where nobody asks for all.
const NAMED: usize = 20;

/// Writes the plan; lines that can't be read count as in a run.
pub(super) fn run(
    args: &FleetArgs,
    (site, given): (&Site, &Keys),
    roster: &Roster,
    earlier: &Earlier,
    tally: &Tally,
    options: &Options,
) -> anyhow::Result<Exit> {
    let glances = args.glances();
    let mut plan = FleetPlan {
        base_url: site.shown_base_url(),
        every: match args.rate {
            Rate::Every(interval) => Some(interval),
            Rate::Unbounded => None,
        },
        glance: Vec::new(),
        controls: plan::controls(&brief(given, Keyring::empty(), site)).to_vec(),
        step: None,
        keys: Vec::new(),
        listed: 0,
        asked: 0,
        decided: 0,
    };
    let mut unreadable = tally.unreadable;
    for listed in roster.keys()? {
        let candidate = match Candidate::new(&listed) {
            Ok(candidate) => candidate,
            Err(line) => {
                unreadable += 1;
                tell(&line);
                continue;
            }
        };
        plan.listed += 1;
        if earlier.of(&candidate.name, candidate.fingerprint.as_deref()).is_some() {
            plan.decided += 1;
            continue;
        }
        let brief = brief(given, candidate.keyring.clone(), site);
        plan.asked += usize::from(brief.real);
        if brief.real && plan.step.is_none() {
            plan.glance = if glances { plan::glance(&brief, args.describes()) } else { Vec::new() };
            // A key that works is the control of those that don't.
            plan.step = Some(plan::first(&Brief { known_good: true, ..brief }));
        }
        if plan.keys.len() < NAMED || options.verbose > 0 {
            #[expect(clippy::disallowed_methods, reason = "the age of a key is counted from now")]
            let key = candidate.keyring.info(Utc::now(), given.send_anyway);
            plan.keys.push(PlannedKey { name: candidate.name, place: candidate.place, key });
        }
    }
    to_stdout(&fleet_plan_as_text(&plan, options))?;
    Ok(if unreadable > 0 { Exit::Usage } else { Exit::Works })
}

fn brief(given: &Keys, keyring: Keyring, site: &Site) -> Brief {
    Keys { keyring, ..given.clone() }.brief(site)
}
