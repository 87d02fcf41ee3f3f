//! Where the key comes from: every place is looked at, the first that holds a key is used.

mod credentials;
mod dotenv;
mod entry;
mod env_files;
mod keyring;
mod names;
mod readers;
mod tools;

pub use keyring::{Given, Keyring};

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ApiKey;
use crate::error::Usage;
use entry::Entry;
use names::Names;
use tools::{Held, Places};

/// The variable that HeyGen's own tools read (heygen-cli).
pub const HEYGEN_API_KEY: &str = "HEYGEN_API_KEY";
/// The variable that hyperframes reads after it (hyperframes `references/cloud.md`).
const HYPERFRAMES_API_KEY: &str = "HYPERFRAMES_API_KEY";
/// The token of a login, which hyperframes and HeyGen's skills read.
const HEYGEN_ACCESS_TOKEN: &str = "HEYGEN_ACCESS_TOKEN";
/// The variable that moves the directory of HeyGen's own tools (heygen-cli).
const HEYGEN_CONFIG_DIR: &str = "HEYGEN_CONFIG_DIR";
/// The most bytes of a key: the longest OAuth tokens have half of that, and every form of a key in
/// which it could come back has to be known.
pub const MOST_BYTES: usize = 4 * 1024;
/// The most bytes of a file with other things in it.
const MOST_OF_SHARED_FILE: usize = 1024 * 1024;

/// Reads a file of at most so many bytes, in so much time.
pub type ReadFile<'a> = dyn Fn(&Path, usize, Duration) -> io::Result<Vec<u8>> + 'a;

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
    /// The names of all variables in it.
    pub names: Vec<String>,
    /// Reads a file of at most so many bytes, in so much time.
    pub file: &'a ReadFile<'a>,
    /// Where `.env` may be.
    pub working_dir: PathBuf,
    /// The home folder, which is shown as `~`.
    pub home: Option<PathBuf>,
    /// `HEYGEN_CONFIG_DIR`, else `~/.heygen`.
    pub config_dir: PathBuf,
    /// The longest wait for a file that the user named; others get `files::PATIENCE` at most. `file` may
    /// give up earlier.
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
    let name = search.key_env.as_deref().unwrap_or(HEYGEN_API_KEY);
    if let Some(bytes) = &search.stdin {
        add(named("standard input", "Standard input", bytes.clone()));
    }
    let mut hidden = Vec::new();
    for path in &search.key_files {
        add(key_file(search, path, name, &mut hidden));
    }
    let variable = |name: &str| (search.env)(name);
    add(of_variable(name, variable(name)));
    add(of_variable(HYPERFRAMES_API_KEY, variable(HYPERFRAMES_API_KEY)));
    add(of_variable(HEYGEN_ACCESS_TOKEN, variable(HEYGEN_ACCESS_TOKEN)).map(Entry::into_login));
    ring.hide(hidden);
    if name != HEYGEN_API_KEY {
        // Whoever names another variable may still have a key in this one.
        let usual = variable(HEYGEN_API_KEY).map(|value| ApiKey::from_bytes(bytes_of(&value)));
        ring.hide(usual.into_iter().filter(ApiKey::is_secret).collect());
    }
    let mut places = variables(search);
    env_files::look(search, name, &mut ring, &mut places);
    let moved = variable(HEYGEN_CONFIG_DIR).is_some_and(|value| !value.is_empty());
    let title = if moved { "$HEYGEN_CONFIG_DIR/credentials" } else { "~/.heygen/credentials" };
    credentials::look(search, title, &mut ring, &mut places);
    near_variables(search, name, &mut ring);
    ring.put(places);
    Found { keyring: ring, problem }
}

