//! The machine that a scenario is about: its variables, and its files that may hold keys.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::key::source::{Keyring, Search, search};

/// The folder in which the program is started there.
const WORKING_DIR: &str = "/home/user/projects/videos/app/server/src";
/// The home folder there.
const HOME: &str = "/home/user";

/// A file of that machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineFile {
    /// Its path, from the working folder or from `~`.
    path: String,
    /// Its content.
    #[serde(default)]
    text: String,
    /// Its kind.
    #[serde(default)]
    kind: FileKind,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FileKind {
    /// Text in UTF-8.
    #[default]
    Text,
    /// Text in UTF-16 with a byte order mark.
    Utf16,
    /// A folder of that name.
    Folder,
    /// A file that its user may not read.
    Unreadable,
    /// A pipe into which nobody writes.
    Pipe,
}

/// The keys of all places there.
pub(super) fn keyring(variables: &BTreeMap<String, String>, files: &[MachineFile]) -> Keyring {
    let read = |path: &Path, most: usize, _: Duration| {
        let file = files.iter().find(|file| place(&file.path) == path);
        file.map_or_else(|| Err(ErrorKind::NotFound.into()), |file| content(file, most))
    };
    search(&Search {
        key_files: Vec::new(),
        stdin: None,
        key_env: None,
        env: &|name| variables.get(name).map(OsString::from),
        names: variables.keys().cloned().collect(),
        file: &read,
        working_dir: PathBuf::from(WORKING_DIR),
        home: Some(PathBuf::from(HOME)),
        config_dir: Path::new(HOME).join(".heygen"),
        time: Duration::ZERO,
    })
    .keyring
}

/// The whole path of a file.
fn place(path: &str) -> PathBuf {
    if let Some(below) = path.strip_prefix("~/") {
        return Path::new(HOME).join(below);
    }
    let (mut folder, mut rest) = (Path::new(WORKING_DIR), path);
    while let Some(below) = rest.strip_prefix("../") {
        folder = folder.parent().unwrap_or(folder);
        rest = below;
    }
    folder.join(rest)
}

fn content(file: &MachineFile, most: usize) -> io::Result<Vec<u8>> {
    let bytes = match file.kind {
        FileKind::Text => file.text.clone().into_bytes(),
        FileKind::Utf16 => {
            let units = "\u{feff}".encode_utf16().chain(file.text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        FileKind::Folder => return Err(ErrorKind::IsADirectory.into()),
        FileKind::Unreadable => return Err(ErrorKind::PermissionDenied.into()),
        FileKind::Pipe => return Err(ErrorKind::TimedOut.into()),
    };
    if bytes.len() > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
