//! A file that is replaced in one go.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Usage, why};

/// A file that is open for writing, and changes only once everything is there.
#[derive(Debug)]
pub(super) struct OutFile {
    path: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// Becomes the file by a rename.
    Beside(NamedTempFile),
    /// A device or a pipe: nothing to replace.
    Direct(File),
}

impl OutFile {
    pub(super) fn open(path: &Path) -> Result<Self, Usage> {
        // By its kind alone: the error may have the name of the temporary file around it.
        let unwritable = |error: &io::Error| {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "its folder doesn't exist".to_owned(),
                _ => why(error),
            };
            Usage::new(
                format!("`{}` can't be written: {why}.", path.display()),
                "Name a file in a folder that exists and that you may write to.",
            )
        };
        // Through a symbolic link the file itself is replaced, not the link.
        let real = place(path);
        let sink = open(&real).map_err(|error| unwritable(&error))?;
        Ok(Self { path: real, sink })
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn write(self, bytes: &[u8]) -> io::Result<()> {
        match self.sink {
            Sink::Direct(mut file) => file.write_all(bytes),
            Sink::Beside(mut file) => {
                file.write_all(bytes)?;
                file.as_file().sync_all()?;
                file.persist(&self.path).map(drop).map_err(|failed| failed.error)
            }
        }
    }
}

/// The one name of a file, which need not exist, whatever the way to it.
pub(super) fn place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or_else(|| Path::new(".")));
        match (folder, path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    })
}

fn open(path: &Path) -> io::Result<Sink> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            // A rename would replace a file that may not be written.
            OpenOptions::new().append(true).open(path)?;
            let beside = beside(path)?;
            beside.as_file().set_permissions(found.permissions())?;
            Ok(Sink::Beside(beside))
        }
        Ok(_) => OpenOptions::new().write(true).open(path).map(Sink::Direct),
        Err(error) if error.kind() == io::ErrorKind::NotFound => beside(path).map(Sink::Beside),
        Err(error) => Err(error),
    }
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".heygen-doctor-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the user's own umask leaves of it, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
