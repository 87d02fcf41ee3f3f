//! `report`.

use clap::{Arg, ArgMatches};

use super::{ExaminationArgs, OUTPUT, switch};

/// Flags of `report`, which writes the ticket where no document is asked for.
#[derive(Clone, Debug)]
pub struct ReportArgs {
    /// The examination.
    pub examination: ExaminationArgs,
    /// `--exit-code`.
    pub exit_code: bool,
}

impl ReportArgs {
    pub(super) fn args() -> Vec<Arg> {
        let mut args = ExaminationArgs::args();
        let exit_code = switch("exit-code", "End with the exit code of `check` instead of 0");
        args.push(exit_code.help_heading(OUTPUT));
        args
    }

    pub(super) fn of(found: &mut ArgMatches) -> Self {
        let exit_code = found.get_flag("exit-code");
        Self { examination: ExaminationArgs::of(found), exit_code }
    }
}
