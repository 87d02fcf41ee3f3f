//! `fleet`: many keys in one lab, a line for each.

mod asking;
mod dry_run;
mod join;
mod places;
mod progress;
mod results;
mod simulated;
mod work;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;

use super::examine::{configure, in_runtime};
use super::{keys, look};
use crate::cli::{FleetArgs, Rate, TicketArgs};
use crate::command::output::{Lines, to_stderr};
use crate::config::roster::{BadLine, Roster};
use crate::config::{Keys, Site};
use crate::error::Usage;
use crate::files;
use crate::fleet::{Shard, Tally};
use crate::key::source::Keyring;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::record::facts::EndedBy;
use crate::run::Lab;
use crate::simulate::{Scenario, Server, load};
use asking::{Asking, End};
use places::Places;
use progress::Progress;
use results::{Earlier, Results};

/// The longest that the examination of one key may take: others are asked meanwhile.
const LONGEST: Duration = Duration::from_mins(10);
/// A run without a deadline.
const NO_END: Duration = Duration::from_hours(24 * 365);

pub(super) fn run(args: &FleetArgs) -> anyhow::Result<Exit> {
    let scenario = args.probe.simulate.as_deref().map(load).transpose()?;
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let mut unreadable = 0;
    let mut tell = |line: &BadLine| {
        unreadable += 1;
        tell(line);
    };
    let roster = match (&scenario, args.keys.as_deref()) {
        (Some(_), Some(_)) => return Err(list_of_ones_own().into()),
        (Some(scenario), None) => Some(Roster::of(simulated::list(scenario), shard, &mut tell)?),
        (None, Some(path)) => Some(Roster::open(path, shard, keys::TIME, &mut tell)?),
        (None, None) => None,
    };
    let soon = TimeDelta::from_std(args.warn_before.unwrap_or_default()).unwrap_or_default();
    let mut tally = Tally::new(args.shard, soon);
    tally.unreadable = unreadable;
    let places = Places::open(args)?;
    let options = look::options(&args.look, &TicketArgs::default());
    let roster = match roster {
        Some(roster) if args.join.is_empty() => roster,
        roster => return join::run(args, roster.as_ref(), places, tally, &options),
    };
    in_runtime(async {
        let (_server, site, given) = site(args, scenario).await?;
        if args.probe.dry_run {
            let earlier = earlier(args, &mut tally)?.0;
            return dry_run::run(args, (&site, &given), &roster, &earlier, &tally, &options);
        }
        let sink = Lines::hold(args.out.as_deref(), &places.kept)?;
        // It may have been written until a moment ago.
        places::refuse_results(args)?;
        let (earlier, whole) = earlier(args, &mut tally)?;
        whole.map_or(Ok(()), |whole| mend(args, whole))?;
        sink.go_on()?;
        let lab = Arc::new(Lab::new(site)?);
        let progress = Progress::new(!args.look.quiet, roster.names.len());
        let listed = Box::new(roster.keys()?);
        let mut asking = Asking::new(args, lab, given, listed, (&earlier, &sink), tally, progress);
        let deadline = Instant::now() + args.deadline.unwrap_or(NO_END);
        let end = Box::pin(asking.run(deadline)).await?;
        let mut tally = asking.finish();
        let left_out = tally.unreadable - unreadable;
        tally.undecided = roster.names.len().saturating_sub(tally.keys + left_out);
        places.write(&tally, &options)?;
        Ok(exit(end, &tally))
    })
}

fn tell(line: &BadLine) {
    to_stderr(&format!("warning: Line {} is left out: {}.", line.number, line.why));
}

fn list_of_ones_own() -> Usage {
    Usage::new(
        "`--simulate` asks with synthetic keys only, so it takes no list of keys.",
        "Leave the list out, or serve the double with `heygen-doctor simulate` and name it by `--base-url`.",
    )
}

/// The site, the double if one is asked, and the keys that are the same in every examination.
async fn site(
    args: &FleetArgs,
    scenario: Option<Scenario>,
) -> anyhow::Result<(Option<Server>, Site, Keys)> {
    let (server, site, keys) =
        configure(&args.probe, Profile::Adaptive, Keyring::empty(), scenario).await?;
    if let Some(service) = site.other_service() {
        return Err(Usage::new(
            format!("The base URL is that of {service}, which isn't the API; no key was asked."),
            "Leave `--base-url` and HEYGEN_API_BASE out: the API is at <https://api.heygen.com>.",
        )
        .into());
    }
    let interval = match args.rate {
        Rate::Every(interval) => Some(interval),
        Rate::Unbounded => None,
    };
    Ok((server, Site { deadline: LONGEST, interval, ..site }, keys))
}

/// The results of an earlier run that this one goes on from; where their file ends in the middle of one,
/// also how many of its bytes are whole.
fn earlier(args: &FleetArgs, tally: &mut Tally) -> Result<(Earlier, Option<u64>), Usage> {
    let mut earlier = Earlier::default();
    let Some(path) = args.out.as_deref().filter(|out| args.resume && out.exists()) else {
        return Ok((earlier, None));
    };
    let mut results = Results::open(path, args.requirements.requirements())?;
    while let Some((_, decided)) = results.next()? {
        earlier.add(&decided);
    }
    tally.requests += earlier.requests();
    Ok((earlier, results.is_cut.then_some(results.whole)))
}

/// Takes away what an earlier run left of its last line.
fn mend(args: &FleetArgs, whole: u64) -> Result<(), Usage> {
    let Some(path) = args.out.as_deref() else { return Ok(()) };
    files::shorten(path, whole).map_err(|error| {
        let message = format!("`{}` can't be repaired: {}.", path.display(), error.kind());
        Usage::new(message, "Name another file, or make this one writable.")
    })
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
