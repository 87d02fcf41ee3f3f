//! Commands that send nothing.

use std::net::SocketAddr;

use clap::{Args, ValueEnum};

use super::{ColorArgs, SourceArgs};

/// The form in which `key` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum KeyFormat {
    /// For a person
    #[default]
    Human,
    /// For programs
    Json,
}

/// Flags of `key`.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct KeyArgs {
    #[command(flatten)]
    pub source: SourceArgs,

    /// Show which key each of your tools would use here, and why
    #[arg(long, help_heading = "Key", conflicts_with_all = ["key_env", "key_file"])]
    pub tools: bool,

    /// What to write to standard output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: KeyFormat,

    #[command(flatten)]
    pub color: ColorArgs,

    /// Print the first line only
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

/// Flags of `explain`.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct ExplainArgs {
    /// A status (401), an error code (400112, `internal_error`), a class, or a cause
    pub what: String,

    #[command(flatten)]
    pub color: ColorArgs,
}

/// Flags of `simulate`.
#[derive(Clone, Debug, Args)]
pub struct SimulateArgs {
    /// The scenario to serve
    pub scenario: Option<String>,

    /// Where to listen [default: a free port of 127.0.0.1]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub listen: Option<SocketAddr>,

    /// Let other machines connect, and answer whatever host a request names
    #[arg(long, requires = "listen")]
    pub allow_remote: bool,

    /// List the scenarios
    #[arg(long)]
    pub list: bool,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port, like `127.0.0.1:8787`".to_owned())
}
