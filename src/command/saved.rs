//! A record that was saved, judged by this version.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::keys;
use crate::error::{Usage, why};
use crate::record::Record;
use crate::record::read;
use crate::{files, judge};

/// The most bytes of a record: it holds no more than a few hundred exchanges.
const MOST: usize = 64 << 20;

/// Reads a record from a file, or with `-` from standard input, and judges it again.
pub(super) fn read(path: &Path, patience: Duration) -> anyhow::Result<Record> {
    let unusable = |why: String| {
        Usage::new(
            format!("`{}` {why}.", path.display()),
            "Give a record that `--json=FILE` or `--html=FILE` wrote, with this version or an older one.",
        )
    };
    let unreadable = |error: io::Error| unusable(format!("can't be read: {}", why(&error)));
    let bytes = if path == Path::new("-") {
        // Whoever writes the record may still be asking.
        files::read_stdin(MOST, patience)
    } else {
        files::read(path, MOST, keys::TIME)
    };
    let bytes = bytes.map_err(unreadable)?;
    let text =
        String::from_utf8(bytes).map_err(|_| unreadable(io::ErrorKind::InvalidData.into()))?;
    let record = read::read(&text).map_err(|error| unusable(error.to_string()))?;
    let (redaction, watch) = (record.redaction.clone(), record.watch.clone());
    Ok(Record { watch, ..judge::record(judge::facts(record), redaction) })
}
