//! `fleet`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::Resettable;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::check::document;
use super::{LookArgs, OUTPUT, ProbeArgs, RequirementArgs, all, one, switch, value};
use crate::fleet::Shard;

/// Flags about sending that mean the same as for one key.
const OF_PROBES: [&str; 12] = [
    "dry-run",
    "simulate",
    "control-env",
    "send-anyway",
    "profile",
    "concurrency",
    "timeout",
    "base-url",
    "proxy",
    "ca-cert",
    "http1.1",
    "no-status-page",
];
/// Flags about keys and the site, which a scenario has of its own.
const REAL: [&str; 4] = ["base-url", "proxy", "control-env", "join"];
/// The longest time before a key's end.
const LONGEST_WARNING: Duration = Duration::from_hours(24 * 3660);

/// Flags of `fleet`.
#[derive(Clone, Debug)]
pub struct FleetArgs {
    /// The list of keys; `-` is standard input.
    pub keys: Option<PathBuf>,
    /// `--join`.
    pub join: Vec<PathBuf>,
    /// `--out`.
    pub out: Option<PathBuf>,
    /// `--resume`.
    pub resume: bool,
    /// `--summary`.
    pub summary: Option<PathBuf>,
    /// `--openmetrics`: wanted, and in which file.
    pub metrics: Option<Option<PathBuf>>,
    /// `--rate`, as the time from one request to the next.
    pub rate: Rate,
    /// `--shard`.
    pub shard: Option<Shard>,
    /// `--warn-before`.
    pub warn_before: Option<Duration>,
    /// `--deadline`.
    pub deadline: Option<Duration>,
    /// The requests.
    pub probe: ProbeArgs,
    /// What is required of each key.
    pub requirements: RequirementArgs,
    /// The look of what is said.
    pub look: LookArgs,
}

/// How many requests may be sent in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// One in this time.
    Every(Duration),
    /// As many as may be in flight.
    Unbounded,
}

impl FleetArgs {
    pub(super) fn args() -> Vec<Arg> {
        let file = |name, help| {
            value(name, "FILE", help).value_parser(value_parser!(PathBuf)).help_heading(OUTPUT)
        };
        let keys = Arg::new("keys")
            .value_name("KEYS")
            .help("The keys, one a line: JSON like {\"name\":\"acme\",\"env\":\"ACME_KEY\"}, or CSV with a header, with one of `key`, `env`, and `file` for each; `-` is standard input")
            .value_parser(value_parser!(PathBuf))
            .required_unless_present_any(["join", "simulate"]);
        let fleet = [
            value("rate", "RATE", "The most requests in a time, like `20/s` or `600/m`, or `none`; halved when the server has had too many")
                .default_value("20/s")
                .value_parser(rate),
            value("shard", "K/N", "Ask only the K-th of N parts of the list; count K from 0 or from 1")
                .value_parser(value_parser!(Shard)),
            value("join", "FILE", "Join results instead of asking; with KEYS, tell which keys are missing")
                .value_parser(value_parser!(PathBuf))
                .num_args(1..)
                .action(ArgAction::Append)
                .conflicts_with_all(["resume", "rate", "deadline", "dry-run"]),
            warn_before(),
            value("deadline", "TIME", "The longest that the whole run may take [default: no end]")
                .value_parser(super::probe::duration),
        ];
        let output = [
            file(
                "out",
                "Write a line of JSON for each key to this file, instead of standard output",
            ),
            switch(
                "resume",
                "Go on from what the file of `--out` holds: no decided key is asked again",
            )
            .requires("out")
            .help_heading(OUTPUT),
            file("summary", "Write the counts as JSON"),
            document(("openmetrics", "Write metrics for Prometheus' textfile collector")),
        ];
        let of_probes = ProbeArgs::args().into_iter().filter(|arg| is(&OF_PROBES, arg));
        let every = "Examine every key, and as much as this [default: adaptive, for a key of which one request shows too little]";
        let simulated = "Ask the embedded double instead of HeyGen, with this scenario's own key and a few synthetic ones; takes no KEYS";
        let of_probes = of_probes.map(|arg| match arg.get_id().as_str() {
            "profile" => arg.help(every),
            "simulate" => {
                arg.help(simulated).conflicts_with(Resettable::Reset).conflicts_with_all(REAL)
            }
            _ => arg,
        });
        [keys]
            .into_iter()
            .chain(fleet.map(|arg| arg.help_heading("Fleet")))
            .chain(of_probes)
            .chain(RequirementArgs::args())
            .chain(output)
            .chain(LookArgs::args())
            .collect()
    }

    /// One request is enough for a key that works: nothing more is asked, or required, of each.
    #[must_use]
    pub const fn glances(&self) -> bool {
        self.probe.profile.is_none() && self.requirements.require.is_empty()
    }

    /// What HeyGen says of the key is asked as well.
    #[must_use]
    pub const fn describes(&self) -> bool {
        self.warn_before.is_some()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        let metrics = found.contains_id("openmetrics").then(|| found.remove_one("openmetrics"));
        Self {
            keys: found.remove_one("keys"),
            join: all(found, "join"),
            out: found.remove_one("out"),
            resume: found.get_flag("resume"),
            summary: found.remove_one("summary"),
            metrics,
            rate: found.remove_one("rate").unwrap_or(Rate::Unbounded),
            shard: found.remove_one("shard"),
            warn_before: one(found, "warn-before"),
            deadline: found.remove_one("deadline"),
            probe: ProbeArgs::of(found),
            requirements: RequirementArgs::of(found),
            look: LookArgs::of(found),
        }
    }
}

fn is(names: &[&str], arg: &Arg) -> bool {
    names.contains(&arg.get_id().as_str())
}

/// `--warn-before`.
pub(super) fn warn_before() -> Arg {
    let help = "Warn of a key that ends within this time, like `14d`, at one more request for it";
    value("warn-before", "TIME", help).value_parser(|text: &str| {
        let time = humantime::parse_duration(text).ok();
        time.filter(|time| *time <= LONGEST_WARNING)
            .ok_or_else(|| "write a time like `14d` or `36h`".to_owned())
    })
}

fn rate(text: &str) -> Result<Rate, String> {
    if text == "none" {
        return Ok(Rate::Unbounded);
    }
    let read = || {
        let (number, unit) = text.split_once('/')?;
        let unit = match unit {
            "s" => Duration::from_secs(1),
            "m" => Duration::from_mins(1),
            "h" => Duration::from_hours(1),
            _ => return None,
        };
        let number: NonZeroU32 = number.parse().ok()?;
        Some(Rate::Every(unit / number.get()))
    };
    read().ok_or_else(|| "write a rate like `20/s`, `600/m`, or `none`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_time_between_two_requests() {
        assert_eq!(rate("20/s"), Ok(Rate::Every(Duration::from_millis(50))));
        assert_eq!(rate("600/m"), Ok(Rate::Every(Duration::from_millis(100))));
        assert_eq!(rate("none"), Ok(Rate::Unbounded));
        for text in ["", "20", "0/s", "-1/s", "20/d", "1.5/s"] {
            assert!(rate(text).is_err(), "{text}");
        }
    }
}
