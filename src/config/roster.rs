//! The keys of a fleet: a name for each, and where its key is. They are read one line at a time.

mod line;

pub use line::{BadLine, Listed, Origin};

use std::collections::HashSet;
use std::io::{Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Usage, why};
use crate::files::{self, BoundedLines};
use crate::fleet::{Shard, hash};
use crate::text::neutralise;
use line::{Form, MOST_OF_LINE};

/// The most bytes of a list that can be read once only.
const MOST_OF_STREAM: usize = 64 << 20;

/// So many lines that can't be read, and nothing before them: it is no list.
const TRIED: usize = 20;
/// What a list looks like.
const FORMS: &str = "Write one JSON object a line, like `{\"name\":\"acme\",\"env\":\"ACME_KEY\"}`, or CSV with a header: `name,key`, `name,env`, or `name,file`.";

/// A list of keys that can be read more than once.
#[derive(Debug)]
pub struct Roster {
    place: Place,
    /// The list is split, and this part of it is read.
    shard: Shard,
    /// Every name in that part, as a number.
    pub names: HashSet<u64>,
}

/// Where the list is.
enum Place {
    File(PathBuf),
    /// Standard input or a pipe, whose bytes hold keys.
    Memory(Vec<u8>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place(…)")
    }
}

impl Roster {
    /// Reads the names of a list; `-` is standard input. Each line that can't be read is told to
    /// `tell`.
    ///
    /// # Errors
    /// When it can't be read, is no such list, or names two keys alike.
    pub fn open(
        path: &Path,
        shard: Shard,
        time: Duration,
        tell: &mut dyn FnMut(&BadLine),
    ) -> Result<Self, Usage> {
        let place =
            Place::of(path, time).map_err(|error| unreadable(path, error.kind(), &error))?;
        Self::read(place, shard, tell)
    }

    /// The same of a list that isn't in a file.
    ///
    /// # Errors
    /// As there.
    pub fn of(list: String, shard: Shard, tell: &mut dyn FnMut(&BadLine)) -> Result<Self, Usage> {
        Self::read(Place::Memory(list.into_bytes()), shard, tell)
    }

    fn read(place: Place, shard: Shard, tell: &mut dyn FnMut(&BadLine)) -> Result<Self, Usage> {
        let mut roster = Self { place, shard, names: HashSet::new() };
        let mut names = HashSet::new();
        let (mut lines, mut bad) = (0_usize, 0_usize);
        for line in roster.all()? {
            lines += 1;
            match line {
                Ok(listed) if !names.insert(hash(&listed.name)) => {
                    return Err(Usage::new(
                        format!(
                            "Line {} has the name `{}`, which an earlier line has; no key was asked.",
                            listed.number,
                            neutralise(&listed.name)
                        ),
                        "Give each key a name of its own: results are told by name.",
                    ));
                }
                Ok(listed) if shard.holds(&listed.name) => {
                    roster.names.insert(hash(&listed.name));
                }
                Ok(_) => {}
                Err(line) if line.of_header => return Err(Usage::new(line.why, FORMS)),
                Err(line) => {
                    bad += 1;
                    tell(&line);
                }
            }
            if bad == lines && bad == TRIED {
                return Err(Usage::new(
                    format!("None of the first {TRIED} lines of the list names a key."),
                    FORMS,
                ));
            }
        }
        if lines == bad {
            return Err(Usage::new("No line of the list names a key.", FORMS));
        }
        Ok(roster)
    }

    /// The keys of this part, in the order of the list, without the lines that can't be read.
    ///
    /// # Errors
    /// When the list is gone.
    pub fn keys(&self) -> Result<impl Iterator<Item = Listed> + use<>, Usage> {
        let shard = self.shard;
        Ok(self.all()?.flatten().filter(move |listed| shard.holds(&listed.name)))
    }

    fn all(&self) -> Result<impl Iterator<Item = Result<Listed, BadLine>> + use<>, Usage> {
        let source: Box<dyn Read> = match &self.place {
            Place::File(path) => {
                Box::new(files::open(path).map_err(|error| unreadable(path, error.kind(), &error))?)
            }
            // A copy each time: the list of a pipe is small, or it would be a file.
            Place::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        };
        Ok(Lines { source: BoundedLines::new(source, MOST_OF_LINE), number: 0, form: None })
    }
}

impl Place {
    fn of(path: &Path, time: Duration) -> std::io::Result<Self> {
        if path == Path::new("-") {
            return files::read_stdin(MOST_OF_STREAM, time).map(Self::Memory);
        }
        if files::is_regular(path)? {
            return Ok(Self::File(path.to_owned()));
        }
        files::read(path, MOST_OF_STREAM, time).map(Self::Memory)
    }
}

/// The lines of a list, each as a key or as the reason why it isn't one.
struct Lines {
    source: BoundedLines<Box<dyn Read>>,
    number: usize,
    form: Option<Form>,
}

impl Iterator for Lines {
    type Item = Result<Listed, BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.source.next()?;
            self.number += 1;
            match self.read(line) {
                Ok(None) => {}
                Ok(Some(listed)) => return Some(Ok(listed)),
                Err(why) => {
                    let of_header = self.fault().is_some();
                    return Some(Err(BadLine { number: self.number, why, of_header }));
                }
            }
        }
    }
}

impl Lines {
    /// Nothing for a blank line and for the header.
    fn read(&mut self, line: Option<Vec<u8>>) -> Result<Option<Listed>, &'static str> {
        let line = line.ok_or("it is longer than 16 KiB")?;
        let text = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| self.number == 1);
        let text = std::str::from_utf8(text.unwrap_or(&line)).map_err(|_| "it isn't UTF-8")?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let is_first = self.form.is_none();
        let form = self.form.get_or_insert_with(|| Form::of(text));
        match (is_first, &form) {
            (true, Form::Csv(..)) => form.fault().map_or(Ok(None), Err),
            _ => form.read(text.trim_end_matches(['\r', '\n']), self.number).map(Some),
        }
    }

    fn fault(&self) -> Option<&'static str> {
        self.form.as_ref().and_then(Form::fault)
    }
}

fn unreadable(path: &Path, kind: ErrorKind, error: &std::io::Error) -> Usage {
    let why = match kind {
        ErrorKind::FileTooLarge => {
            "it is larger than 64 MiB, which is too much for a stream".to_owned()
        }
        _ => why(error),
    };
    let what = if path == Path::new("-") {
        "Standard input".to_owned()
    } else {
        format!("The list `{}`", path.display())
    };
    Usage::new(format!("{what} can't be read: {why}."), "Name a file with one key a line.")
}
