//! Command lines as words, in the quoting of each shell.

mod ansi;
pub(super) mod cmd;
pub(super) mod posix;
pub(super) mod powershell;

use super::Unreadable;

/// One word of a command, its quotes taken off.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: Vec<u8>,
    /// The parts of it that a shell would have replaced by what isn't known, as they were typed.
    pub(super) unknown: Vec<String>,
    /// True where a part of it was quoted.
    pub(super) is_quoted: bool,
    /// The place of a letter in it, outside of quotes, that only looks like one that the shell knows.
    pub(super) torn: Option<usize>,
}

/// The words of one command.
pub(super) type Command = Vec<Word>;

impl Word {
    /// As text; bytes that are none are replaced.
    pub(super) fn lossy(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }
}

/// A place in a text.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    /// The byte so many places ahead.
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// The letter here, where it is none of ASCII.
    pub(super) fn letter(&self) -> Option<char> {
        let rest = &self.bytes[self.at..];
        let length = match rest.first()? {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => return None,
        };
        std::str::from_utf8(rest.get(..length)?).ok()?.chars().next()
    }

    /// The next byte, which is passed.
    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek(0)?;
        self.at += 1;
        Some(byte)
    }

    /// Passes what comes next, if it is this.
    pub(super) fn pass(&mut self, text: &str) -> bool {
        let is_next = self.bytes[self.at..].starts_with(text.as_bytes());
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    /// The longest run of bytes that pass a test, which is passed.
    pub(super) fn run(&mut self, test: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| test(**byte)).count();
        self.at += length;
        &rest[..length]
    }

    /// Everything between a place and here, as it was typed.
    pub(super) fn since(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()
    }

    /// What was expected, at a place.
    pub(super) fn wanted(&self, at: usize, wanted: &str) -> Unreadable {
        Unreadable::at(self.bytes, at, wanted)
    }
}

/// A letter that a word processor puts in the place of a blank, a quote, or of the `-` of an option, which no
/// shell takes for it.
pub(super) fn only_looks_alike(letter: char, is_first: bool) -> bool {
    matches!(letter, '\u{a0}' | '“' | '”' | '‘' | '’') || is_first && matches!(letter, '–' | '—')
}

/// A name of a variable.
pub(super) const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
