//! One line of a list of keys, as JSON or as CSV.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::config::surroundings::variable;
use crate::files;
use crate::key::source::{Given, Keyring, in_file};
use crate::key::{ApiKey, keys_in};
use crate::text::visible;

/// The most bytes of a line: a key has at most 4 KiB.
pub(super) const MOST_OF_LINE: usize = 16 * 1024;
/// The most characters of a name.
const MOST_OF_NAME: usize = 200;
/// So many characters in a row of a key are no part of a name by chance.
const WINDOW: usize = 12;

/// A line that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub number: usize,
    /// The reason, which holds nothing of the line.
    pub why: &'static str,
}

/// A key of the list.
#[derive(Debug)]
pub struct Listed {
    /// The number of its line.
    pub number: usize,
    /// Its name; what could act in a terminal is written out.
    pub name: String,
    /// Where its key is.
    pub origin: Origin,
}

/// Where a key is.
pub enum Origin {
    /// In the line itself.
    Line(ApiKey),
    /// In a variable of the environment.
    Env(String),
    /// In a file.
    File(PathBuf),
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Origin(…)")
    }
}

/// The columns of a line.
#[derive(Default, Deserialize)]
struct Columns {
    name: Option<String>,
    key: Option<String>,
    env: Option<String>,
    file: Option<String>,
}

/// The form of a list.
pub(super) enum Form {
    Json,
    /// The columns, in their order.
    Csv(Vec<String>),
}

impl Form {
    /// The form that the first line has, and whether that line is a header.
    pub(super) fn of(first: &str) -> (Self, bool) {
        if first.trim_start().starts_with('{') {
            return (Self::Json, false);
        }
        let columns = cells(first).unwrap_or_default();
        let columns: Vec<String> =
            columns.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let is_header = columns.iter().any(|column| column == "name");
        (if is_header { Self::Csv(columns) } else { Self::Json }, is_header)
    }

    pub(super) fn read(&self, line: &str, number: usize) -> Result<Listed, &'static str> {
        let columns = match self {
            Self::Json => serde_json::from_str(line)
                .map_err(|_| "it isn't a JSON object with text under `name` and `key`")?,
            Self::Csv(header) => Columns::of(header, line)?,
        };
        columns.listed(number)
    }
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(line.len() + 1)
        .from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(ToOwned::to_owned).collect())
}

impl Columns {
    fn of(header: &[String], line: &str) -> Result<Self, &'static str> {
        let cells = cells(line).ok_or("it isn't a line of CSV")?;
        if cells.len() != header.len() {
            return Err("it has more or fewer columns than the first line");
        }
        let mut columns = Self::default();
        for (column, cell) in header.iter().zip(cells) {
            let cell = Some(cell).filter(|cell| !cell.is_empty());
            match column.as_str() {
                "name" => columns.name = cell,
                "key" => columns.key = cell,
                "env" => columns.env = cell,
                "file" => columns.file = cell,
                _ => {}
            }
        }
        Ok(columns)
    }

    fn listed(self, number: usize) -> Result<Listed, &'static str> {
        let name = self.name.filter(|name| !name.trim().is_empty()).ok_or("it has no name")?;
        if name.chars().count() > MOST_OF_NAME {
            return Err("its name is longer than 200 characters");
        }
        if !keys_in(name.as_bytes()).is_empty()
            || self.key.as_ref().is_some_and(|key| shares(&name, key.as_bytes()))
        {
            return Err("its name looks like a key, and names are shown");
        }
        let origin = match (self.key, self.env, self.file) {
            (Some(key), None, None) => Origin::Line(ApiKey::from_bytes(key.into_bytes())),
            (None, Some(env), None) if !env.contains(['=', '\0']) => Origin::Env(env),
            (None, Some(_), None) => {
                return Err("what it has under `env` is no name of a variable");
            }
            (None, None, Some(file)) => Origin::File(file.into()),
            _ => return Err("it needs exactly one of `key`, `env`, and `file`"),
        };
        Ok(Listed { number, name: visible(&name), origin })
    }
}

/// True if a name holds a part of a key.
fn shares(name: &str, key: &[u8]) -> bool {
    let (name, key) = (name.to_ascii_lowercase(), key.to_ascii_lowercase());
    name.as_bytes().windows(WINDOW).any(|part| memchr::memmem::find(&key, part).is_some())
}

impl Listed {
    /// Reads the key, or says why it can't be.
    ///
    /// # Errors
    /// When its file can't be read, or its name is a part of it.
    pub fn keyring(&self, time: Duration) -> Result<Keyring, BadLine> {
        let of = |source: &str, key: ApiKey| {
            Keyring::of(vec![Given { source: source.to_owned(), key, oauth: false }])
        };
        let bad = |why| BadLine { number: self.number, why };
        let keyring = match &self.origin {
            Origin::Line(key) => of("the list", key.clone()),
            // As for `check --key-env`, an absent variable is an absent key.
            Origin::Env(name) => variable(name).map_or_else(Keyring::empty, |value| {
                of(name, ApiKey::from_bytes(OsString::into_encoded_bytes(value)))
            }),
            Origin::File(path) => {
                let read = |path: &Path, most: usize, time: Duration| files::read(path, most, time);
                in_file(path, &read, time).map_err(|_| bad("its key file can't be read"))?
            }
        };
        let is_shown = keyring.used().is_some_and(|key| shares(&self.name, key.bytes()));
        if is_shown {
            Err(bad("its name is a part of its key, and names are shown"))
        } else {
            Ok(keyring)
        }
    }
}
