//! The `.env` of the working directory. Only the key is read from it: a base URL from there could
//! send the key to a stranger.

use std::path::Path;
use std::time::Duration;

use super::entry::Entry;
use super::{ABSENT, ApiKey, HEYGEN_API_KEY, MOST_OF_SHARED_FILE, read};

const SOURCE: &str = ".env";

/// Looks for a variable, and for the usual one beside it, which must not be shown either.
pub(super) fn look(path: &Path, name: &str, time: Duration) -> (Entry, Option<ApiKey>) {
    let bytes = match read(path, MOST_OF_SHARED_FILE, time) {
        Ok(bytes) => bytes,
        Err(ABSENT) => return (Entry::absent(SOURCE), None),
        Err(problem) => return (Entry::broken(SOURCE, problem), None),
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    (find(text, name), find(text, HEYGEN_API_KEY).key)
}

/// The value of a variable; the first of two of the same name counts.
fn find(text: &[u8], name: &str) -> Entry {
    let text = tamed(text, name);
    let mut unreadable = false;
    for line in dotenvy::from_read_iter(text.as_slice()) {
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

/// No line that holds a key is longer.
const LONGEST_LINE: usize = 4096;

/// The text without what could make it grow without end: only the wanted line may refer to other
/// variables, and those to none.
fn tamed(text: &[u8], name: &str) -> Vec<u8> {
    let mut tamed = Vec::with_capacity(text.len());
    for line in
        text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.len() <= LONGEST_LINE)
    {
        let start = line.trim_ascii_start();
        let start = start.strip_prefix(b"export ").unwrap_or(start).trim_ascii_start();
        if start.starts_with(name.as_bytes()) {
            tamed.extend_from_slice(line);
        } else {
            tamed.extend(line.iter().map(|byte| if *byte == b'$' { b'_' } else { *byte }));
        }
    }
    tamed
}
