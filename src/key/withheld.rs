//! Values that are never sent.

use std::fmt;

use super::Kind;

/// Why a value is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Nothing is in it.
    Empty,
    /// It can't be a key: an example's text, a reference, words.
    Placeholder,
    /// It belongs to another vendor, who alone should learn it.
    OtherVendor,
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "The value is empty, so there is nothing to send.",
            Self::Placeholder => "The value can't be a key, so it was not sent; `check --send-anyway` sends it.",
            Self::OtherVendor => {
                "The value looks like another vendor's key, so it was not sent; `check --send-anyway` sends it."
            }
        })
    }
}

impl Withheld {
    /// `--send-anyway` lets it be sent; there is nothing in an empty value.
    #[must_use]
    pub const fn can_be_lifted(self) -> bool {
        !matches!(self, Self::Empty)
    }

    pub(super) fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Empty => Some(Self::Empty),
            Kind::Placeholder => Some(Self::Placeholder),
            _ => kind.is_other_vendor().then_some(Self::OtherVendor),
        }
    }
}
