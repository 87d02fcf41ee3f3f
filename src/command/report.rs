//! `report`: the same as a document. Its making is what counts, so it ends with 0.

use super::{examine, look};
use crate::cli::ReportArgs;
use crate::command::output::{Outputs, Wanted};
use crate::config::key_files;
use crate::judge::requirements;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::render::{Format, render};

pub(super) fn run(args: &ReportArgs) -> anyhow::Result<Exit> {
    let mut wanted = Vec::new();
    for (format, asked) in [(Format::Markdown, &args.markdown), (Format::Json, &args.json)] {
        wanted.extend(asked.clone().map(|file| Wanted { format, file }));
    }
    let usual = if wanted.is_empty() { Format::Markdown } else { Format::Human };
    if args.probe.dry_run {
        wanted.retain(|wanted| wanted.format == Format::Json);
    }
    let outputs = Outputs::open(wanted, usual, &key_files(&args.probe.source))?;
    if args.probe.dry_run {
        return examine::dry_run(&args.probe, Profile::Full, outputs);
    }
    let options = look::options(&args.look, &args.ticket);
    let mut seen = examine::obtain(&args.probe, Profile::Full, &args.ticket, args.look.quiet)?;
    requirements::apply(&mut seen.record, &args.requirements.requirements());
    let read = outputs.write(&seen.redactor, |format| render(format, &seen.record, &options))?;
    Ok(if args.exit_code && read {
        Exit::of_code(seen.record.diagnosis.exit_code)
    } else {
        Exit::Works
    })
}
