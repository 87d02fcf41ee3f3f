//! What each command does: from arguments to an exit.

pub mod argv;
mod bar;
mod check;
mod examine;
mod explain;
mod hardening;
mod key;
mod look;
mod misread;
pub mod output;
mod redact;
mod report;
mod simulate;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, SourceArgs};
use crate::command::output::{Leak, to_stderr, to_stdout};
use crate::config;
use crate::error::Usage;
use crate::record::exit::Exit;

/// The JSON Schema of the run record, as it is published.
const SCHEMA: &str = include_str!("../docs/record.schema.json");

/// Runs the program with these arguments, the program's name first.
#[must_use]
pub fn main(args: &[OsString]) -> ExitCode {
    hardening::harden();
    ExitCode::from(dispatch(args).unwrap_or_else(|error| told(&error)).code())
}

fn dispatch(args: &[OsString]) -> anyhow::Result<Exit> {
    // Before anything else: an argument that is a key must not get into any message.
    let keyring = config::find_keys(&SourceArgs::default())?;
    argv::refuse_keys(args.get(1..).unwrap_or_default(), &keyring.all())?;
    #[cfg(debug_assertions)]
    hardening::panic_if_asked(&keyring);
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return misread(&error),
    };
    match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Key(args) => key::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Schema => to_stdout(SCHEMA).map(|_| Exit::Works),
    }
}

/// Help and version are no errors.
fn misread(error: &clap::Error) -> anyhow::Result<Exit> {
    if let Some(usage) = misread::usage(error) {
        return Err(usage.into());
    }
    let text = error.render();
    if error.use_stderr() {
        to_stderr(argv::scrub(&text.to_string()).trim_end());
        Ok(Exit::Usage)
    } else {
        to_stdout(&text.to_string()).map(|_| Exit::Works)
    }
}

fn told(error: &anyhow::Error) -> Exit {
    if let Some(Usage { message, hint }) = error.downcast_ref() {
        to_stderr(&argv::scrub(&format!("error: {message}\n\nhint: {hint}")));
        return Exit::Usage;
    }
    to_stderr(&argv::scrub(&format!("error: {error:#}.")));
    if error.is::<Leak>() {
        to_stderr("\nhint: This is a fault of heygen-doctor; please report it, without the key.");
    }
    Exit::Wrong
}
