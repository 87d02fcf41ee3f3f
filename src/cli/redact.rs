//! `redact`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::{KEY, OUTPUT, all, switch, value};

/// Flags of `redact`.
#[derive(Clone, Debug)]
pub struct RedactArgs {
    /// Files to clean.
    pub files: Vec<PathBuf>,
    /// `--key-file`, which may be repeated here.
    pub key_file: Vec<PathBuf>,
    /// `--key-env`.
    pub key_env: Option<String>,
    /// `--keep-emails`.
    pub keep_emails: bool,
    /// `--check`.
    pub check: bool,
    /// `--quiet`.
    pub quiet: bool,
}

impl RedactArgs {
    pub(super) fn args() -> [Arg; 6] {
        [
            Arg::new("files")
                .value_name("FILE")
                .help("Files to clean; standard input when none is given or for `-`")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Append)
                .num_args(0..),
            value("key-file", "PATH", "Take the key in this file out as well; may be repeated")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Append)
                .help_heading(KEY),
            value("key-env", "NAME", "Take the key in this environment variable out as well")
                .help_heading(KEY),
            switch("keep-emails", "Leave e-mail addresses as they are").help_heading(OUTPUT),
            switch(
                "check",
                "Write nothing; end with 3 when something would be replaced or could not be judged",
            )
            .help_heading(OUTPUT),
            switch("quiet", "Don't say what was replaced").short('q').help_heading(OUTPUT),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            files: all(found, "files"),
            key_file: all(found, "key-file"),
            key_env: found.remove_one("key-env"),
            keep_emails: found.get_flag("keep-emails"),
            check: found.get_flag("check"),
            quiet: found.get_flag("quiet"),
        }
    }
}
