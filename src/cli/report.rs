//! `report`.

use clap::Args;

use super::ExaminationArgs;

/// Flags of `report`, which writes the ticket where no document is asked for.
#[derive(Clone, Debug, Args)]
#[expect(missing_docs, reason = "clap would take it for help text")]
pub struct ReportArgs {
    #[command(flatten)]
    pub examination: ExaminationArgs,

    /// End with the exit code of `check` instead of 0
    #[arg(long, help_heading = "Output")]
    pub exit_code: bool,
}
