//! `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{LookArgs, ProbeArgs, RequirementArgs, TicketArgs};

/// What `check` writes to standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For a person
    #[default]
    Human,
    /// The run record
    Json,
}

/// Flags of `check`.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct CheckArgs {
    #[command(flatten)]
    pub probe: ProbeArgs,

    #[command(flatten)]
    pub requirements: RequirementArgs,

    /// What to write to standard output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: CheckFormat,

    /// Write the run record: to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, help_heading = "Output")]
    pub json: Option<Option<PathBuf>>,

    /// Write the ticket: to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, help_heading = "Output")]
    pub markdown: Option<Option<PathBuf>>,

    #[command(flatten)]
    pub look: LookArgs,

    #[command(flatten)]
    pub ticket: TicketArgs,
}
