//! `check`: diagnose, show, and end with the code that the diagnosis asks for.

use super::{examine, look};
use crate::cli::{CheckArgs, CheckFormat};
use crate::command::output::{Outputs, Wanted};
use crate::config::key_files;
use crate::judge::requirements;
use crate::plan::Profile;
use crate::record::exit::Exit;
use crate::render::{Format, render};

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut wanted = Vec::new();
    for (format, asked) in [(Format::Json, &args.json), (Format::Markdown, &args.markdown)] {
        wanted.extend(asked.clone().map(|file| Wanted { format, file }));
    }
    let usual = match args.format {
        CheckFormat::Human => Format::Human,
        CheckFormat::Json => {
            // `--format json --json` asks for the same thing twice, not for two documents.
            wanted.retain(|wanted| wanted.file.is_some() || wanted.format != Format::Json);
            if wanted.iter().any(|wanted| wanted.file.is_none()) {
                wanted.push(Wanted { format: Format::Json, file: None });
            }
            Format::Json
        }
    };
    if args.probe.dry_run {
        wanted.retain(|wanted| wanted.format == Format::Json);
    }
    let outputs = Outputs::open(wanted, usual, &key_files(&args.probe.source))?;
    if args.probe.dry_run {
        return examine::dry_run(&args.probe, Profile::Adaptive, outputs);
    }
    let options = look::options(&args.look, &args.ticket);
    let mut seen = examine::obtain(&args.probe, Profile::Adaptive, &args.ticket, args.look.quiet)?;
    requirements::apply(&mut seen.record, &args.requirements.requirements());
    let read = outputs.write(&seen.redactor, |format| render(format, &seen.record, &options))?;
    Ok(if read { Exit::of_code(seen.record.diagnosis.exit_code) } else { Exit::Works })
}
