//! `compare`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::check::document;
use super::{ColorArgs, OUTPUT, OutputArgs, OutputFormat, all, switch};

/// The forms of a comparison beside that for a terminal.
const DOCUMENTS: [(&str, &str); 3] = [
    ("json", "Write the comparison as JSON"),
    ("markdown", "Write it as Markdown"),
    ("html", "Write it as a page for a browser"),
];

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
    /// `--verbose`.
    pub verbose: bool,
}

impl CompareArgs {
    pub(super) fn args() -> Vec<Arg> {
        let files = Arg::new("files")
            .value_name("RECORD")
            .help("Records that `--json=FILE` or `--html=FILE` wrote; `-` is standard input")
            .value_parser(value_parser!(PathBuf))
            .num_args(2..)
            .required(true);
        let look = [
            OutputFormat::arg(&[(OutputFormat::Json, "The comparison")]),
            ColorArgs::arg(),
            switch("quiet", "Print the conclusion only")
                .short('q')
                .conflicts_with("verbose")
                .help_heading(OUTPUT),
            switch("verbose", "List every probe, also those that changed alike")
                .short('v')
                .help_heading(OUTPUT),
        ];
        [files].into_iter().chain(DOCUMENTS.into_iter().map(document)).chain(look).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        Self {
            files: all(found, "files"),
            output: OutputArgs::documents(&DOCUMENTS, found),
            format: OutputFormat::of(found),
            color: ColorArgs::of(found),
            quiet: found.get_flag("quiet"),
            verbose: found.get_flag("verbose"),
        }
    }
}
