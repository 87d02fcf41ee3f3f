//! One line of JSON for each thing as it is decided, for commands that go on for long.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use super::{refuse_dash, refuse_key_file, refuse_leak, to_stdout, unwritable};
use crate::error::Usage;
use crate::files;
use crate::redact::Redactor;

/// A file that grows by whole lines, or standard output.
#[derive(Debug)]
pub struct Lines(Option<(File, PathBuf)>);

impl Lines {
    /// Opens a file, or standard output where there is none. What is in the file stays.
    ///
    /// # Errors
    /// When keys are kept there, or it can't be written.
    pub fn open(file: Option<&Path>, key_files: &[PathBuf]) -> Result<Self, Usage> {
        let open = |path: &Path| {
            refuse_key_file(path, key_files)?;
            let file = files::append(path).map_err(|error| unwritable(path, &error))?;
            Ok((file, path.to_owned()))
        };
        file.map(open).transpose().map(Self)
    }

    /// The same for this run alone, and without ending a line that is unfinished: [`Lines::go_on`] does.
    ///
    /// # Errors
    /// As there, and when another run writes to it.
    pub fn hold(file: Option<&Path>, key_files: &[PathBuf]) -> Result<Self, Usage> {
        let hold = |path: &Path| {
            refuse_dash(path)?;
            refuse_key_file(path, key_files)?;
            let file = files::hold(path).map_err(|error| match error.kind() {
                ErrorKind::WouldBlock => Usage::new(
                    format!(
                        "Another run writes to `{}` at this moment; nothing was asked.",
                        path.display()
                    ),
                    "Wait until that run has ended, or name another file.",
                ),
                _ => unwritable(path, &error),
            })?;
            Ok((file, path.to_owned()))
        };
        file.map(hold).transpose().map(Self)
    }

    /// Ends a line that an earlier run left unfinished.
    ///
    /// # Errors
    /// When that can't be written.
    pub fn go_on(&self) -> Result<(), Usage> {
        let Some((file, path)) = &self.0 else { return Ok(()) };
        files::finish_line(path, file).map_err(|error| unwritable(path, &error))
    }

    /// Adds a line, which is then in the file whatever becomes of the program. False when the reader
    /// of standard output went away.
    ///
    /// # Errors
    /// [`Leak`](super::Leak) when a secret is in it, and nothing is written; otherwise when writing
    /// fails.
    pub fn push(&self, redactor: &Redactor, entry: &impl Serialize) -> anyhow::Result<bool> {
        self.push_text(redactor, &(serde_json::to_string(entry)? + "\n"))
    }

    /// Adds a text of whole lines, as [`Lines::push`] does.
    ///
    /// # Errors
    /// As there.
    pub fn push_text(&self, redactor: &Redactor, text: &str) -> anyhow::Result<bool> {
        refuse_leak(redactor, text)?;
        let Some((file, path)) = &self.0 else { return to_stdout(text) };
        files::write_all(file, text.as_bytes())
            .with_context(|| format!("`{}` can't be written", path.display()))?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::command::output::Leak;
    use crate::key::ApiKey;

    const KEY: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyForTheTestsOnly00000";

    #[test]
    fn lines_are_added_whole_and_without_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.ndjson");
        fs::write(&path, "{\"name\":\"one\"}\n{\"na").unwrap();
        let redactor = Redactor::new(&[&ApiKey::from_bytes(KEY.into())], &[], &[]);
        let lines = Lines::open(Some(&path), &[]).unwrap();
        let pushed = |name: &str| lines.push(&redactor, &serde_json::json!({ "name": name }));
        pushed("two").unwrap();
        let leak = pushed(KEY).unwrap_err();
        assert!(leak.is::<Leak>() && !format!("{leak:?}").contains("SYNTHETIC"), "{leak:?}");
        // Written at once: nothing waits for the end.
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "{\"name\":\"one\"}\n{\"na\n{\"name\":\"two\"}\n");
        pushed("three").unwrap();
        assert!(fs::read_to_string(&path).unwrap().ends_with("{\"name\":\"three\"}\n"));
        assert!(Lines::open(Some(&path), &[folder.path().join("./keys.ndjson")]).is_err());
    }
}
