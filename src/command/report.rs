//! `report`: the same as a document. Its making is what counts, so it ends with 0.

use std::ffi::OsString;

use super::examine::{self, Way};
use crate::cli::ReportArgs;
use crate::command::output::wanted;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::render::Format;

pub(super) fn run(args: &ReportArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let wanted = wanted(&args.examination.output);
    let usual = if wanted.is_empty() { Format::Markdown } else { Format::Human };
    let way = Way { profile: Profile::Full, usual, sums_up: true };
    let exit = examine::run(&args.examination, way, wanted, typed)?;
    Ok(if args.exit_code { exit } else { Exit::Works })
}
