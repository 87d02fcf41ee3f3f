//! Files that have no name until everything is in them, or at least none that lasts.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The name of a temporary file: this, a random number, and `END`.
const START: &str = ".heygen-doctor-";
const END: &str = ".tmp";

/// Who may read a new file, as far as the umask allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner.
    Owner,
    /// Everybody on this machine: there is nothing to hide in it.
    All,
}

/// A file that will take the place of another.
#[derive(Debug)]
pub(super) struct Temporary {
    file: File,
    /// None where the system knows files without a name: whatever ends the program, nothing of them
    /// stays behind.
    name: Option<Name>,
}

/// A name that is given up again.
#[derive(Debug)]
struct Name(PathBuf);

impl Drop for Name {
    fn drop(&mut self) {
        // After a rename there is nothing of this name.
        let _ = fs::remove_file(&self.0);
    }
}

impl Temporary {
    /// An empty one, on the same disk as a file.
    pub(super) fn beside(path: &Path, readers: Readers) -> io::Result<Self> {
        if let Some(file) = unnamed(folder(path), readers) {
            return Ok(Self { file, name: None });
        }
        Self::named(path, readers)
    }

    fn named(path: &Path, readers: Readers) -> io::Result<Self> {
        let name = free_name(path);
        let file = new_file(readers).create_new(true).write(true).open(&name)?;
        let named = Self { file, name: Some(Name(name)) };
        named.hold();
        Ok(named)
    }

    /// Tells other runs that the file is in use. Where there are no locks, `sweep` does nothing.
    fn hold(&self) {
        let _ = self.file.lock();
    }

    pub(super) const fn file(&self) -> &File {
        &self.file
    }

    /// Gives it its name, in place of whatever had it.
    pub(super) fn becomes(self, path: &Path) -> io::Result<()> {
        if let Some(name) = &self.name {
            return fs::rename(&name.0, path);
        }
        match link(&self.file, path) {
            // Only a rename can take the place of another file, and it needs a name.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let name = Name(free_name(path));
                self.hold();
                link(&self.file, &name.0)?;
                fs::rename(&name.0, path)
            }
            linked => linked,
        }
    }
}

/// Removes what a program that was killed left behind in a folder: a living one holds the lock of
/// its file from before there is anything in it.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours =
            name.to_str().is_some_and(|name| name.starts_with(START) && name.ends_with(END));
        if is_ours
            && entry.metadata().is_ok_and(|found| found.is_file() && found.len() > 0)
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // If it can't be removed, the next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn free_name(path: &Path) -> PathBuf {
    folder(path).join(format!("{START}{:016x}{END}", rand::random::<u64>()))
}

/// A file without a name that can be given one later.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, readers: Readers) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mode = Mode::from_raw_mode(readers.mode());
    let file = File::from(rustix::fs::open(folder, flags, mode).ok()?);
    fs::read_link(descriptor(&file)).is_ok().then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_folder: &Path, _readers: Readers) -> Option<File> {
    None
}

#[cfg(target_os = "linux")]
fn link(file: &File, name: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    Ok(linkat(CWD, descriptor(file), CWD, name, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_file: &File, _name: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn descriptor(file: &File) -> String {
    format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file))
}

pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// A new file for these readers.
pub(super) fn new_file(readers: Readers) -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, readers.mode());
    #[cfg(not(unix))]
    let _ = readers;
    options
}

impl Readers {
    /// The mode of a new file, from which the system takes the umask.
    #[cfg(unix)]
    const fn mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::All => 0o644,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn with_or_without_a_name_it_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        for make in [Temporary::beside, Temporary::named] {
            for before in [None, Some("before")] {
                let _ = fs::remove_file(&path);
                if let Some(before) = before {
                    fs::write(&path, before).unwrap();
                }
                let temporary = make(&path, Readers::Owner).unwrap();
                temporary.file().write_all(b"after").unwrap();
                assert_eq!(fs::read_to_string(&path).ok().as_deref(), before);
                temporary.becomes(&path).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), "after");
                assert_eq!(names(folder.path()), ["record.json"]);
            }
        }
        drop(Temporary::named(&path, Readers::Owner).unwrap());
        assert_eq!(names(folder.path()), ["record.json"], "what isn't used goes");
    }

    #[test]
    fn what_nobody_holds_any_more_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".heygen-doctor-0123456789abcdef.tmp");
        fs::write(&left, "a record").unwrap();
        fs::write(folder.path().join(".heygen-doctor-notes.txt"), "of the user").unwrap();
        let living = Temporary::named(&left, Readers::Owner).unwrap();
        living.file().write_all(b"half a record").unwrap();
        sweep(folder.path());
        let names = names(folder.path());
        assert!(!left.exists() && names.len() == 2, "{names:?}");
        drop(living);
    }
}
