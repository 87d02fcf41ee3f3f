//! One file for each command: from arguments to an exit code.

mod argv;
mod bar;
mod check;
mod compare;
mod completions;
mod examine;
mod explain;
mod first;
mod fleet;
mod hardening;
mod inspect;
mod key;
mod keys;
mod listen;
mod look;
mod man;
mod misread;
pub mod output;
mod redact;
mod report;
mod saved;
mod simulate;
mod summary;
mod terminal;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::{self, Command};
use crate::command::output::{Leak, to_stderr, to_stdout};
use crate::error::Usage;
use crate::record::exit::Exit;
use crate::redact::SecretKind;

/// The JSON Schema of the run record, as it is published.
const SCHEMA: &str = include_str!("../docs/record.schema.json");

/// People choose passwords, and one may also be the name of a folder in a path.
const PASSWORD_IN_DOCUMENT: &str = "
hint: If the password is an ordinary word, it may be there by chance, in a path for example; else this is a fault of heygen-doctor: please report it, without the password.";
const FAULT_OF_OURS: &str =
    "\nhint: This is a fault of heygen-doctor; please report it, without the key.";

/// Runs the program with these arguments, the program's name first.
#[must_use]
pub fn main(args: &[OsString]) -> ExitCode {
    hardening::harden();
    ExitCode::from(dispatch(args).unwrap_or_else(|error| told(&error).code()))
}

/// The number that the program ends with.
fn dispatch(args: &[OsString]) -> anyhow::Result<u8> {
    if let Some(answered) = completions::answer(args) {
        return answered.map(Exit::code);
    }
    let typed = args.get(1..).unwrap_or_default();
    if typed.is_empty() {
        return first::run().map(Exit::code);
    }
    // Before anything else: an argument that is a key must not get into any message.
    argv::refuse_keys(typed)?;
    let command = match cli::parse(args) {
        Ok(command) => command,
        Err(error) => return misread(&error, typed).map(Exit::code),
    };
    let exit = match command {
        Command::Listen(args) => return listen::run(&args, typed),
        Command::Check(args) => check::run(&args, typed),
        Command::Report(args) => report::run(&args, typed),
        Command::Watch(args) => watch::run(&args, typed),
        Command::Fleet(args) => fleet::run(&args),
        Command::Key(args) => key::run(&args, typed),
        Command::Compare(args) => compare::run(&args, typed),
        Command::Inspect(args) => inspect::run(&args, typed),
        Command::Explain(args) => explain::run(&args),
        Command::Redact(args) => redact::run(&args, typed),
        Command::Simulate(args) => simulate::run(&args),
        Command::Completions(shell) => completions::run(&shell),
        Command::Man(name) => man::run(name.as_deref()),
        Command::Schema => to_stdout(SCHEMA).map(|_| Exit::Works),
    };
    exit.map(Exit::code)
}

/// Help and version are no errors.
fn misread(error: &clap::Error, typed: &[OsString]) -> anyhow::Result<Exit> {
    if let Some(usage) = misread::usage(error, typed) {
        return Err(usage.into());
    }
    let text = error.render().to_string();
    if error.use_stderr() {
        to_stderr(text.trim_end());
        Ok(Exit::Usage)
    } else {
        to_stdout(&text).map(|_| Exit::Works)
    }
}

fn told(error: &anyhow::Error) -> Exit {
    if let Some(Usage { message, hint }) = error.downcast_ref() {
        to_stderr(&argv::scrub(&format!("error: {message}\n\nhint: {hint}")));
        return Exit::Usage;
    }
    to_stderr(&argv::scrub(&format!("error: {error:#}.")));
    if let Some(Leak(found)) = error.downcast_ref() {
        to_stderr(match found.kind {
            SecretKind::ProxyPassword => PASSWORD_IN_DOCUMENT,
            SecretKind::Key | SecretKind::Token => FAULT_OF_OURS,
        });
    }
    Exit::Wrong
}
