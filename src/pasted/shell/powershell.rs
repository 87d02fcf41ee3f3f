//! Quoting, tables and variables as in PowerShell, as far as copied requests use them.

mod word;

use std::collections::BTreeMap;

use super::{Cursor, Word};
use crate::pasted::Unreadable;

/// Names of commands that a request is made with.
const COMMANDS: [&str; 7] =
    ["invoke-webrequest", "invoke-restmethod", "iwr", "irm", "curl", "curl.exe", "wget"];

/// An argument: a word, or a table of names and values.
#[derive(Clone)]
pub(in crate::pasted) enum Value {
    Word(Word),
    Table(Vec<(Word, Word)>),
}

/// A command with its arguments.
pub(in crate::pasted) struct Call {
    /// Its name in lower case.
    pub(in crate::pasted) name: String,
    pub(in crate::pasted) arguments: Vec<Value>,
}

/// The commands of a text that make requests.
///
/// # Errors
/// When a quote or a table has no end.
pub(in crate::pasted) fn calls(text: &str) -> Result<Vec<Call>, Unreadable> {
    let mut reader =
        Reader { cursor: Cursor::new(text), variables: BTreeMap::new(), calls: Vec::new() };
    while reader.cursor.peek(0).is_some() {
        reader.statement()?;
    }
    Ok(reader.calls)
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// By their names in lower case.
    variables: BTreeMap<String, Value>,
    calls: Vec<Call>,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

const fn is_name(byte: u8) -> bool {
    super::is_name(byte) || byte == b':'
}

impl Reader<'_> {
    /// Blanks, and line breaks behind a backtick.
    fn blanks(&mut self) {
        loop {
            self.cursor.run(is_blank);
            if !(self.cursor.pass("`\n") || self.cursor.pass("`\r\n")) {
                return;
            }
        }
    }

    /// Blanks, line breaks, and what parts the entries of a table.
    fn gap(&mut self) {
        self.blanks();
        while self.cursor.pass("\n") || self.cursor.pass(";") || self.cursor.pass(",") {
            self.blanks();
        }
    }

    fn statement(&mut self) -> Result<(), Unreadable> {
        self.gap();
        if self.cursor.pass("#") {
            self.cursor.run(|byte| byte != b'\n');
            return Ok(());
        }
        if self.cursor.pass("$") {
            let name = self.name();
            self.blanks();
            return self.changed(&name);
        }
        self.call()
    }

    fn name(&mut self) -> String {
        String::from_utf8_lossy(self.cursor.run(is_name)).to_ascii_lowercase()
    }

    /// A variable that is set, or a table that gets another entry.
    fn changed(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.cursor.pass("[") {
            let key = self.word()?;
            self.cursor.run(|byte| byte == b']' || is_blank(byte));
            if self.cursor.pass("=") {
                self.blanks();
                let value = self.word()?;
                self.enter(name, key, value);
            }
        } else if self.cursor.pass(".Add(") || self.cursor.pass(".add(") {
            self.gap();
            let key = self.word()?;
            self.gap();
            let value = self.word()?;
            self.enter(name, key, value);
        } else if self.cursor.pass(".UserAgent") {
            self.cursor.run(|byte| byte == b'=' || is_blank(byte));
            let value = self.word()?;
            self.enter(name, Word { text: b"User-Agent".to_vec(), ..Word::default() }, value);
        } else if self.cursor.pass("=") {
            self.blanks();
            let start = self.cursor.at;
            let before = self.calls.len();
            self.call()?;
            if self.calls.len() > before {
                return Ok(());
            }
            self.cursor.at = start;
            let value = self.value()?;
            self.variables.insert(name.to_owned(), value);
        }
        self.rest_of_line();
        Ok(())
    }

    fn enter(&mut self, name: &str, key: Word, value: Word) {
        let table =
            self.variables.entry(name.to_owned()).or_insert_with(|| Value::Table(Vec::new()));
        match table {
            Value::Table(entries) => entries.push((key, value)),
            Value::Word(_) => *table = Value::Table(vec![(key, value)]),
        }
    }

    fn rest_of_line(&mut self) {
        self.cursor.run(|byte| byte != b'\n' && byte != b';');
    }

    /// A command up to its end; kept if it makes requests.
    fn call(&mut self) -> Result<(), Unreadable> {
        self.cursor.run(|byte| byte == b'&' || is_blank(byte));
        let name = self.word()?.lossy().to_ascii_lowercase();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if !COMMANDS.contains(&name.as_str()) {
            self.rest_of_line();
            return Ok(());
        }
        let mut arguments = Vec::new();
        loop {
            self.blanks();
            match self.cursor.peek(0) {
                None | Some(b'\n' | b';' | b'|') => break,
                _ => {
                    let before = self.cursor.at;
                    arguments.push(self.value()?);
                    if self.cursor.at == before {
                        self.cursor.at += 1;
                    }
                }
            }
        }
        self.rest_of_line();
        self.calls.push(Call { name, arguments });
        Ok(())
    }

    fn value(&mut self) -> Result<Value, Unreadable> {
        let start = self.cursor.at;
        if self.cursor.pass("@{") {
            return self.table(start).map(Value::Table);
        }
        if self.cursor.peek(0) == Some(b'$') {
            self.cursor.at += 1;
            let name = self.name();
            let is_whole = !self.cursor.peek(0).is_some_and(|byte| b".[(\"".contains(&byte));
            if let Some(value) = self.variables.get(&name).filter(|_| is_whole) {
                return Ok(value.clone());
            }
            self.cursor.at = start;
        }
        self.word().map(Value::Word)
    }

    fn table(&mut self, start: usize) -> Result<Vec<(Word, Word)>, Unreadable> {
        let mut entries = Vec::new();
        loop {
            self.gap();
            if self.cursor.pass("}") {
                return Ok(entries);
            }
            let before = self.cursor.at;
            let key = self.word()?;
            self.cursor.run(|byte| byte == b'=' || is_blank(byte));
            let value = match self.value()? {
                Value::Word(word) => word,
                Value::Table(_) => Word::default(),
            };
            if self.cursor.peek(0).is_none() || self.cursor.at == before {
                return Err(self.cursor.wanted(start, "a closing } for this @{"));
            }
            entries.push((key, value));
        }
    }
}