/// The key of one file, and of no other place.
///
/// # Errors
/// When it can't be read, or is no key file.
pub fn in_file(path: &Path, file: &ReadFile<'_>, time: Duration) -> Result<Keyring, Usage> {
    let search = Search {
        key_files: Vec::new(),
        stdin: None,
        key_env: None,
        env: &|_| None,
        names: Vec::new(),
        file,
        working_dir: PathBuf::new(),
        home: None,
        config_dir: PathBuf::new(),
        time,
    };
    let (mut ring, mut hidden) = (Keyring::empty(), Vec::new());
    ring.push(key_file(&search, path, HEYGEN_API_KEY, &mut hidden)?);
    ring.hide(hidden);
    Ok(ring)
}

/// The values that tools find in variables.
fn variables(search: &Search<'_>) -> Places {
    let held = |name: &str| {
        let value = (search.env)(name).map(|value| ApiKey::from_bytes(bytes_of(&value)));
        value.map_or(Held::Nothing, |key| Held::of(&key))
    };
    let host = |name: &str| {
        let value = (search.env)(name)?.into_string().ok()?;
        let shown = match url::Url::parse(value.trim()) {
            Ok(url) => url.host_str().map_or("(no host)".to_owned(), str::to_owned),
            Err(_) => "(not a URL)".to_owned(),
        };
        (!value.trim().is_empty()).then_some(shown)
    };
    Places {
        api_key: held(HEYGEN_API_KEY),
        hyperframes_key: held(HYPERFRAMES_API_KEY),
        access_token: held(HEYGEN_ACCESS_TOKEN),
        api_base: host("HEYGEN_API_BASE"),
        api_url: host("HEYGEN_API_URL"),
        ..Places::default()
    }
}

/// Values under names that come near: told of, and neither used nor sent.
fn near_variables(search: &Search<'_>, name: &str, ring: &mut Keyring) {
    let names = Names { key: name };
    for near in search.names.iter().filter(|near| names.is_near(near)) {
        let value = (search.env)(near).map(|value| bytes_of(&value)).unwrap_or_default();
        let key = ApiKey::from_bytes(value);
        if !key.is_empty() && key.len() <= MOST_BYTES {
            ring.push(env_files::near(near, near, "the environment", key, name));
        }
    }
}

fn key_file(
    search: &Search<'_>,
    path: &Path,
    name: &str,
    hidden: &mut Vec<ApiKey>,
) -> Result<Entry, Usage> {
    let shown = path.display().to_string();
    match read(search, path, MOST_OF_SHARED_FILE, search.time) {
        Ok(bytes) if dotenv::looks_like_one(&file_name(path), &bytes) => {
            let (entry, extra) = dotenv::look(&shown, &bytes, name, "the file that was named");
            hidden.extend(extra);
            Ok(entry)
        }
        Ok(bytes) => named(&shown, &format!("The key file {shown}"), bytes),
        Err(problem) => Err(Usage::new(
            format!("The key file {shown} {problem}."),
            "Check the path and who may read it, or set HEYGEN_API_KEY instead.",
        )),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
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

fn of_variable(name: &str, value: Option<OsString>) -> Result<Entry, Usage> {
    match value {
        None => Ok(Entry::none(name, "It is not set.".to_owned())),
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
fn read(
    search: &Search<'_>,
    path: &Path,
    most: usize,
    time: Duration,
) -> Result<Vec<u8>, &'static str> {
    (search.file)(path, most, time).map_err(|error| match error.kind() {
        // A folder on the way that is a file, or isn't there.
        ErrorKind::NotFound | ErrorKind::NotADirectory => ABSENT,
        ErrorKind::PermissionDenied => "may not be read by this user",
        ErrorKind::IsADirectory => "is a folder",
        ErrorKind::FileTooLarge => "is too large",
        ErrorKind::TimedOut => SILENT,
        _ => "can't be read",
    })
}

/// The problem of a pipe into which nobody writes.
const SILENT: &str = "is a pipe or a device that gave nothing in time";
/// The problem of a file that isn't there.
const ABSENT: &str = "does not exist";

#[cfg(test)]
mod tests;
