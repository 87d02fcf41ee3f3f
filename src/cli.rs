//! The command line: commands and flags, not their meaning.

mod check;
mod look;
mod offline;
mod probe;
mod redact;
mod report;
mod requirement;
mod ticket;

use clap::{Parser, Subcommand};

pub use check::{CheckArgs, CheckFormat, ExaminationArgs, OutputArgs};
pub use look::{Color, ColorArgs, LookArgs};
pub use offline::{ExplainArgs, KeyArgs, KeyFormat, SimulateArgs};
pub use probe::{ProbeArgs, SourceArgs};
pub use redact::RedactArgs;
pub use report::ReportArgs;
pub use requirement::RequirementArgs;
pub use ticket::TicketArgs;

/// Below every help text.
const EXIT_CODES: &str = "\
Exit codes:
  0    The key works
  1    Something else is wrong: the network, the edge, HeyGen's side, a rate limit; or it couldn't be told
  2    Usage or configuration error
  3    The key or the account: missing, malformed, unrecognized, not permitted, no credit
  4    The deadline or a timeout ended the run before a diagnosis
  130  Ctrl-C before a diagnosis

The key is read from --key-file, HEYGEN_API_KEY or --key-env, HYPERFRAMES_API_KEY, HEYGEN_ACCESS_TOKEN, .env.local, .env here or up to four folders above, or ~/.heygen/credentials; no flag takes the key itself.";

/// Finds out why a HeyGen API key is refused, and writes the support ticket with the key redacted
#[derive(Debug, Parser)]
#[command(name = "heygen-doctor", version, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Diagnose a key; for people and for CI
    #[command(after_help = EXIT_CODES)]
    Check(Box<CheckArgs>),
    /// Diagnose a key and write the support ticket
    Report(Box<ReportArgs>),
    /// Look at the key without sending it: its shape, its sources, what is wrong with it
    Key(KeyArgs),
    /// Explain a status, an error code, a class, or a cause
    Explain(ExplainArgs),
    /// Take keys and other secrets out of a log, a HAR, or a curl trace
    Redact(RedactArgs),
    /// List the scenarios of the embedded HeyGen double, or serve one
    Simulate(SimulateArgs),
    /// Print the JSON Schema of the run record
    Schema,
}
