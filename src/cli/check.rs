//! `check`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::{LookArgs, OUTPUT, OutputFormat, ProbeArgs, RequirementArgs, TicketArgs, switch};

/// Flags of `check`.
#[derive(Clone, Debug)]
pub struct CheckArgs {
    /// The examination.
    pub examination: ExaminationArgs,
    /// `--format`.
    pub format: OutputFormat,
}

impl CheckArgs {
    pub(super) fn args() -> Vec<Arg> {
        let mut args = ExaminationArgs::args();
        args.push(OutputFormat::every());
        args
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self { examination: ExaminationArgs::of(found), format: OutputFormat::of(found) }
    }
}

/// Flags of every command that examines a key.
#[derive(Clone, Debug)]
pub struct ExaminationArgs {
    /// The requests.
    pub probe: ProbeArgs,
    /// Requirements beyond the diagnosis.
    pub requirements: RequirementArgs,
    /// The documents.
    pub output: OutputArgs,
    /// Their look.
    pub look: LookArgs,
    /// Texts for the ticket.
    pub ticket: TicketArgs,
}

impl ExaminationArgs {
    pub(super) fn args() -> Vec<Arg> {
        let output = OutputArgs::args().into_iter().chain(LookArgs::args());
        let judged = ProbeArgs::args().into_iter().chain(RequirementArgs::args());
        judged.chain(output).chain(TicketArgs::args()).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            probe: ProbeArgs::of(found),
            requirements: RequirementArgs::of(found),
            output: OutputArgs::of(found),
            look: LookArgs::of(found),
            ticket: TicketArgs::of(found),
        }
    }
}

/// The flags that ask for a document each, in the order in which the documents are written.
const DOCUMENTS: [(&str, &str); 7] = [
    ("json", "Write the run record"),
    ("markdown", "Write the ticket"),
    ("html", "Write the page for a browser"),
    ("har", "Write every exchange as an HTTP Archive"),
    ("junit", "Write JUnit's XML, for the test reports of a CI"),
    ("openmetrics", "Write metrics for Prometheus' textfile collector"),
    ("github", "Write one annotation for GitHub Actions, and the ticket into the job's summary"),
];

/// Documents, and where they go.
#[derive(Clone, Debug, Default)]
pub struct OutputArgs {
    /// Each document that is asked for, by the name of its flag, with its file.
    pub documents: Vec<(&'static str, Option<PathBuf>)>,
    /// `--brief`.
    pub brief: bool,
}

/// A flag that asks for a document.
pub(super) fn document((name, help): (&'static str, &str)) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("FILE")
        .help(format!("{help}: to standard output, or with `=FILE` to that file"))
        .value_parser(value_parser!(PathBuf))
        .num_args(0..=1)
        .require_equals(true)
        .help_heading(OUTPUT)
}

impl OutputArgs {
    pub(super) fn args() -> Vec<Arg> {
        let brief = "Write what decides as one JSON object of at most 2 KiB, for agents";
        let brief = switch("brief", brief).help_heading(OUTPUT);
        DOCUMENTS.into_iter().map(document).chain([brief]).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self { brief: found.get_flag("brief"), ..Self::documents(&DOCUMENTS, found) }
    }

    /// Those of a table that are asked for.
    pub(super) fn documents(
        table: &[(&'static str, &'static str)],
        found: &mut ArgMatches,
    ) -> Self {
        let mut asked = |name| found.contains_id(name).then(|| (name, found.remove_one(name)));
        let documents = table.iter().filter_map(|(name, _)| asked(*name)).collect();
        Self { documents, brief: false }
    }
}
