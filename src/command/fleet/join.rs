//! Joins the results of several runs.

use std::collections::HashMap;
use std::path::Path;

use super::places::Places;
use super::results::Results;
use super::work::Candidate;
use crate::cli::FleetArgs;
use crate::command::output::{Lines, to_stderr};
use crate::config::roster::Roster;
use crate::error::Usage;
use crate::fleet::{Decided, Joining, Tally, hash};
use crate::record::exit::Exit;
use crate::redact::Redactor;
use crate::render::Options;
use crate::text::{count, first_few, neutralise};

/// The most names that are told.
const TOLD: usize = 20;

pub(super) fn run(
    args: &FleetArgs,
    roster: Option<&Roster>,
    places: Places,
    mut tally: Tally,
    options: &Options,
) -> anyhow::Result<Exit> {
    let mut joining = Joining::default();
    let listed = roster.map_or(Ok(HashMap::new()), listed)?;
    let mut of_others = Told::default();
    each(args, |place, decided| {
        if is_of_another(&listed, &decided) {
            of_others.add(&decided.name);
        } else {
            joining.add(&decided, place);
        }
        Ok(true)
    })?;
    of_others.tell("Decided with another key than the list has now, and left out");
    if joining.twice_in_all > 0 {
        let names = joining.twice.iter().map(|name| neutralise(name)).collect();
        let names = first_few(names, TOLD);
        let lines = count(joining.twice_in_all, "line");
        to_stderr(&format!("warning: Twice, and left out the second time ({lines}): {names}."));
    }
    tally.undecided = roster.map_or(Ok(0), |roster| missing(roster, &joining))?;
    let joined = joining.finish();
    let sink = Lines::hold(args.out.as_deref(), &places.kept)?;
    let redactor = Redactor::new(&[], &[], &[]);
    let mut is_read = true;
    each(args, |place, decided| {
        if joined.counts(&decided, place) && !is_of_another(&listed, &decided) {
            tally.add(&decided);
            is_read = sink.push(&redactor, &decided)?;
        }
        Ok(is_read)
    })?;
    places.write(&tally, options)?;
    let worst = tally.worst();
    Ok(match worst {
        _ if !is_read => Exit::Works,
        _ if tally.unreadable > 0 => Exit::Usage,
        Exit::Works | Exit::TimedOut if tally.undecided > 0 => Exit::Wrong,
        _ => worst,
    })
}

/// Every result of every file, until `take` has enough.
fn each(
    args: &FleetArgs,
    mut take: impl FnMut((usize, usize), Decided) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    for (file, path) in args.join.iter().enumerate() {
        let mut results = Results::open(path, args.requirements.requirements())?;
        while let Some((line, decided)) = results.next()? {
            if !take((file, line), decided)? {
                return Ok(());
            }
        }
        if results.is_cut {
            tell_cut(path);
        }
    }
    Ok(())
}

fn tell_cut(path: &Path) {
    to_stderr(&format!("warning: The last line of `{}` was cut off.", path.display()));
}

/// Tells which keys of the list no file decides.
fn missing(roster: &Roster, joining: &Joining) -> Result<usize, Usage> {
    let mut missing = Told::default();
    for listed in roster.keys()?.filter(|listed| !joining.knows(&listed.name)) {
        missing.add(&listed.name);
    }
    missing.tell("Missing");
    Ok(missing.all)
}

/// The fingerprints of the keys in a list, by name, as far as they can be seen on this machine.
fn listed(roster: &Roster) -> Result<HashMap<u64, u64>, Usage> {
    let keys = roster.keys()?.filter_map(|listed| Candidate::new(&listed).ok());
    Ok(keys.filter_map(|it| Some((hash(&it.name), hash(&it.fingerprint?)))).collect())
}

/// The list has another key under this name by now.
fn is_of_another(listed: &HashMap<u64, u64>, decided: &Decided) -> bool {
    let key = hash(decided.fingerprint.as_deref().unwrap_or_default());
    listed.get(&hash(&decided.name)).is_some_and(|now| *now != key)
}

/// Names that are told, a few of them.
#[derive(Default)]
struct Told {
    names: Vec<String>,
    all: usize,
}

impl Told {
    fn add(&mut self, name: &str) {
        self.all += 1;
        if self.names.len() < TOLD {
            self.names.push(neutralise(name));
        }
    }

    fn tell(&self, what: &str) {
        if self.all > 0 {
            let more = if self.all > self.names.len() { ", and more" } else { "" };
            let names = self.names.join(", ");
            to_stderr(&format!("warning: {what} ({}): {names}{more}.", count(self.all, "key")));
        }
    }
}
