//! `check`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::{
    LookArgs, OUTPUT, OutputFormat, ProbeArgs, RequirementArgs, TicketArgs, switch, value,
};

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
        args.push(OutputFormat::arg("The run record"));
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

/// Documents, and where they go.
#[derive(Clone, Debug, Default)]
pub struct OutputArgs {
    /// `--json`.
    pub json: Option<Option<PathBuf>>,
    /// `--markdown`.
    pub markdown: Option<Option<PathBuf>>,
    /// `--html`.
    pub html: Option<Option<PathBuf>>,
    /// `--brief`.
    pub brief: bool,
}

/// A flag that writes a document: to standard output, or to a file.
pub(super) fn document(name: &'static str, help: &'static str) -> Arg {
    value(name, "FILE", help)
        .value_parser(value_parser!(PathBuf))
        .num_args(0..=1)
        .require_equals(true)
        .help_heading(OUTPUT)
}

impl OutputArgs {
    fn args() -> [Arg; 4] {
        [
            document(
                "json",
                "Write the run record: to standard output, or with `=FILE` to that file",
            ),
            document(
                "markdown",
                "Write the ticket: to standard output, or with `=FILE` to that file",
            ),
            document(
                "html",
                "Write the page for a browser: to standard output, or with `=FILE` to that file",
            ),
            switch("brief", "Write what decides as one JSON object of at most 2 KiB, for agents")
                .help_heading(OUTPUT),
        ]
    }

    fn of(found: &mut ArgMatches) -> Self {
        Self { brief: found.get_flag("brief"), ..Self::documents(found) }
    }

    /// Those that every command with documents has.
    pub(super) fn documents(found: &mut ArgMatches) -> Self {
        let mut document = |name| found.contains_id(name).then(|| found.remove_one(name));
        let (json, markdown, html) = (document("json"), document("markdown"), document("html"));
        Self { json, markdown, html, brief: false }
    }
}
