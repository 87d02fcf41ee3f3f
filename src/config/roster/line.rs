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
    /// It is the header, without which no other line can be read.
    pub of_header: bool,
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
    Csv(Table),
}

/// A list with a header.
pub(super) struct Table {
    /// The columns, in their order.
    header: Vec<String>,
    /// Costs more to make than a line takes to read.
    reader: Box<csv_core::Reader>,
}

/// What stands between cells: spreadsheets of some countries write semicolons.
const BETWEEN: [u8; 3] = [b',', b';', b'\t'];
/// The columns that say where a key is.
const PLACES: [&str; 3] = ["key", "env", "file"];

impl Form {
    /// The form that the first line has.
    pub(super) fn of(first: &str) -> Self {
        if first.trim_start().starts_with('{') {
            return Self::Json;
        }
        let header = |between| {
            let mut reader = Box::new(csv_core::ReaderBuilder::new().delimiter(between).build());
            let cells = cells(&mut reader, first)?;
            let header: Vec<String> =
                cells.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
            let is_header = header.iter().any(|column| column == "name");
            is_header.then_some(Self::Csv(Table { header, reader }))
        };
        BETWEEN.into_iter().find_map(header).unwrap_or(Self::Json)
    }

    /// What is wrong with the header, so that no line below it could be read.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let Self::Csv(Table { header, .. }) = self else { return None };
        let named = |name: &str| header.iter().filter(|column| *column == name).count();
        if PLACES.iter().all(|name| named(name) == 0) {
            return Some("The first line has no column `key`, `env`, or `file`.");
        }
        let twice = PLACES.iter().chain(&["name"]).any(|name| named(name) > 1);
        twice.then_some("The first line names a column twice.")
    }

    pub(super) fn read(&mut self, line: &str, number: usize) -> Result<Listed, &'static str> {
        let columns = match self {
            Self::Json if line.trim_start().starts_with('[') => {
                return Err("it is an array, and each key has a line of its own");
            }
            Self::Json if !line.trim_start().starts_with('{') => {
                return Err("it isn't a JSON object, and the first line is no header of CSV");
            }
            Self::Json => serde_json::from_str(line)
                .map_err(|_| "it isn't a JSON object with text under `name` and `key`")?,
            Self::Csv(table) => table.columns(line)?,
        };
        columns.listed(number)
    }
}

/// The cells of a line of CSV.
fn cells(reader: &mut csv_core::Reader, line: &str) -> Option<Vec<String>> {
    reader.reset();
    let (mut text, mut ends) = (vec![0; line.len()], vec![0; line.len() + 1]);
    let (_, read, _, mut cells) = reader.read_record(line.as_bytes(), &mut text, &mut ends);
    if read == line.len() {
        // Nothing more tells it that the last cell is whole.
        let (_, _, _, last) = reader.read_record(&[], &mut [], ends.get_mut(cells..)?);
        cells += last;
    }
    let mut start = 0;
    let cell = |end: &usize| {
        let cell = text.get(std::mem::replace(&mut start, *end)..*end)?;
        String::from_utf8(cell.to_vec()).ok()
    };
    ends.get(..cells)?.iter().map(cell).collect()
}

impl Table {
    fn columns(&mut self, line: &str) -> Result<Columns, &'static str> {
        if line.matches('"').count() % 2 == 1 {
            return Err("a quotation mark on it isn't closed, and each key has one line");
        }
        let cells = cells(&mut self.reader, line).ok_or("it isn't a line of CSV")?;
        if cells.len() != self.header.len() {
            return Err("it has more or fewer columns than the first line");
        }
        let mut columns = Columns::default();
        for (column, cell) in self.header.iter().zip(cells) {
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
}

impl Columns {
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
            (None, Some(env), None) if !keys_in(env.as_bytes()).is_empty() => {
                return Err("it has a key under `env`, where the name of a variable belongs");
            }
            (None, Some(env), None)
                if env.trim().is_empty() || env.contains(['=', '\0', '$', '%']) =>
            {
                return Err("what it has under `env` is no name of a variable");
            }
            (None, Some(env), None) => Origin::Env(env),
            (None, None, Some(file)) if !keys_in(file.as_bytes()).is_empty() => {
                return Err("it has a key under `file`, where the name of a file belongs");
            }
            (None, None, Some(file)) => Origin::File(file.into()),
            (None, None, None) => return Err("it has none of `key`, `env`, and `file`"),
            _ => return Err("it has more than one of `key`, `env`, and `file`"),
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
    /// Where its key is, in words; what could act in a terminal is written out.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.origin {
            Origin::Line(_) => "the list".to_owned(),
            Origin::Env(name) => format!("the variable `{}`", visible(name)),
            Origin::File(path) => format!("the file `{}`", visible(&path.to_string_lossy())),
        }
    }

    /// Reads the key, or says why it can't be.
    ///
    /// # Errors
    /// When its file can't be read, or its name is a part of it.
    pub fn keyring(&self, time: Duration) -> Result<Keyring, BadLine> {
        let of = |source: &str, key: ApiKey| {
            Keyring::of(vec![Given { source: source.to_owned(), key, oauth: false }])
        };
        let bad = |why| BadLine { number: self.number, why, of_header: false };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_as_csv() {
        let mut reader = csv_core::Reader::new();
        for (line, expected) in [
            ("a", vec!["a"]),
            ("a,b,", vec!["a", "b", ""]),
            (",", vec!["", ""]),
            (r#""a,b",c"#, vec!["a,b", "c"]),
            (r#""a ""b""",c"#, vec![r#"a "b""#, "c"]),
            (r#"a,"open"#, vec!["a", "open"]),
            ("ä,\u{1f600}", vec!["ä", "\u{1f600}"]),
            ("a\rb,c", vec!["a"]),
        ] {
            assert_eq!(cells(&mut reader, line).unwrap(), expected, "{line:?}");
        }
    }
}
