//! `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use strum::IntoEnumIterator;

use super::{LookArgs, ProbeArgs, Requirement, TicketArgs};
use crate::record::cause::Side;
use crate::text::list;

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
    pub judgement: JudgementArgs,

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

/// Requirements beyond the diagnosis.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Judgement")]
pub struct JudgementArgs {
    /// Require a scope (`scope:account:read`) or a balance (`balance:5`); may be repeated
    #[arg(long, value_name = "WHAT")]
    pub require: Vec<Requirement>,

    /// Fail with 3 when the key works only in part
    #[arg(long)]
    pub strict: bool,

    /// Fail only for causes on these sides: caller, account, heygen, network
    #[arg(long, value_name = "SIDE", value_delimiter = ',', num_args = 1.., value_parser = side)]
    pub fail_on: Vec<Side>,
}

fn side(text: &str) -> Result<Side, String> {
    text.parse().map_err(|_| {
        let sides: Vec<&str> = Side::iter().map(Into::into).collect();
        format!("the sides are {}", list(&sides))
    })
}
