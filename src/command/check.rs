//! `check`: diagnose, show, and end with the code that the diagnosis asks for.

use std::ffi::OsString;

use super::examine::{self, Way};
use crate::cli::{CheckArgs, OutputFormat};
use crate::command::output::{Wanted, wanted};
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::render::Format;

pub(super) fn run(args: &CheckArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let mut wanted = wanted(&args.examination.output);
    let format = match args.format {
        OutputFormat::Human => None,
        OutputFormat::Json => Some(Format::Json),
        OutputFormat::Junit => Some(Format::Junit),
        OutputFormat::Github => Some(Format::Github),
        OutputFormat::Openmetrics => Some(Format::Openmetrics),
    };
    // `--format json --json` asks for the same thing twice, not for two documents.
    let asked = format.map(|format| Wanted { format, file: None });
    wanted.extend(asked.filter(|asked| !wanted.contains(asked)));
    let way = Way { profile: Profile::Adaptive, usual: Format::Human, sums_up: false };
    examine::run(&args.examination, way, wanted, typed)
}
