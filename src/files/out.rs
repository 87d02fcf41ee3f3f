//! A file that is replaced in one go, or not at all.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::temporary::{Readers, Temporary, folder, new_file, sweep};
use super::{PATIENCE, within};

/// The longest wait for the reader of a pipe to take a whole document.
const READER: Duration = Duration::from_secs(10);
/// A disk that others write to may take so long to give back what a file had.
const BUSY_DISK: Duration = Duration::from_secs(30);

/// A file that can be written, and changes only once everything is there.
#[derive(Debug)]
pub struct OutFile {
    path: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// A file to replace, with the mode that it has, or else for these readers.
    Whole(Option<Permissions>, Readers),
    /// A device or a pipe: nothing to replace.
    Direct(File),
}

impl OutFile {
    /// Makes sure that a file can be written, and clears away what an earlier run left beside it.
    ///
    /// # Errors
    /// When it can't, or nobody reads from a pipe.
    pub fn open(path: &Path, readers: Readers) -> io::Result<Self> {
        // Through a symbolic link the file itself is replaced, not the link.
        let path = place(path);
        let opened = path.clone();
        let sink = within(PATIENCE, move || Sink::open(&opened, readers))?;
        Ok(Self { path, sink })
    }

    /// Its path in messages.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// True where somebody has to read it before it can be written to its end.
    #[must_use]
    pub const fn is_pipe(&self) -> bool {
        matches!(self.sink, Sink::Direct(_))
    }

    /// Puts these bytes in the place of whatever is there.
    ///
    /// # Errors
    /// When there is no room for them, or the reader of a pipe takes too long. A file is then as it
    /// was.
    pub fn write(self, bytes: &[u8]) -> io::Result<()> {
        let (permissions, readers) = match self.sink {
            Sink::Direct(pipe) => return write_all(&pipe, bytes),
            Sink::Whole(permissions, readers) => (permissions, readers),
        };
        let temporary = Temporary::beside(&self.path, readers)?;
        if let Some(permissions) = permissions {
            temporary.file().set_permissions(permissions)?;
        }
        temporary.file().write_all(bytes)?;
        temporary.file().sync_all()?;
        temporary.becomes(&self.path)
    }
}

impl Sink {
    fn open(path: &Path, readers: Readers) -> io::Result<Self> {
        let permissions = match fs::metadata(path) {
            Ok(found) if found.is_file() => {
                // A rename would replace a file that may not be written.
                OpenOptions::new().append(true).open(path)?;
                Some(found.permissions())
            }
            Ok(_) => return OpenOptions::new().write(true).open(path).map(Self::Direct),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        sweep(folder(path));
        Temporary::beside(path, readers)?;
        Ok(Self::Whole(permissions, readers))
    }
}

/// Writes to a file that may be a pipe.
///
/// # Errors
/// When its reader takes too long, or as the system says.
pub fn write_all(file: &File, bytes: &[u8]) -> io::Result<()> {
    let mut direct = file;
    if file.metadata()?.is_file() {
        return direct.write_all(bytes);
    }
    let (mut file, bytes) = (file.try_clone()?, bytes.to_vec());
    within(READER, move || file.write_all(&bytes))
}

/// Opens a file to which lines are added, and ends a line that an earlier run left unfinished.
///
/// # Errors
/// When it can't be opened in time.
pub fn append(path: &Path) -> io::Result<File> {
    let path = place(path);
    within(PATIENCE, move || {
        let file = at_end(&path)?;
        finish_line(&path, &file)?;
        Ok(file)
    })
}

/// Opens a file to which lines are added, for this run alone, and leaves it as it is. On Windows a lock
/// would keep readers out as well, this run among them, so there is none.
///
/// # Errors
/// `WouldBlock` when another run has it, else when it can't be opened in time.
pub fn hold(path: &Path) -> io::Result<File> {
    let path = place(path);
    within(PATIENCE, move || {
        let file = at_end(&path)?;
        // A device is nobody's alone, and some network drives know no locks.
        let is_ours = cfg!(windows) || !file.metadata()?.is_file();
        if !is_ours && matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(file)
    })
}

fn at_end(path: &Path) -> io::Result<File> {
    new_file(Readers::Owner).create(true).append(true).open(path)
}

/// Ends a line that an earlier run left unfinished.
///
/// # Errors
/// As the system says.
pub fn finish_line(path: &Path, mut file: &File) -> io::Result<()> {
    let found = file.metadata()?;
    if found.is_file() && found.len() > 0 && last_byte(path)? != b'\n' {
        file.write_all(b"\n")?;
    }
    Ok(())
}

/// Cuts off what stands behind so many bytes of a file.
///
/// # Errors
/// When it can't be written in time.
pub fn shorten(path: &Path, length: u64) -> io::Result<()> {
    let path = place(path);
    within(BUSY_DISK, move || OpenOptions::new().write(true).open(&path)?.set_len(length))
}

fn last_byte(path: &Path) -> io::Result<u8> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let (mut file, mut last) = (File::open(path)?, [0]);
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last[0])
}

/// The one name of a file, which need not exist, whatever the way to it.
#[must_use]
pub fn place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        match (folder(path).canonicalize(), path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    })
}
