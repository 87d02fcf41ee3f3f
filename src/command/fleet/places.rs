//! Where the results of a fleet go, open before the first request.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::FleetArgs;
use crate::command::output::{Outputs, refuse_key_file, to_stderr};
use crate::error::Usage;
use crate::files;
use crate::fleet::Tally;
use crate::redact::Redactor;
use crate::render::{Format, Options, fleet_as_metrics, fleet_as_text};

/// The documents about all keys together.
pub(super) struct Places {
    summary: Option<Outputs>,
    metrics: Option<Outputs>,
    /// Files that hold keys.
    pub(super) kept: Vec<PathBuf>,
}

impl Places {
    pub(super) fn open(args: &FleetArgs) -> Result<Self, Usage> {
        let is_file = |path: &&PathBuf| path.as_path() != Path::new("-");
        let kept: Vec<PathBuf> = args.keys.iter().filter(is_file).cloned().collect();
        if args.metrics == Some(None) && args.out.is_none() {
            return Err(Usage::new(
                "The lines of the keys and the metrics can't both go to standard output.",
                "Give one of them a file: `--out fleet.ndjson` or `--openmetrics=fleet.prom`.",
            ));
        }
        let metrics = args.metrics.as_ref();
        let files = [args.out.as_ref(), args.summary.as_ref(), metrics.and_then(Option::as_ref)];
        let mut taken: BTreeSet<PathBuf> =
            args.join.iter().map(|path| files::place(path)).collect();
        for path in files.into_iter().flatten() {
            refuse_key_file(path, &kept)?;
            if !taken.insert(files::place(path)) {
                return Err(Usage::new(
                    format!("`{}` is named twice.", path.display()),
                    "Give each document a file of its own.",
                ));
            }
        }
        refuse_results(args)?;
        let file = |format, path: &PathBuf| Outputs::file(format, path, &kept);
        Ok(Self {
            summary: args.summary.as_ref().map(|path| file(Format::Json, path)).transpose()?,
            metrics: match metrics {
                Some(Some(path)) => Some(file(Format::Openmetrics, path)?),
                Some(None) => Some(Outputs::stdout(Format::Openmetrics)),
                None => None,
            },
            kept,
        })
    }

    /// Writes them, and says on stderr what all keys come to.
    pub(super) fn write(self, tally: &Tally, options: &Options) -> anyhow::Result<()> {
        // No key is known any more; names were looked at when they were read.
        let redactor = Redactor::new(&[], &[], &[]);
        let summary = serde_json::to_string_pretty(tally)? + "\n";
        let metrics = fleet_as_metrics(tally);
        if let Some(place) = self.summary {
            place.write(&redactor, |_| summary.clone())?;
        }
        if let Some(place) = self.metrics {
            place.write(&redactor, |_| metrics.clone())?;
        }
        to_stderr(fleet_as_text(tally, options).trim_end());
        Ok(())
    }
}

/// Refuses to add to what a file holds, unless that is asked for.
pub(super) fn refuse_results(args: &FleetArgs) -> Result<(), Usage> {
    let Some(out) = args.out.as_ref().filter(|out| !args.resume && holds_something(out)) else {
        return Ok(());
    };
    Err(Usage::new(
        format!("`{}` holds something already; no key was asked.", out.display()),
        "Add `--resume` to go on from these results, or name a new file.",
    ))
}

fn holds_something(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0)
}
