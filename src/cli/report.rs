//! `report`.

use std::path::PathBuf;

use clap::Args;

use super::{LookArgs, ProbeArgs, RequirementArgs, TicketArgs};

/// Flags of `report`.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct ReportArgs {
    #[command(flatten)]
    pub probe: ProbeArgs,

    #[command(flatten)]
    pub requirements: RequirementArgs,

    /// Write the ticket (the default): to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, help_heading = "Output")]
    pub markdown: Option<Option<PathBuf>>,

    /// Write the run record: to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, help_heading = "Output")]
    pub json: Option<Option<PathBuf>>,

    /// End with the exit code of `check` instead of 0
    #[arg(long, help_heading = "Output")]
    pub exit_code: bool,

    #[command(flatten)]
    pub look: LookArgs,

    #[command(flatten)]
    pub ticket: TicketArgs,
}
