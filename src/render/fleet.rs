//! What the keys of a fleet come to: for a terminal, and for Prometheus.

mod plan;

pub use plan::{FleetPlan, PlannedKey, fleet_plan_as_text};

use crate::fleet::Tally;
use crate::judge::causes::of;
use crate::record::cause::Cause;
use crate::render::Options;
use crate::render::openmetrics::Metrics;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::text::{count, neutralise};

/// The most keys that are named because they end soon.
const NAMED: usize = 5;
/// The most keys of one cause that are named where nobody asks for all.
const FAILING: usize = 10;

/// The counts by cause, the most frequent first, and what else is worth knowing.
#[must_use]
pub fn fleet_as_text(tally: &Tally, options: &Options) -> String {
    let mut page = Page::new(options);
    let part = tally.shard.map_or_else(String::new, |shard| format!(", part {shard}"));
    let lead = format!(
        "{} decided with {}{part}",
        count(tally.keys, "key"),
        count(tally.requests, "request")
    );
    page.toned(&[(Some(Tone::Strong), lead)]);
    let mut causes: Vec<(Cause, usize)> =
        tally.by_cause.iter().map(|(cause, keys)| (*cause, *keys)).collect();
    causes.sort_by_key(|(cause, keys)| (std::cmp::Reverse(*keys), *cause));
    for (cause, keys) in causes.iter().filter(|_| !options.quiet) {
        page.unbroken(&[(
            None,
            format!("{keys:>9}  {:<22}  {}", cause.as_str(), of(*cause).title),
        )]);
        if let Some(names) = tally.failing.get(cause) {
            let most = if options.verbose > 0 { names.len() } else { FAILING };
            page.text(11, Some(Tone::Quiet), &named(names, most));
        }
    }
    for (counted, noun, what) in [
        (tally.undecided, "key", "not decided; `fleet --out FILE --resume` asks them"),
        (tally.unreadable, "line", "of the list left out"),
    ] {
        if counted > 0 {
            page.text(2, Some(Tone::Warn), &format!("{} {what}", count(counted, noun)));
        }
    }
    if tally.expiring > 0 {
        let first = tally.expiring_first.iter().take(NAMED);
        let named: Vec<String> = first
            .map(|it| format!("{} on {}", neutralise(&it.name), it.expires_at.format("%Y-%m-%d")))
            .collect();
        let more = if tally.expiring > named.len() { ", …" } else { "" };
        let text =
            format!("{} soon to end: {}{more}", count(tally.expiring, "key"), named.join(", "));
        page.text(2, Some(Tone::Warn), &text);
    }
    page.finish()
}

/// The first names, and how many more there are.
fn named(names: &[String], most: usize) -> String {
    let first: Vec<String> = names.iter().take(most).map(|name| neutralise(name)).collect();
    let more = names.len() - first.len();
    let more = if more > 0 { format!(", and {more} more (`-v` names all)") } else { String::new() };
    first.join(", ") + &more
}

/// The counts as gauges; no label holds a name.
#[must_use]
pub fn fleet_as_metrics(tally: &Tally) -> String {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mut out = Metrics::default();
    let causes: Vec<_> = tally
        .by_cause
        .iter()
        .map(|(cause, keys)| {
            let labels = vec![("cause", cause.as_str()), ("verdict", of(*cause).verdict.as_str())];
            (labels, number(*keys))
        })
        .collect();
    out.family("heygen_doctor_fleet_keys", "Keys by cause.", &causes);
    for (name, help, value) in [
        ("undecided", "Keys that are not decided.", tally.undecided),
        ("unreadable_lines", "Lines of the list that can't be read.", tally.unreadable),
        ("expiring", "Keys that end soon.", tally.expiring),
        ("requests", "Requests sent to the base URL.", tally.requests),
    ] {
        out.one(&format!("heygen_doctor_fleet_{name}"), help, number(value));
    }
    out.one(
        "heygen_doctor_fleet_exit_code",
        "Exit code of the worst key.",
        f64::from(tally.worst().code()),
    );
    out.finish()
}
