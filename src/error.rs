//! What is wrong with the input, told so that it can be mended.

/// A usage or configuration error: exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Usage {
    /// What happened, in sentence case, without the offending value where it could be a key.
    pub message: String,
    /// One exact thing to do about it.
    pub hint: String,
}

impl Usage {
    /// An error with its hint.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}
