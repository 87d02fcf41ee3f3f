//! `completions`, and what a shell asks while a line is typed.

use std::ffi::OsString;

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Shells};

use super::output::to_stdout;
use crate::config::surroundings::variable;
use crate::record::exit::Exit;
use crate::{cli, explain, simulate};

/// The variable in which a shell says that it asks, and how it wants the answer.
const ASKS: &str = "HEYGEN_DOCTOR_COMPLETE";
const PROGRAM: &str = "heygen-doctor";

/// Prints the script that makes a shell ask.
pub(super) fn run(shell: &str) -> anyhow::Result<Exit> {
    let shell = named(shell)?;
    let mut script = Vec::new();
    shell.write_registration(ASKS, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    to_stdout(&String::from_utf8(script)?).map(|_| Exit::Works)
}

/// Answers a shell that asks how the typed line can go on; nothing if no shell asks.
pub(super) fn answer(args: &[OsString]) -> Option<anyhow::Result<Exit>> {
    let shell = variable(ASKS)?.into_string().ok().filter(|shell| !shell.is_empty())?;
    Some(write_answer(&shell, args))
}

fn write_answer(shell: &str, args: &[OsString]) -> anyhow::Result<Exit> {
    let typed = args.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let mut answer = Vec::new();
    let here = std::env::current_dir().ok();
    named(shell)?.write_complete(&mut command(), typed, here.as_deref(), &mut answer)?;
    to_stdout(&String::from_utf8_lossy(&answer)).map(|_| Exit::Works)
}

fn named(shell: &str) -> anyhow::Result<&'static dyn EnvCompleter> {
    const SHELLS: Shells<'static> = Shells::builtins();
    let found = SHELLS.0.iter().copied().find(|known| known.is(shell));
    found.ok_or_else(|| anyhow::anyhow!("There are no completions for this shell"))
}

/// The command line, with the names that only the program knows.
fn command() -> clap::Command {
    let scenarios = || ArgValueCandidates::new(|| candidates(simulate::names()));
    let with = |command: clap::Command, arg: &'static str, names: ArgValueCandidates| {
        command.mut_arg(arg, |arg| arg.add(names))
    };
    let mut command = cli::command()
        .mut_subcommand("check", |check| with(check, "simulate", scenarios()))
        .mut_subcommand("report", |report| with(report, "simulate", scenarios()))
        .mut_subcommand("simulate", |simulate| with(simulate, "scenario", scenarios()))
        .mut_subcommand("explain", |command| {
            with(command, "what", ArgValueCandidates::new(|| candidates(explain::names())))
        });
    command.build();
    command
}

fn candidates<T: Into<OsString>>(names: impl IntoIterator<Item = T>) -> Vec<CompletionCandidate> {
    names.into_iter().map(CompletionCandidate::new).collect()
}
