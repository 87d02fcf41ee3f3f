//! `inspect`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, value_parser};

use super::{LookArgs, OutputArgs, OutputFormat, SourceArgs, value};
use crate::pasted::Form;

/// Flags of `inspect`.
#[derive(Clone, Debug)]
pub struct InspectArgs {
    /// The paste; standard input where none is given.
    pub file: Option<PathBuf>,
    /// `--as`.
    pub form: Option<Form>,
    /// Where the keys come from that the paste is compared with.
    pub source: SourceArgs,
    /// The documents.
    pub output: OutputArgs,
    /// `--format`.
    pub format: OutputFormat,
    /// Their look.
    pub look: LookArgs,
}

impl InspectArgs {
    pub(super) fn args() -> Vec<Arg> {
        let file = Arg::new("file")
            .value_name("FILE")
            .help("A curl line, HAR, raw request, or trace; standard input when it is left out or `-`")
            .value_parser(value_parser!(PathBuf));
        let form = value("as", "FORM", "Read it as this instead of telling by its content")
            .value_parser(PossibleValuesParser::new(Form::NAMES));
        let output = OutputArgs::args().into_iter().chain([OutputFormat::every()]);
        let all = [file, form].into_iter().chain(SourceArgs::args()).chain(output);
        all.chain(LookArgs::args()).collect()
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        let form: Option<String> = found.remove_one("as");
        Self {
            file: found.remove_one("file"),
            form: form.and_then(|name| Form::from_name(&name)),
            source: SourceArgs::of(found),
            output: OutputArgs::of(found),
            format: OutputFormat::of(found),
            look: LookArgs::of(found),
        }
    }
}
