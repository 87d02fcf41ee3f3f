//! The one way out: every document is searched for secrets, and written whole or not at all.

mod lines;

pub use lines::Lines;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::{OutputArgs, OutputFormat};
use crate::error::{Usage, why};
use crate::files::{self, OutFile, Readers};
use crate::redact::{Found, Redactor};
use crate::render::Format;

/// One document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The form.
    pub format: Format,
    /// The file, or standard output.
    pub file: Option<PathBuf>,
}

/// Every document that the flags ask for, in the order in which they are written.
#[must_use]
pub fn wanted(args: &OutputArgs) -> Vec<Wanted> {
    let wanted = args.documents.iter().filter_map(|(name, file)| {
        // Each flag has the name of its format.
        Some(Wanted { format: Format::from_name(name)?, file: file.clone() })
    });
    let brief = args.brief.then_some(Wanted { format: Format::Brief, file: None });
    wanted.chain(brief).collect()
}

/// The same with what `--format` asks for on standard output.
#[must_use]
pub fn wanted_as(args: &OutputArgs, format: OutputFormat) -> Vec<Wanted> {
    let mut wanted = wanted(args);
    let format = match format {
        OutputFormat::Human => None,
        OutputFormat::Json => Some(Format::Json),
        OutputFormat::Junit => Some(Format::Junit),
        OutputFormat::Github => Some(Format::Github),
        OutputFormat::Openmetrics => Some(Format::Openmetrics),
    };
    // `--format json --json` asks for the same thing twice, not for two documents.
    let asked = format.map(|format| Wanted { format, file: None });
    wanted.extend(asked.filter(|asked| !wanted.contains(asked)));
    wanted
}

/// Every place that was asked for, open before the first request is sent.
#[derive(Debug)]
pub struct Outputs {
    documents: Vec<(Format, Option<OutFile>)>,
    /// The file that the ticket is added to, beside an annotation for GitHub.
    job_summary: Option<Lines>,
}

/// A document, and the file that it is written to, or standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The form.
    pub format: Format,
    /// The file.
    pub file: Option<String>,
}

/// A finished document still holds a secret; which one is told by its kind, never by its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leak(pub Found);

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Found { kind, form }) = self;
        write!(
            f,
            "A finished document still held a part of {kind} (form: {form}), so nothing was written"
        )
    }
}

impl std::error::Error for Leak {}

impl Outputs {
    /// One document on standard output.
    #[must_use]
    pub fn stdout(format: Format) -> Self {
        Self { documents: vec![(format, None)], job_summary: None }
    }

    /// One document in a file.
    ///
    /// # Errors
    /// When a key is kept there, or it can't be written.
    pub fn file(format: Format, path: &Path, key_files: &[PathBuf]) -> Result<Self, Usage> {
        refuse_key_file(path, key_files)?;
        Ok(Self { documents: vec![(format, Some(open(format, path)?))], job_summary: None })
    }

    /// Opens every place. Standard output gets what asks for it, else `usual` if any. The job's summary is
    /// written beside an annotation. The files that hold keys are no places for documents.
    ///
    /// # Errors
    /// When two documents want the same place, a key is kept there, or a file can't be written.
    pub fn open(
        mut wanted: Vec<Wanted>,
        usual: Option<Format>,
        job_summary: Option<&Path>,
        key_files: &[PathBuf],
    ) -> Result<Self, Usage> {
        match wanted.iter().filter(|wanted| wanted.file.is_none()).count() {
            0 => wanted.extend(usual.map(|format| Wanted { format, file: None })),
            1 => {}
            _ => {
                return Err(Usage::new(
                    "Two documents can't both go to standard output.",
                    "Give all but one a file: `--json=record.json`.",
                ));
            }
        }
        let annotates = wanted.iter().any(|wanted| wanted.format == Format::Github);
        let job_summary = job_summary.filter(|_| annotates);
        let mut taken = BTreeSet::new();
        let files = wanted.iter().filter_map(|wanted| wanted.file.as_deref());
        for path in files.chain(job_summary) {
            refuse_key_file(path, key_files)?;
            if !taken.insert(files::place(path)) {
                return Err(Usage::new(
                    format!("Two documents can't both go to `{}`.", path.display()),
                    "Give each a file of its own.",
                ));
            }
        }
        let opened = wanted.into_iter().map(|Wanted { format, file }| {
            Ok((format, file.map(|path| open(format, &path)).transpose()?))
        });
        let documents = opened.collect::<Result<_, Usage>>()?;
        let job_summary = job_summary.map(|file| Lines::open(Some(file), key_files)).transpose()?;
        Ok(Self { documents, job_summary })
    }

