//! Values that are never sent.

use strum::Display;

use super::Kind;

/// Why a value is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display)]
pub enum Withheld {
    /// Nothing is in it.
    #[strum(to_string = "The value is empty, so there is nothing to send.")]
    Empty,
    /// It is the text of an example.
    #[strum(to_string = "The value is a placeholder, so it was not sent.")]
    Placeholder,
    /// It belongs to another vendor, who alone should learn it.
    #[strum(
        to_string = "The value looks like another vendor's key, so it was not sent; `check --send-anyway` sends it."
    )]
    OtherVendor,
}

impl Withheld {
    pub(super) fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Empty => Some(Self::Empty),
            Kind::Placeholder => Some(Self::Placeholder),
            _ => kind.is_other_vendor().then_some(Self::OtherVendor),
        }
    }
}
