//! `explain`: what a status, a code, a class or a cause means.

use super::look;
use crate::cli::ExplainArgs;
use crate::command::output::Outputs;
use crate::explain::explain;
use crate::record::exit::Exit;
use crate::redact::Redactor;
use crate::render::Format;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let text = explain(&args.what, &look::offline(args.color, false))?;
    let no_keys = Redactor::new(&[], &[], &[]);
    Outputs::stdout(Format::Human).write(&no_keys, |_| text.clone())?;
    Ok(Exit::Works)
}
