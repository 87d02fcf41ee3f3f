//! Quoting, tables and variables as in PowerShell, as far as copied requests use them.

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

    fn word(&mut self) -> Result<Word, Unreadable> {
        let mut word = Word::default();
        let start = self.cursor.at;
        for quote in ["'", "\""] {
            if self.cursor.pass(&format!("@{quote}\n"))
                || self.cursor.pass(&format!("@{quote}\r\n"))
            {
                return self.document(start, quote);
            }
        }
        while let Some(byte) = self.cursor.peek(0) {
            match byte {
                b'\'' => self.single(&mut word)?,
                b'"' => self.double(&mut word)?,
                b'`' => {
                    self.cursor.at += 1;
                    word.text.extend(self.cursor.next());
                }
                b'$' => self.variable(&mut word)?,
                b'(' => self.expression(&mut word)?,
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b',' | b'|' | b'{' | b'}' | b')' | b'='
                | b']' => {
                    // `=` belongs to the words of a curl line, not to those of a table.
                    if byte != b'=' || word.text.is_empty() || !is_option(&word) {
                        break;
                    }
                    word.text.push(byte);
                    self.cursor.at += 1;
                }
                _ => {
                    word.text.push(byte);
                    self.cursor.at += 1;
                }
            }
        }
        Ok(word)
    }

    /// A text over several lines.
    fn document(&mut self, start: usize, quote: &str) -> Result<Word, Unreadable> {
        let mut text = Vec::new();
        loop {
            let line = self.cursor.run(|byte| byte != b'\n').to_vec();
            if self.cursor.next().is_none() {
                return Err(self
                    .cursor
                    .wanted(start, &format!("a closing {quote}@ on a line of its own")));
            }
            text.extend(line.strip_suffix(b"\r").unwrap_or(&line));
            if self.cursor.pass(&format!("{quote}@")) {
                return Ok(Word { text, is_quoted: true, ..Word::default() });
            }
            text.push(b'\n');
        }
    }

    fn single(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        word.is_quoted = true;
        loop {
            word.text.extend(self.cursor.run(|byte| byte != b'\''));
            if self.cursor.pass("''") {
                word.text.push(b'\'');
            } else if self.cursor.pass("'") {
                return Ok(());
            } else {
                return Err(self.cursor.wanted(start, "a closing ' for this one"));
            }
        }
    }

    fn double(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        word.is_quoted = true;
        loop {
            match self.cursor.peek(0) {
                None => return Err(self.cursor.wanted(start, "a closing \" for this one")),
                Some(b'"') if self.cursor.pass("\"\"") => word.text.push(b'"'),
                Some(b'"') => {
                    self.cursor.at += 1;
                    return Ok(());
                }
                Some(b'`') => {
                    self.cursor.at += 1;
                    let byte = self.cursor.next();
                    word.text.extend(byte.map(|byte| match byte {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'0' => 0,
                        byte => byte,
                    }));
                }
                Some(b'$') => self.variable(word)?,
                Some(byte) => {
                    word.text.push(byte);
                    self.cursor.at += 1;
                }
            }
        }
    }

    /// A variable: its value where the text sets it, else as it was typed.
    fn variable(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        if self.cursor.peek(0) == Some(b'(') {
            self.cursor.at = start + 1;
            let mut inner = Word::default();
            self.expression(&mut inner)?;
        } else if self.cursor.pass("{") {
            self.cursor.run(|byte| byte != b'}');
            self.cursor.pass("}");
        } else {
            let name = self.name();
            if name.is_empty() {
                word.text.push(b'$');
                return Ok(());
            }
            if let Some(Value::Word(value)) = self.variables.get(&name) {
                word.text.extend(&value.text);
                word.unknown.extend(value.unknown.iter().cloned());
                return Ok(());
            }
        }
        let typed = self.cursor.since(start);
        word.text.extend(typed.bytes());
        word.unknown.push(typed);
        Ok(())
    }

    /// What stands in brackets is worked out by PowerShell.
    fn expression(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        let mut depth = 0;
        while let Some(byte) = self.cursor.next() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let typed = self.cursor.since(start);
                word.text.extend(typed.bytes());
                word.unknown.push(typed);
                return Ok(());
            }
        }
        Err(self.cursor.wanted(start, "a closing ) for this one"))
    }
}

/// A word of a curl line, in which an equals sign is a letter as any other.
fn is_option(word: &Word) -> bool {
    word.text.starts_with(b"-") || word.text.contains(&b'/') || word.text.contains(&b'?')
}
