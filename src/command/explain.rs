//! `explain`: the meaning of whatever a report says.

use super::look;
use crate::cli::ExplainArgs;
use crate::command::output::Outputs;
use crate::explain::{explain, list};
use crate::record::exit::Exit;
use crate::redact::Redactor;
use crate::render::Format;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let options = look::offline(args.color, false);
    let text = if args.list { list(&options) } else { explain(&args.what, &options)? };
    let no_keys = Redactor::new(&[], &[], &[]);
    Outputs::stdout(Format::Human).write(&no_keys, |_| text.clone())?;
    Ok(Exit::Works)
}
