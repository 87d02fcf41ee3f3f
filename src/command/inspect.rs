//! `inspect`: the judgement of requests that somebody wrote down. Nothing is sent.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use chrono::Utc;

use super::{keys, look};
use crate::cli::{InspectArgs, TicketArgs};
use crate::command::output::{Outputs, to_stderr, wanted_as};
use crate::config::key_files;
use crate::config::surroundings::variable;
use crate::error::{Usage, why};
use crate::files;
use crate::heard::{Ear, environment, run_info};
use crate::pasted::{self, Form, Unreadable};
use crate::record::exit::Exit;
use crate::record::facts::Profile;
use crate::render::{Format, Options, render};

/// The most bytes of a paste that is no recording: a trace of an upload may be long.
const MOST: u64 = 16 << 20;
/// How much of it shows what it is.
const HEAD: u64 = 64 << 10;

pub(super) fn run(args: &InspectArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    if reads_stdin(args) && args.source.key_file.as_deref() == Some(Path::new("-")) {
        return Err(Usage::new(
            "The key and the paste can't both come from standard input.",
            "Give one of them a file.",
        )
        .into());
    }
    let keyring = keys::find(&args.source, keys::TIME, typed)?;
    let wanted = wanted_as(&args.output, args.format);
    let record = wanted.iter().find(|wanted| wanted.format == Format::Json);
    let record = record.and_then(|wanted| wanted.file.as_ref());
    let options = Options {
        record: record.map(|file| file.display().to_string()),
        ..look::options(&args.look, &TicketArgs::default())
    };
    let job_summary = variable("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty());
    let job_summary = job_summary.as_ref().map(Path::new);
    let outputs =
        Outputs::open(wanted, Some(Format::Human), job_summary, &key_files(&args.source))?;
    #[expect(clippy::disallowed_methods, reason = "the age of a key is told by the clock")]
    let began = Utc::now();
    let mut ear = Ear::new(keyring, began);
    take_in(args, &mut ear)?;
    #[expect(clippy::disallowed_methods, reason = "the record says how long it took")]
    let ended = Utc::now();
    let (record, redactor) = ear.finish(run_info(Profile::Inspect, began, ended), environment());
    let is_read = outputs.write(&redactor, |format| render(format, &record, &options))?;
    Ok(if is_read { Exit::of_code(record.diagnosis.exit_code) } else { Exit::Works })
}

fn reads_stdin(args: &InspectArgs) -> bool {
    args.file.as_deref().is_none_or(|file| file == Path::new("-"))
}

/// Reads the paste, request by request.
fn take_in(args: &InspectArgs, ear: &mut Ear) -> Result<(), Usage> {
    let file = args.file.as_deref().filter(|_| !reads_stdin(args));
    let name = file.map_or("standard input".to_owned(), |file| format!("`{}`", file.display()));
    let unusable = |problem: String| {
        Usage::new(
            format!("{name} {problem}."),
            "Give a curl line, a HAR, a raw HTTP request, or what `curl -v` says.",
        )
    };
    let unreadable = |error: &io::Error| unusable(format!("can't be read: {}", why(error)));
    let mut reader: Box<dyn Read> = if let Some(file) = file {
        Box::new(files::open(file).map_err(|error| unreadable(&error))?)
    } else {
        if io::stdin().is_terminal() && !args.look.quiet {
            to_stderr("Paste the request, and press Ctrl-D on a line of its own.");
        }
        Box::new(io::stdin().lock())
    };
    let mut head = Vec::new();
    let read = reader.by_ref().take(HEAD).read_to_end(&mut head);
    read.map_err(|error| unreadable(&error))?;
    if head.trim_ascii().is_empty() && (head.len() as u64) < HEAD {
        return Err(unusable("is empty".to_owned()));
    }
    let taken = if args.form == Some(Form::Har) || (args.form.is_none() && pasted::is_har(&head)) {
        let read = pasted::read_har(head.chain(reader), &mut |sent| ear.take(&sent));
        read.map(|keeps_credentials| {
            if keeps_credentials {
                ear.nothing_was_left_out();
            }
        })
    } else {
        let rest = reader.take(MOST).read_to_end(&mut head);
        rest.map_err(|error| unreadable(&error))?;
        if head.len() as u64 > MOST {
            return Err(unusable("is longer than 16 MiB, which no request is".to_owned()));
        }
        let text = pasted::text(&head);
        let form = args.form.unwrap_or_else(|| pasted::recognised(&text));
        pasted::read(&text, form, &mut |sent| ear.take(&sent))
    };
    taken.map_err(|problem: Unreadable| {
        let mut usage = unusable(format!("can't be understood: {problem}"));
        if args.form.is_none() {
            usage.hint.push_str(" `--as` says which of them it is.");
        }
        usage
    })
}
