//! `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{LookArgs, ProbeArgs, RequirementArgs, TicketArgs};

/// The form of what `check` writes to standard output.
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
    pub examination: ExaminationArgs,

    /// What to write to standard output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: CheckFormat,
}

/// Flags of every command that examines a key.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct ExaminationArgs {
    #[command(flatten)]
    pub probe: ProbeArgs,

    #[command(flatten)]
    pub requirements: RequirementArgs,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub look: LookArgs,

    #[command(flatten)]
    pub ticket: TicketArgs,
}

/// Documents, and where they go.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Write the run record: to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub json: Option<Option<PathBuf>>,

    /// Write the ticket: to standard output, or with `=FILE` to that file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub markdown: Option<Option<PathBuf>>,
}
