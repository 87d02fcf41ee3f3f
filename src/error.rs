//! Errors in the input, told so that they can be mended.

use std::{fmt, io};

/// A usage or configuration error: exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The event, in sentence case, without the offending value where it could be a key.
    pub message: String,
    /// One exact thing to do about it.
    pub hint: String,
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Usage {}

impl Usage {
    /// An error with its hint.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// Why something of this machine can't be used, without the words of the operating system where
/// there are plain ones.
#[must_use]
pub fn why(error: &io::Error) -> String {
    let plain = match error.kind() {
        io::ErrorKind::NotFound => "it doesn't exist",
        io::ErrorKind::PermissionDenied => "this user may not do that",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of its path is no folder",
        io::ErrorKind::InvalidData => "it isn't text",
        io::ErrorKind::FileTooLarge => "it is too large",
        io::ErrorKind::TimedOut => "it gave nothing in time",
        io::ErrorKind::StorageFull => "there is no room left",
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        io::ErrorKind::AddrInUse => "another program uses it",
        io::ErrorKind::AddrNotAvailable => "this machine has no such address",
        kind => return kind.to_string(),
    };
    plain.to_owned()
}
