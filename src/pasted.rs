//! What people paste, read: curl lines, recordings, traces, raw requests. Pure; nothing is sent.

mod curl;
mod shell;

use std::fmt;

use crate::heard::Sent;
use crate::text::named_enum;

named_enum! {
    /// The form of a paste.
    pub enum Form {
        /// A curl line as for sh, bash or zsh.
        Curl = "curl",
        /// A curl line as for Windows' `cmd`.
        Cmd = "cmd",
    }
}

/// Why a paste can't be read. It quotes nothing of it, since that may be a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What was expected there.
    pub wanted: String,
}

impl Unreadable {
    fn at(text: &[u8], at: usize, wanted: impl Into<String>) -> Self {
        let before = &text[..at.min(text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count();
        Self { line, column, wanted: wanted.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, wanted } = self;
        write!(f, "line {line}, column {column}: {wanted} was expected")
    }
}

impl std::error::Error for Unreadable {}

/// The form of a paste, by its content.
#[must_use]
pub fn recognised(text: &str) -> Form {
    let is_cmd = text.contains("^\"") || text.lines().any(|line| line.trim_end().ends_with(" ^"));
    if is_cmd { Form::Cmd } else { Form::Curl }
}

/// The requests in a paste, one after the other.
///
/// # Errors
/// When it can't be read.
pub fn read(text: &str, form: Form, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    match form {
        Form::Curl => curl::read(text, &shell::posix::commands(text)?, take),
        Form::Cmd => curl::read(text, &shell::cmd::commands(text)?, take),
    }
}
