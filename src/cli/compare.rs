//! `compare`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::check::document;
use super::{ColorArgs, OUTPUT, OutputArgs, OutputFormat, all, switch};

/// Flags of `compare`.
#[derive(Clone, Debug)]
pub struct CompareArgs {
    /// The records, or pages with a record inside.
    pub files: Vec<PathBuf>,
    /// The documents.
    pub output: OutputArgs,
    /// `--format`.
    pub format: OutputFormat,
    /// The use of colours.
    pub color: ColorArgs,
    /// `--quiet`.
    pub quiet: bool,
}

impl CompareArgs {
    pub(super) fn args() -> Vec<Arg> {
        let files = Arg::new("files")
            .value_name("RECORD")
            .help("Records that `--json=FILE` or `--html=FILE` wrote; `-` is standard input")
            .value_parser(value_parser!(PathBuf))
            .num_args(2..)
            .required(true);
        vec![
            files,
            document("json", "Write the comparison as JSON: to standard output, or to that file"),
            document("markdown", "Write it as Markdown: to standard output, or to that file"),
            document("html", "Write it as a page: to standard output, or to that file"),
            OutputFormat::arg("The comparison"),
            ColorArgs::arg(),
            switch("quiet", "Print the conclusion only").short('q').help_heading(OUTPUT),
        ]
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            files: all(found, "files"),
            output: OutputArgs::documents(found),
            format: OutputFormat::of(found),
            color: ColorArgs::of(found),
            quiet: found.get_flag("quiet"),
        }
    }
}
