//! The `.env` of the working directory. Only the key is read from it: a base URL from there could
//! send the key to a stranger.

use std::path::Path;

use super::entry::Entry;
use super::{ABSENT, MOST_OF_SHARED_FILE, read};

const SOURCE: &str = ".env";

/// Looks for a variable; the first of two of the same name counts.
pub(super) fn look(path: &Path, name: &str) -> Entry {
    let bytes = match read(path, MOST_OF_SHARED_FILE) {
        Ok(bytes) => bytes,
        Err(ABSENT) => return Entry::absent(SOURCE),
        Err(problem) => return Entry::broken(SOURCE, problem),
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut unreadable = false;
    for line in dotenvy::from_read_iter(text) {
        match line {
            Ok((key, value)) if key == name => return Entry::of(SOURCE, value.into_bytes()),
            Ok(_) => {}
            // After an error of the reader itself there may be no end.
            Err(dotenvy::Error::Io(_)) => return Entry::broken(SOURCE, "can't be read"),
            Err(_) => unreadable = true,
        }
    }
    if unreadable {
        Entry::broken(SOURCE, "has a line that can't be understood")
    } else {
        Entry::absent(SOURCE)
    }
}
