//! Flags that decide how output looks.

use clap::{ArgAction, Args, ValueEnum};

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The look of output of commands that probe.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct LookArgs {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take it for help text")]
    pub color: ColorArgs,

    /// Say less: no progress, and to a person the verdict only
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Show a person every exchange; twice: with headers and bodies
    #[arg(short, long, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The use of colours.
#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct ColorArgs {
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,
}
