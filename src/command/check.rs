//! `check`: diagnose, show, and end with the code that the diagnosis asks for.

use std::ffi::OsString;

use super::examine::{self, Way};
use crate::cli::CheckArgs;
use crate::command::output::wanted_as;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::render::Format;

pub(super) fn run(args: &CheckArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    let wanted = wanted_as(&args.examination.output, args.format);
    let way = Way { profile: Profile::Adaptive, usual: Format::Human, sums_up: false };
    examine::run(&args.examination, way, wanted, typed)
}
