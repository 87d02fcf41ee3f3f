//! `explain`: what a status, a code, a class or a cause means.

use super::look;
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::explain::explain;
use crate::output::to_stdout;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let text = explain(&args.what, &look::offline(args.color, false))?;
    to_stdout(&text).map(|_| Exit::Works)
}
