//! `explain`: what a status, a code, a class or a cause means.

use super::look;
use crate::cli::ExplainArgs;
use crate::command::output::to_stdout;
use crate::explain::explain;
use crate::record::exit::Exit;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let text = explain(&args.what, &look::offline(args.color, false))?;
    to_stdout(&text).map(|_| Exit::Works)
}
