//! Every command's help.

use std::fmt::Write as _;

use heygen_doctor::cli;

pub(super) fn page() -> String {
    let mut root = cli::command().term_width(100);
    root.build();
    let mut out = super::head(
        "Commands and flags",
        "`src/cli.rs`",
        "What `--help` says of the program and of every command.",
    );
    let names: Vec<String> =
        root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let whole = root.render_long_help().to_string();
    section(&mut out, "heygen-doctor", &whole);
    for name in names.iter().filter(|name| *name != "help") {
        if let Some(command) = root.find_subcommand_mut(name) {
            let text = command.render_long_help().to_string();
            section(&mut out, &format!("heygen-doctor {name}"), &text);
        }
    }
    out
}

fn section(out: &mut String, title: &str, text: &str) {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    let _ = write!(out, "\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n"));
}
