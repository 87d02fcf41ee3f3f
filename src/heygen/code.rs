//! HeyGen's error codes, numeric and string, each with its meaning and source.

mod numeric;
mod sources;
mod string;

use crate::record::class::Class;

/// One error code that HeyGen's API is known to answer with.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as it stands in the body, numbers as text.
    pub code: &'static str,
    /// HeyGen's own name for it, where one is known.
    pub name: Option<&'static str>,
    /// What it means, in one or two sentences.
    pub meaning: &'static str,
    /// What to do about it, in one sentence.
    pub remedy: &'static str,
    /// The HTTP statuses it was seen or documented with; empty where unknown.
    pub statuses: &'static [u16],
    /// The class it decides, where the code alone carries it (`internal_error` decides nothing).
    pub class: Option<Class>,
    /// Where it is known from.
    pub source: &'static str,
}

/// Every code, string codes first.
pub fn all() -> impl Iterator<Item = &'static Code> {
    string::GROUPS.iter().chain(numeric::GROUPS).copied().flatten()
}

/// The code of this name.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    all().find(|known| known.code == code)
}
