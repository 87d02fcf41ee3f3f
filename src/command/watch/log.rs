//! The log of a watch, which the next one goes on with.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::command::keys;
use crate::command::output::Lines;
use crate::error::{Usage, why};
use crate::files;
use crate::record::watched::Round;
use crate::watch::Story;

/// The most bytes of a log that is gone on with: a year of rounds.
const MOST_OF_LOG: usize = 256 << 20;

/// Opens the log for this run alone, and goes on from what it holds; says how many of its lines can't be read.
pub(super) fn open(
    path: Option<&Path>,
    kept: &[PathBuf],
    key: Option<&str>,
    story: &mut Story,
) -> Result<(Option<Lines>, usize), Usage> {
    let Some(path) = path else { return Ok((None, 0)) };
    let lines = Lines::hold(Some(path), kept)?;
    let unread = resume(path, key, story)?;
    lines.go_on()?;
    Ok((Some(lines), unread))
}

/// The log is added to, and a document would take its place.
pub(super) fn refuse_twice<'a>(
    log: Option<&Path>,
    mut documents: impl Iterator<Item = &'a Path>,
) -> Result<(), Usage> {
    let Some(log) = log else { return Ok(()) };
    if documents.all(|path| files::place(path) != files::place(log)) {
        return Ok(());
    }
    Err(Usage::new(
        format!("The log and a document can't both go to `{}`.", log.display()),
        "Give each a file of its own.",
    ))
}

/// Goes on from a log of this key, if there is one; says how many of its lines can't be read. The last one
/// may have been cut off.
fn resume(path: &Path, key: Option<&str>, story: &mut Story) -> Result<usize, Usage> {
    let bytes = match files::read(path, MOST_OF_LOG, keys::TIME) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => {
            let message = format!("`{}` can't be read: {}.", path.display(), why(&error));
            return Err(Usage::new(message, "Name a file that `watch --log` wrote, or a new one."));
        }
        Ok(bytes) => bytes,
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let rounds: Vec<Round> =
        lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if rounds.is_empty() && !lines.is_empty() {
        return Err(Usage::new(
            format!("`{}` is no log of a watch, so nothing was added to it.", path.display()),
            "Name a file that `watch --log` wrote, or a new one.",
        ));
    }
    if rounds.iter().any(|round| round.key.as_deref() != key) {
        return Err(Usage::new(
            format!("`{}` is the log of another key, so nothing was added to it.", path.display()),
            "Name a new file for this key.",
        ));
    }
    let unread = lines.len() - rounds.len();
    mend(path, &bytes)?;
    for mut round in rounds {
        story.push(&mut round);
    }
    Ok(unread)
}

/// Takes away what a kill left of the last line.
fn mend(path: &Path, bytes: &[u8]) -> Result<(), Usage> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if serde_json::from_slice::<Round>(&bytes[whole..]).is_ok() || whole == bytes.len() {
        return Ok(());
    }
    files::shorten(path, whole as u64).map_err(|error| {
        let message = format!("`{}` can't be repaired: {}.", path.display(), error.kind());
        Usage::new(message, "Name another file, or make this one writable.")
    })
}
