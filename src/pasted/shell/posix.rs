//! Quoting as in sh, bash, and zsh. Variables that the text itself sets are known, all others are not.

use std::collections::BTreeMap;

use super::ansi::escape;
use super::{Command, Cursor, Word, is_name, only_looks_alike};
use crate::pasted::Unreadable;

/// The commands of a text.
///
/// # Errors
/// When a quote, or a substitution, has no end.
pub(in crate::pasted) fn commands(text: &str) -> Result<Vec<Command>, Unreadable> {
    let mut reader = Reader {
        cursor: Cursor::new(text),
        variables: BTreeMap::new(),
        heredocs: Vec::new(),
        commands: Vec::new(),
        words: Vec::new(),
    };
    reader.read()?;
    Ok(reader.commands)
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    variables: BTreeMap<String, Vec<u8>>,
    /// The ends of the documents that begin on the next line.
    heredocs: Vec<Vec<u8>>,
    commands: Vec<Command>,
    words: Command,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Unreadable> {
        while let Some(byte) = self.cursor.peek(0) {
            match byte {
                b' ' | b'\t' | b'\r' => self.cursor.at += 1,
                b'\\' if self.cursor.pass("\\\n") || self.cursor.pass("\\\r\n") => {}
                b'#' => {
                    self.cursor.run(|byte| byte != b'\n');
                }
                b'\n' => {
                    self.cursor.at += 1;
                    self.end();
                    self.skip_documents();
                }
                b';' | b'&' | b'|' | b'(' | b')' => {
                    self.cursor.at += 1;
                    self.end();
                }
                b'<' | b'>' => self.redirection()?,
                _ => {
                    let word = self.word()?;
                    let is_descriptor = !word.is_quoted
                        && word.text.iter().all(u8::is_ascii_digit)
                        && matches!(self.cursor.peek(0), Some(b'<' | b'>'));
                    if !is_descriptor {
                        self.words.push(word);
                    }
                }
            }
        }
        self.end();
        Ok(())
    }

    /// The end of a command; one that only sets variables sets them for those behind it.
    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let set = words.iter().skip(usize::from(words.first().is_some_and(|first| {
            matches!(first.text.as_slice(), b"export" | b"set" | b"declare" | b"local")
        })));
        let pairs: Option<Vec<_>> = set.map(assignment).collect();
        match pairs {
            Some(pairs) => self.variables.extend(pairs),
            None => self.commands.push(words),
        }
    }

    fn redirection(&mut self) -> Result<(), Unreadable> {
        let operator = self.cursor.run(|byte| matches!(byte, b'<' | b'>' | b'&' | b'-')).to_vec();
        self.cursor.run(|byte| byte == b' ' || byte == b'\t');
        if self.cursor.peek(0).is_some_and(|byte| !matches!(byte, b'\n' | b';' | b'|')) {
            let target = self.word()?;
            if operator.starts_with(b"<<") && operator != b"<<<" {
                self.heredocs.push(target.text);
            }
        }
        Ok(())
    }

    fn skip_documents(&mut self) {
        for end in std::mem::take(&mut self.heredocs) {
            while self.cursor.peek(0).is_some() {
                let line = self.cursor.run(|byte| byte != b'\n');
                self.cursor.at += 1;
                if line.trim_ascii() == end {
                    break;
                }
            }
            self.cursor.at = self.cursor.at.min(self.cursor.bytes.len());
        }
    }

    fn word(&mut self) -> Result<Word, Unreadable> {
        let mut word = Word::default();
        while let Some(byte) = self.cursor.peek(0) {
            let start = self.cursor.at;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => {
                    break;
                }
                b'\\' => {
                    self.cursor.at += 1;
                    match self.cursor.next() {
                        Some(b'\n') => {}
                        Some(b'\r') if self.cursor.pass("\n") => {}
                        Some(byte) => word.text.push(byte),
                        None => word.text.push(b'\\'),
                    }
                }
                b'\'' => {
                    self.cursor.at += 1;
                    word.text.extend(self.cursor.run(|byte| byte != b'\''));
                    self.close(start, "'")?;
                    word.is_quoted = true;
                }
                b'"' => self.double(&mut word)?,
                b'$' if self.cursor.peek(1) == Some(b'\'') => self.ansi(&mut word)?,
                b'$' if self.cursor.peek(1) == Some(b'"') => {
                    self.cursor.at += 1;
                    self.double(&mut word)?;
                }
                b'$' | b'`' => self.expansion(&mut word)?,
                _ => {
                    let is_first = word.text.is_empty() && !word.is_quoted;
                    if self.cursor.letter().is_some_and(|it| only_looks_alike(it, is_first)) {
                        word.torn.get_or_insert(start);
                    }
                    word.text.push(byte);
                    self.cursor.at += 1;
                }
            }
        }
        Ok(word)
    }

    fn close(&mut self, start: usize, quote: &str) -> Result<(), Unreadable> {
        if self.cursor.pass(quote) {
            return Ok(());
        }
        Err(self.cursor.wanted(start, &format!("a closing {quote} for this one")))
    }

    fn double(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        word.is_quoted = true;
        loop {
            match self.cursor.peek(0) {
                None | Some(b'"') => break,
                Some(b'\\') => {
                    self.cursor.at += 1;
                    match self.cursor.next() {
                        Some(b'\n') => {}
                        Some(byte @ (b'"' | b'\\' | b'$' | b'`')) => word.text.push(byte),
                        Some(byte) => word.text.extend([b'\\', byte]),
                        None => break,
                    }
                }
                Some(b'$' | b'`') => self.expansion(word)?,
                Some(byte) => {
                    word.text.push(byte);
                    self.cursor.at += 1;
                }
            }
        }
        self.close(start, "\"")
    }

    /// A variable or the output of a command: its value where the text sets it, else as it was typed.
    fn expansion(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        let name = if self.cursor.pass("`") {
            self.cursor.run(|byte| byte != b'`');
            self.close(start, "`")?;
            None
        } else if self.cursor.pass("$(") {
            self.balanced(start)?;
            None
        } else if self.cursor.pass("${") {
            let name = self.cursor.run(is_name).to_vec();
            self.cursor.run(|byte| byte != b'}');
            self.close(start, "}")?;
            Some(name)
        } else {
            self.cursor.at += 1;
            let name = self.cursor.run(is_name).to_vec();
            if name.is_empty() {
                word.text.push(b'$');
                return Ok(());
            }
            Some(name)
        };
        let name = name.map(|name| String::from_utf8_lossy(&name).into_owned());
        if let Some(value) = name.and_then(|name| self.variables.get(&name)) {
            word.text.extend(value);
        } else {
            let typed = self.cursor.since(start);
            word.text.extend(typed.bytes());
            word.unknown.push(typed);
        }
        Ok(())
    }

    /// Up to the bracket that closes the one before here.
    fn balanced(&mut self, start: usize) -> Result<(), Unreadable> {
        let mut depth = 1;
        while depth > 0 {
            match self.cursor.next() {
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
                None => return Err(self.cursor.wanted(start, "a closing ) for this $(")),
            }
        }
        Ok(())
    }

    /// `$'…'` with the escapes of C.
    fn ansi(&mut self, word: &mut Word) -> Result<(), Unreadable> {
        let start = self.cursor.at;
        self.cursor.at += 2;
        word.is_quoted = true;
        while let Some(byte) = self.cursor.peek(0).filter(|byte| *byte != b'\'') {
            self.cursor.at += 1;
            if byte == b'\\' {
                escape(&mut self.cursor, &mut word.text);
            } else {
                word.text.push(byte);
            }
        }
        self.close(start, "'")
    }
}

/// A word that sets a variable.
fn assignment(word: &Word) -> Option<(String, Vec<u8>)> {
    let at = word.text.iter().position(|byte| *byte == b'=')?;
    let name = &word.text[..at];
    let is_one =
        !name.is_empty() && name.iter().all(|byte| is_name(*byte)) && !name[0].is_ascii_digit();
    // A value that holds what isn't known isn't known either.
    (is_one && word.unknown.is_empty())
        .then(|| (String::from_utf8_lossy(name).into_owned(), word.text[at + 1..].to_vec()))
}
