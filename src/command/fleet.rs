//! `fleet`: many keys in one lab, a line for each.

mod asking;
mod join;
mod places;
mod progress;
mod results;
mod work;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;

use super::examine::in_runtime;
use super::{keys, look};
use crate::cli::{FleetArgs, Rate, TicketArgs};
use crate::command::output::{Lines, to_stderr};
use crate::config::roster::{BadLine, Roster};
use crate::config::{self, Keys, Site};
use crate::error::Usage;
use crate::files;
use crate::fleet::{Shard, Tally};
use crate::key::source::Keyring;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::record::facts::EndedBy;
use crate::run::Lab;
use asking::{Asking, End};
use places::Places;
use progress::Progress;
use results::{Earlier, Results};

/// The longest that the examination of one key may take: others are asked meanwhile.
const LONGEST: Duration = Duration::from_mins(10);
/// A run without a deadline.
const NO_END: Duration = Duration::from_hours(24 * 365);

pub(super) fn run(args: &FleetArgs) -> anyhow::Result<Exit> {
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let mut unreadable = 0;
    let mut tell = |line: &BadLine| {
        unreadable += 1;
        tell(line);
    };
    let open = |path: &Path| Roster::open(path, shard, keys::TIME, &mut tell);
    let roster = args.keys.as_deref().map(open).transpose()?;
    let soon = TimeDelta::from_std(args.warn_before.unwrap_or_default()).unwrap_or_default();
    let mut tally = Tally::new(args.shard, soon);
    tally.unreadable = unreadable;
    let places = Places::open(args)?;
    let options = look::options(&args.look, &TicketArgs::default());
    let roster = match roster {
        Some(roster) if args.join.is_empty() => roster,
        roster => return join::run(args, roster.as_ref(), places, tally, &options),
    };
    let (site, given) = configure(args)?;
    let earlier = match args.out.as_deref().filter(|_| args.resume) {
        Some(out) => resume(out, &mut tally)?,
        None => Earlier::default(),
    };
    let sink = Lines::open(args.out.as_deref(), &places.kept)?;
    let (end, mut tally) = in_runtime(async {
        let lab = Arc::new(Lab::new(site)?);
        let progress = Progress::new(!args.look.quiet, roster.names.len());
        let listed = Box::new(roster.keys()?);
        let mut asking = Asking::new(args, lab, given, listed, (&earlier, &sink), tally, progress);
        let deadline = Instant::now() + args.deadline.unwrap_or(NO_END);
        let end = Box::pin(asking.run(deadline)).await?;
        Ok((end, asking.finish()))
    })?;
    tally.undecided = roster.names.len().saturating_sub(tally.keys);
    places.write(&tally, &options)?;
    Ok(exit(end, &tally))
}

fn tell(line: &BadLine) {
    to_stderr(&format!("warning: Line {} is left out: {}.", line.number, line.why));
}

/// The site, and the keys that are the same in every examination.
fn configure(args: &FleetArgs) -> Result<(Site, Keys), Usage> {
    let (site, keys) = config::read(&args.probe, Profile::Adaptive, Keyring::empty(), None)?;
    let interval = match args.rate {
        Rate::Every(interval) => Some(interval),
        Rate::Unbounded => None,
    };
    Ok((Site { deadline: LONGEST, interval, ..site }, keys))
}

/// Goes on from the results of an earlier run, if there are any, and repairs the end of their file.
fn resume(path: &Path, tally: &mut Tally) -> Result<Earlier, Usage> {
    let mut earlier = Earlier::default();
    if !path.exists() {
        return Ok(earlier);
    }
    let mut results = Results::open(path)?;
    while let Some((_, decided)) = results.next()? {
        tally.requests += decided.requests;
        earlier.add(&decided);
    }
    if results.is_cut {
        files::shorten(path, results.whole).map_err(|error| {
            let message = format!("`{}` can't be repaired: {}.", path.display(), error.kind());
            Usage::new(message, "Name another file, or make this one writable.")
        })?;
    }
    Ok(earlier)
}

/// The worst key decides, unless the list itself is at fault or nobody reads any more.
fn exit(end: End, tally: &Tally) -> Exit {
    let worst = tally.worst();
    match end {
        End::Unread => Exit::Works,
        _ if tally.unreadable > 0 => Exit::Usage,
        End::Ended(EndedBy::Interrupt) if tally.undecided > 0 => Exit::Interrupted,
        End::Ended(EndedBy::Deadline) if tally.undecided > 0 && worst == Exit::Works => {
            Exit::TimedOut
        }
        End::Stopped if worst != Exit::Key => Exit::Wrong,
        _ => worst,
    }
}
