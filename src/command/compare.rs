//! `compare`: records beside each other.

use std::ffi::OsString;
use std::path::Path;

use super::{keys, look, saved};
use crate::cli::SourceArgs;
use crate::cli::{CompareArgs, OutputFormat};
use crate::command::output::{Outputs, Wanted, wanted};
use crate::compare::compare;
use crate::config::key_files;
use crate::error::Usage;
use crate::record::exit::Exit;
use crate::render::{Format, Options, compared};

pub(super) fn run(args: &CompareArgs, typed: &[OsString]) -> anyhow::Result<Exit> {
    if args.files.iter().filter(|file| *file == Path::new("-")).count() > 1 {
        return Err(Usage::new(
            "Only one record can come from standard input.",
            "Give the others as files.",
        )
        .into());
    }
    // Nothing is sent, but the keys of this machine must not be in what is written either.
    let source = SourceArgs { key_env: None, key_file: None };
    let keyring = keys::find(&source, keys::TIME, typed)?;
    let mut wanted = wanted(&args.output);
    let json = Wanted { format: Format::Json, file: None };
    if args.format == OutputFormat::Json && !wanted.contains(&json) {
        wanted.push(json);
    }
    let outputs = Outputs::open(wanted, Some(Format::Human), None, &key_files(&source))?;
    let redactor = keys::redactor(&keyring, &[]);
    let mut records = Vec::new();
    for file in &args.files {
        records.push((file.display().to_string(), saved::read(file, keys::TIME, &redactor)?));
    }
    let comparison = compare(&records);
    let options =
        Options { verbose: u8::from(args.verbose), ..look::offline(args.color, args.quiet) };
    let is_read = outputs.write(&redactor, |format| compared(format, &comparison, &options))?;
    Ok(if comparison.agree || !is_read { Exit::Works } else { Exit::Wrong })
}
