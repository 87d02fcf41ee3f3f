//! Results that are on file: the lines of earlier runs, which are their state as well.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::{Usage, why};
use crate::files::{self, BoundedLines};
use crate::fleet::{Decided, hash};
use crate::judge::requirements::{Requirements, recounted};
use crate::key::keys_in;
use crate::text::visible;

/// The most bytes of a line.
const MOST_OF_LINE: usize = 64 * 1024;

/// The results in one file, one after the other.
pub(super) struct Results {
    lines: BoundedLines<File>,
    path: PathBuf,
    /// What counts in this run.
    wanted: Requirements,
    number: usize,
    /// How many bytes of the file are whole results.
    pub(super) whole: u64,
    /// The last line was cut off.
    pub(super) is_cut: bool,
}

impl Results {
    /// Opens a file of results.
    pub(super) fn open(path: &Path, wanted: Requirements) -> Result<Self, Usage> {
        let file = files::open(path).map_err(|error| {
            let message = format!("`{}` can't be read: {}.", path.display(), why(&error));
            Usage::new(message, "Name a file that `heygen-doctor fleet --out` wrote.")
        })?;
        let lines = BoundedLines::new(file, MOST_OF_LINE);
        Ok(Self { lines, path: path.to_owned(), wanted, number: 0, whole: 0, is_cut: false })
    }

    /// The next result with the number of its line. Whatever is no result is refused: the file may be
    /// somebody else's.
    pub(super) fn next(&mut self) -> Result<Option<(usize, Decided)>, Usage> {
        loop {
            let Some(line) = self.lines.next() else { return Ok(None) };
            self.number += 1;
            let bytes = line.unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            if text.trim().is_empty() && !bytes.is_empty() {
                self.whole += bytes.len() as u64;
                continue;
            }
            match read(&text) {
                Some(decided) => {
                    self.whole += bytes.len() as u64;
                    let about = (decided.cause, decided.verdict);
                    let exit_code = recounted(about, decided.exit_code, &self.wanted);
                    return Ok(Some((self.number, Decided { exit_code, ..decided })));
                }
                // What a run was writing when it was killed.
                None if !bytes.is_empty() && !bytes.ends_with(b"\n") => {
                    self.is_cut = true;
                    return Ok(None);
                }
                None => return Err(self.foreign()),
            }
        }
    }

    fn foreign(&self) -> Usage {
        Usage::new(
            format!("Line {} of `{}` is no result of a fleet.", self.number, self.path.display()),
            "Name a file that `heygen-doctor fleet --out` wrote.",
        )
    }
}

/// The result in a line. Anybody may have edited it, and parts of it are shown.
fn read(line: &str) -> Option<Decided> {
    let decided: Decided = serde_json::from_str(line).ok()?;
    let is_fingerprint = |text: &str| {
        let digits = text.strip_prefix("sha256:");
        digits.is_some_and(|it| it.len() == 12 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let is_clean = keys_in(line.as_bytes()).is_empty()
        && !decided.name.is_empty()
        && decided.fingerprint.as_deref().is_none_or(is_fingerprint);
    is_clean.then(|| Decided {
        name: visible(&decided.name),
        next_step: visible(&decided.next_step),
        ..decided
    })
}

/// What an earlier run decided, by name.
#[derive(Default)]
pub(super) struct Earlier(HashMap<u64, (u64, Decided)>);

impl Earlier {
    /// Takes in a result, without its texts; the later one of a name counts.
    pub(super) fn add(&mut self, decided: &Decided) {
        let key = hash(decided.fingerprint.as_deref().unwrap_or_default());
        let name = hash(&decided.name);
        let bare = Decided {
            name: String::new(),
            next_step: String::new(),
            fingerprint: None,
            ..decided.clone()
        };
        self.0.insert(name, (key, bare));
    }

    /// The requests of all these results.
    pub(super) fn requests(&self) -> usize {
        self.0.values().map(|(_, decided)| decided.requests).sum()
    }

    /// What was decided about this very key under this name.
    pub(super) fn of(&self, name: &str, fingerprint: Option<&str>) -> Option<Decided> {
        let decided = self.about(name, fingerprint).filter(|decided| decided.is_settled())?;
        Some(Decided { name: name.to_owned(), ..decided.clone() })
    }

    /// The requests that were sent for this very key and decided nothing.
    pub(super) fn spent(&self, name: &str, fingerprint: Option<&str>) -> usize {
        self.about(name, fingerprint).map_or(0, |decided| decided.requests)
    }

    fn about(&self, name: &str, fingerprint: Option<&str>) -> Option<&Decided> {
        let (key, decided) = self.0.get(&hash(name))?;
        (*key == hash(fingerprint.unwrap_or_default())).then_some(decided)
    }
}
