//! The log of a watch, which the next one goes on with.

use std::io::ErrorKind;
use std::path::Path;

use crate::command::keys;
use crate::error::{Usage, why};
use crate::files;
use crate::record::watched::Round;
use crate::watch::Story;

/// The most bytes of a log that is gone on with: a year of rounds.
const MOST_OF_LOG: usize = 256 << 20;

/// Goes on from a log of this key, if there is one; says how many of its lines can't be read. The last one
/// may have been cut off.
pub(super) fn resume(path: &Path, key: Option<&str>, story: &mut Story) -> Result<usize, Usage> {
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
    for mut round in rounds {
        story.push(&mut round);
    }
    Ok(unread)
}
