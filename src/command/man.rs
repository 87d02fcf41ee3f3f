//! `man`: the manual page of the program, or of one command.

use super::output::to_stdout;
use crate::cli;
use crate::error::Usage;
use crate::record::exit::Exit;
use crate::text::list;

pub(super) fn run(name: Option<&str>) -> anyhow::Result<Exit> {
    let mut program = cli::command();
    program.build();
    let page = match name {
        None => program.clone(),
        Some(name) => program.find_subcommand(name).ok_or_else(|| unknown(&program))?.clone(),
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).manual("heygen-doctor").render(&mut roff)?;
    to_stdout(&with_headings(&String::from_utf8(roff)?)).map(|_| Exit::Works)
}

/// Makes the headings of the text below a help text headings of the page.
fn with_headings(roff: &str) -> String {
    roff.replace(".SH EXTRA\nExamples:", ".SH EXAMPLES")
        .replace(".SH EXTRA\nExit codes:", ".SH EXIT STATUS")
        .replace("\nExit codes:", "\n.SH EXIT STATUS")
        .replace("\n\nThe key is read", "\n.SH FILES\nThe key is read")
}

fn unknown(program: &clap::Command) -> Usage {
    let names: Vec<String> =
        program.get_subcommands().map(|command| format!("`{}`", command.get_name())).collect();
    Usage::new("There is no command of this name.", format!("The commands are {}.", list(&names)))
}
