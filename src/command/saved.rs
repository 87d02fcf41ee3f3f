//! A record that was saved, judged by this version. Somebody else may have written it: it goes past the
//! redactor as an answer does.

use std::io;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::keys;
use crate::error::{Usage, why};
use crate::record::{Record, read};
use crate::redact::{Ledger, Redactor};
use crate::{files, judge};

/// The most bytes of a record: it holds no more than a few hundred exchanges.
const MOST: usize = 64 << 20;

/// Reads a record from a file, or with `-` from standard input, and judges it again.
pub(super) fn read(path: &Path, patience: Duration, redactor: &Redactor) -> anyhow::Result<Record> {
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
    let (record, ledger) = cleaned(&record, redactor)?;
    let redaction = ledger.added_to(record.redaction.clone());
    let watch = record.watch.clone();
    let judged = judge::record(judge::facts(record), redaction);
    Ok(match watch {
        Some(watch) => judge::watched(judged, watch),
        None => judged,
    })
}

/// The record without the secrets that its texts still held.
fn cleaned(record: &Record, redactor: &Redactor) -> anyhow::Result<(Record, Ledger)> {
    const NEVER: &str = "A record can't be written as JSON";
    let mut ledger = Ledger::default();
    let mut value = serde_json::to_value(record).context(NEVER)?;
    clean(&mut value, redactor, &mut ledger);
    Ok((serde_json::from_value(value).context(NEVER)?, ledger))
}

fn clean(value: &mut Value, redactor: &Redactor, ledger: &mut Ledger) {
    match value {
        Value::String(text) => *text = redactor.redact(text, ledger),
        Value::Array(values) => {
            for value in values {
                clean(value, redactor, ledger);
            }
        }
        Value::Object(members) => {
            for (name, mut value) in std::mem::take(members) {
                clean(&mut value, redactor, ledger);
                // Names of headers are the server's as well.
                members.insert(redactor.redact(&name, ledger), value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