    /// Every document with its place.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let place = |(format, file): &(Format, Option<OutFile>)| Place {
            format: *format,
            file: file.as_ref().map(OutFile::name),
        };
        self.documents.iter().map(place).collect()
    }

    /// Renders every document, searches all of them for secrets, and only then writes them. False
    /// when the reader of standard output went away.
    ///
    /// # Errors
    /// [`Leak`] when a secret is left; otherwise when writing fails.
    pub fn write(
        self,
        redactor: &Redactor,
        render: impl Fn(Format) -> String,
    ) -> anyhow::Result<bool> {
        let mut documents: Vec<_> =
            self.documents.into_iter().map(|(format, file)| (file, render(format))).collect();
        let job_summary = self.job_summary.map(|file| (file, render(Format::Markdown)));
        let texts = documents.iter().map(|(_, text)| text);
        for text in texts.chain(job_summary.iter().map(|(_, text)| text)) {
            refuse_leak(redactor, text)?;
        }
        // Files first: whoever reads the others may be slow, or go away.
        documents
            .sort_by_key(|(file, _)| file.as_ref().map_or(2, |file| i32::from(file.is_pipe())));
        let mut is_read = true;
        let mut failed = None;
        if let Some((file, text)) = job_summary {
            failed = file.push_text(redactor, &text).err();
        }
        for (file, text) in documents {
            let written = match file {
                Some(file) => {
                    let name = file.name();
                    let written = file.write(text.as_bytes());
                    written.with_context(|| format!("`{name}` can't be written"))
                }
                None => to_stdout(&text).map(|read| is_read &= read),
            };
            // Where one fails, the others are still written.
            if let Err(error) = written
                && let Some(earlier) = failed.replace(error)
            {
                to_stderr(&format!("error: {earlier:#}."));
            }
        }
        failed.map_or(Ok(is_read), Err)
    }
}

/// Says something on standard error, unless a secret is in it.
///
/// # Errors
/// [`Leak`] when there is.
pub fn say(redactor: &Redactor, text: &str) -> Result<(), Leak> {
    refuse_leak(redactor, text)?;
    to_stderr(text);
    Ok(())
}

fn refuse_leak(redactor: &Redactor, text: &str) -> Result<(), Leak> {
    redactor.find(text.as_bytes()).map_or(Ok(()), |found| Err(Leak(found)))
}

/// Refuses a file that keys are kept in.
///
/// # Errors
/// When it is one.
pub fn refuse_key_file(path: &Path, key_files: &[PathBuf]) -> Result<(), Usage> {
    let place = files::place(path);
    if key_files.iter().any(|kept| files::place(kept) == place) {
        return Err(Usage::new(
            format!("`{}` is a file that keys are kept in.", path.display()),
            "Give the document another name, or the key would be lost.",
        ));
    }
    Ok(())
}

/// Opens the place of a document. Metrics are for a collector, which is another user.
fn open(format: Format, path: &Path) -> Result<OutFile, Usage> {
    refuse_dash(path)?;
    let readers = if format == Format::Openmetrics { Readers::All } else { Readers::Owner };
    OutFile::open(path, readers).map_err(|error| unwritable(path, &error))
}

/// Refuses the name that means standard input elsewhere.
fn refuse_dash(path: &Path) -> Result<(), Usage> {
    if path != Path::new("-") {
        return Ok(());
    }
    Err(Usage::new(
        "`-` is no file to write to.",
        "Name a file, or leave it out where standard output is meant.",
    ))
}

fn unwritable(path: &Path, error: &io::Error) -> Usage {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder doesn't exist".to_owned(),
        io::ErrorKind::TimedOut => "it is a pipe, and nobody reads from it".to_owned(),
        _ => why(error),
    };
    Usage::new(
        format!("`{}` can't be written: {why}.", path.display()),
        "Name a file in a folder that exists and that you may write to.",
    )
}

/// Writes to standard output. A reader that went away is no error: it is told by `false`.
///
/// # Errors
/// When writing fails otherwise.
pub fn to_stdout(text: &str) -> anyhow::Result<bool> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("Standard output can't be written"),
    }
}

/// Writes a line to standard error; there is nowhere to say that this failed.
pub fn to_stderr(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
