//! Words of PowerShell: quotes, backticks, variables, and what stands in brackets.

use super::{Reader, Value};
use crate::pasted::Unreadable;
use crate::pasted::shell::Word;

impl Reader<'_> {
    pub(super) fn word(&mut self) -> Result<Word, Unreadable> {
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
