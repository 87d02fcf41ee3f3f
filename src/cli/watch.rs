//! `watch`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{Arg, ArgMatches, value_parser};

use super::{ExaminationArgs, value};
use crate::watch::Until;

/// Flags of `watch`.
#[derive(Clone, Debug)]
pub struct WatchArgs {
    /// The examination of each round, and the documents about the last one.
    pub examination: ExaminationArgs,
    /// `--until`.
    pub until: Until,
    /// `--every`.
    pub every: Duration,
    /// `--for`.
    pub time: Duration,
    /// `--log`.
    pub log: Option<PathBuf>,
    /// `--warn-before`.
    pub warn_before: Option<Duration>,
}

impl WatchArgs {
    pub(super) fn args() -> Vec<Arg> {
        let until = |name: String| Until::from_name(&name).unwrap_or(Until::Working);
        let time = |name, usual: &'static str, help| {
            value(name, "TIME", help).default_value(usual).value_parser(super::probe::duration)
        };
        let own = [
            value("until", "STATE", "What to wait for")
                .value_parser(PossibleValuesParser::new(Until::NAMES.iter().copied()).map(until))
                .default_value(Until::Working.as_str()),
            time("every", "30s", "The time from one round to the next"),
            time("for", "30m", "The longest that the watch may take"),
            value(
                "log",
                "FILE",
                "Add each round to this file as a line of JSON, and go on from what it holds",
            )
            .value_parser(value_parser!(PathBuf)),
            super::fleet::warn_before(),
        ];
        own.map(|arg| arg.help_heading("Watch"))
            .into_iter()
            .chain(ExaminationArgs::args())
            .collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            until: found.remove_one("until").unwrap_or(Until::Working),
            every: found.remove_one("every").unwrap_or_default(),
            time: found.remove_one("for").unwrap_or_default(),
            log: found.remove_one("log"),
            warn_before: found.remove_one("warn-before"),
            examination: ExaminationArgs::of(found),
        }
    }
}
