//! Where the key comes from: every place is looked at, the first that holds a key is used.

mod credentials;
mod dotenv;
mod entry;
mod keyring;

pub use keyring::{Given, Keyring};

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ApiKey;
use crate::error::Usage;
use crate::files;
use entry::Entry;

/// The variable that HeyGen's own tools read (heygen-cli).
pub const HEYGEN_API_KEY: &str = "HEYGEN_API_KEY";
/// The variable that moves the directory of HeyGen's own tools (heygen-cli).
const HEYGEN_CONFIG_DIR: &str = "HEYGEN_CONFIG_DIR";
/// The most bytes of a key: the longest OAuth tokens have half of that, and every form of a key in
/// which it could come back has to be known.
pub const MOST_BYTES: usize = 4 * 1024;
/// The most bytes of a file with other things in it.
const MOST_OF_SHARED_FILE: usize = 1024 * 1024;

/// Where to look.
pub struct Search<'a> {
    /// `--key-file PATH`, of which some commands take several; `-` is not for here but for `stdin`.
    pub key_files: Vec<PathBuf>,
    /// The content of standard input, with `--key-file -`.
    pub stdin: Option<Vec<u8>>,
    /// `--key-env NAME`, in place of `HEYGEN_API_KEY`.
    pub key_env: Option<String>,
    /// The environment.
    pub env: &'a dyn Fn(&str) -> Option<OsString>,
    /// Where `.env` may be.
    pub working_dir: PathBuf,
    /// `HEYGEN_CONFIG_DIR`, else `~/.heygen`.
    pub config_dir: PathBuf,
    /// The longest wait for a file that the user named; others get `files::PATIENCE` at most.
    pub time: Duration,
}

/// The keys of all places, and the fault of a place that the user named. The keys are there in either
/// case, so that the message about the fault can be kept free of them.
#[derive(Debug)]
pub struct Found {
    /// The keys.
    pub keyring: Keyring,
    /// The fault that ends the command.
    pub problem: Option<Usage>,
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("key_files", &self.key_files).finish_non_exhaustive()
    }
}

/// Looks everywhere, once.
#[must_use]
pub fn search(search: &Search<'_>) -> Found {
    let (mut ring, mut problem) = (Keyring::empty(), None);
    let mut add = |entry: Result<Entry, Usage>| match entry {
        Ok(entry) => ring.push(entry),
        Err(usage) => problem = problem.take().or(Some(usage)),
    };
    if let Some(bytes) = &search.stdin {
        add(named("standard input", "Standard input", bytes.clone()));
    }
    for path in &search.key_files {
        add(key_file(path, search.time));
    }
    let name = search.key_env.as_deref().unwrap_or(HEYGEN_API_KEY);
    add(variable(name, (search.env)(name)));
    let time = search.time.min(files::PATIENCE);
    let (entry, beside) = dotenv::look(&search.working_dir.join(".env"), name, time);
    ring.push(entry);
    if name != HEYGEN_API_KEY {
        // Whoever names another variable may still have a key in this one.
        let usual = (search.env)(HEYGEN_API_KEY).map(|value| ApiKey::from_bytes(bytes_of(&value)));
        ring.hide(usual.into_iter().chain(beside).filter(ApiKey::is_secret).collect());
    }
    let moved = (search.env)(HEYGEN_CONFIG_DIR).is_some_and(|value| !value.is_empty());
    let title = if moved { "$HEYGEN_CONFIG_DIR/credentials" } else { "~/.heygen/credentials" };
    let (entry, extra) = credentials::look(&search.config_dir.join("credentials"), title, time);
    ring.push(entry);
    ring.hide(extra);
    Found { keyring: ring, problem }
}

fn key_file(path: &Path, time: Duration) -> Result<Entry, Usage> {
    let shown = path.display().to_string();
    match read(path, MOST_BYTES, time) {
        Ok(bytes) => named(&shown, &format!("The key file {shown}"), bytes),
        Err(problem) => Err(Usage::new(
            format!("The key file {shown} {problem}."),
            "Check the path and who may read it, or set HEYGEN_API_KEY instead.",
        )),
    }
}

/// A place that the user pointed at.
fn named(source: &str, what: &str, mut bytes: Vec<u8>) -> Result<Entry, Usage> {
    if bytes.len() > MOST_BYTES {
        return Err(Usage::new(
            format!("{what} is larger than 4 KiB, which no key is."),
            "Name a file that holds the key and nothing else.",
        ));
    }
    // As every `$(cat file)` of a shell does; a second line break is the value's own.
    if bytes.ends_with(b"\n") {
        bytes.pop();
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
    }
    Ok(Entry::of(source, bytes))
}

fn variable(name: &str, value: Option<OsString>) -> Result<Entry, Usage> {
    match value {
        None => Ok(Entry::absent(name)),
        Some(value) if value.len() > MOST_BYTES => Err(Usage::new(
            format!("{name} is larger than 4 KiB, which no key is."),
            "Set it to the key and nothing else.",
        )),
        Some(value) => Ok(Entry::of(name, bytes_of(&value))),
    }
}

#[cfg(unix)]
fn bytes_of(value: &OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(value).to_vec()
}

#[cfg(not(unix))]
fn bytes_of(value: &OsStr) -> Vec<u8> {
    value.to_string_lossy().into_owned().into_bytes()
}

/// Reads a file, or says in words why not.
fn read(path: &Path, most: usize, time: Duration) -> Result<Vec<u8>, &'static str> {
    files::read(path, most, time).map_err(|error| match error.kind() {
        ErrorKind::NotFound => ABSENT,
        ErrorKind::PermissionDenied => "may not be read by this user",
        ErrorKind::IsADirectory => "is a directory",
        ErrorKind::FileTooLarge => "is too large",
        ErrorKind::TimedOut => "is a pipe or a device that gave nothing in time",
        _ => "can't be read",
    })
}

/// The problem of a file that isn't there.
const ABSENT: &str = "does not exist";

#[cfg(test)]
mod tests;
