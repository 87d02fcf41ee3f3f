//! Where documents go: standard output or files, whole or not at all.

mod file;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;

use crate::error::Usage;
use crate::redact::Redactor;
use crate::render::Format;
use file::OutFile;

/// One document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The form.
    pub format: Format,
    /// The file, or standard output.
    pub file: Option<PathBuf>,
}

/// Every place that was asked for, open before the first request is sent.
#[derive(Debug)]
pub struct Outputs(Vec<(Format, Option<OutFile>)>);

/// A finished document still holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leak(pub &'static str);

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(form) = self;
        write!(
            f,
            "A finished document still held a part of the key (form: {form}), so nothing was written"
        )
    }
}

impl std::error::Error for Leak {}

impl Outputs {
    /// Opens every place. Standard output gets what asks for it, else `usual`. The files that hold
    /// keys are no places for documents.
    ///
    /// # Errors
    /// When two documents want the same place, a key is kept there, or a file can't be written.
    pub fn open(wanted: Vec<Wanted>, usual: Format, key_files: &[PathBuf]) -> Result<Self, Usage> {
        let mut wanted = wanted;
        match wanted.iter().filter(|wanted| wanted.file.is_none()).count() {
            0 => wanted.push(Wanted { format: usual, file: None }),
            1 => {}
            _ => {
                return Err(Usage::new(
                    "Two documents can't both go to standard output.",
                    "Give all but one a file: `--json=record.json`.",
                ));
            }
        }
        let mut taken = BTreeSet::new();
        for path in wanted.iter().filter_map(|wanted| wanted.file.as_ref()) {
            let place = file::place(path);
            if key_files.iter().any(|kept| file::place(kept) == place) {
                return Err(Usage::new(
                    format!("`{}` is a file that keys are kept in.", path.display()),
                    "Give the document another name, or the key would be lost.",
                ));
            }
            if !taken.insert(place) {
                return Err(Usage::new(
                    format!("Two documents can't both go to `{}`.", path.display()),
                    "Give each a file of its own.",
                ));
            }
        }
        let opened = wanted.into_iter().map(|Wanted { format, file }| {
            Ok((format, file.as_deref().map(OutFile::open).transpose()?))
        });
        opened.collect::<Result<_, Usage>>().map(Self)
    }

    /// Renders every document, scans all of them for secrets, and only then writes them. False
    /// when the reader of standard output went away.
    ///
    /// # Errors
    /// [`Leak`] when a secret is left; otherwise when writing fails.
    pub fn write(
        self,
        redactor: &Redactor,
        render: impl Fn(Format) -> String,
    ) -> anyhow::Result<bool> {
        let documents: Vec<_> =
            self.0.into_iter().map(|(format, file)| (render(format), file)).collect();
        if let Some(form) = documents.iter().find_map(|(text, _)| redactor.find(text.as_bytes())) {
            return Err(Leak(form).into());
        }
        // Files first: whoever reads standard output may go away.
        let (files, stdout): (Vec<_>, Vec<_>) =
            documents.into_iter().partition(|(_, file)| file.is_some());
        for (text, file) in files {
            if let Some(file) = file {
                let name = file.name();
                file.write(text.as_bytes())
                    .with_context(|| format!("`{name}` can't be written"))?;
            }
        }
        stdout.into_iter().try_fold(true, |read, (text, _)| Ok(to_stdout(&text)? && read))
    }
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
