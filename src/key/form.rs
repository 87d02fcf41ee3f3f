//! How a value stands to a key that is known.

use super::peel::{Oddity, peel};
use super::{ApiKey, base64};
use crate::record::heard::Form;

/// The fewest characters of a core that show whose part it is.
const LEAST: usize = 8;

impl ApiKey {
    /// True for the same value, byte for byte.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }

    /// How this value stands to a known key; `None` where it is another one.
    #[must_use]
    pub fn form_of(&self, known: &Self) -> Option<Form> {
        if self.whole().is_empty() || known.whole().is_empty() {
            return None;
        }
        if self.bytes() == known.bytes() {
            return Some(Form::AsKnown);
        }
        if self.whole() == known.whole() {
            return Some(self.wrapped());
        }
        let inner = |key: &Self| base64::decode_text(key.whole()).map(|inner| peel(&inner).whole());
        if inner(self).as_deref() == Some(known.whole())
            || self.whole() == base64::encode(known.bytes())
        {
            return Some(Form::Encoded);
        }
        if inner(known).as_deref() == Some(self.whole()) {
            return Some(Form::Decoded);
        }
        let is_part = known.whole().starts_with(self.whole()) && self.core().len() >= LEAST
            || known.core().ends_with(self.whole()) && self.len() >= LEAST;
        is_part.then_some(Form::Truncated)
    }

    /// What stands around a key, or is missing at its ends, decides the name.
    fn wrapped(&self) -> Form {
        let met = peel(self.bytes()).met;
        let forms = [
            (Oddity::Unpadded, Form::Truncated),
            (Oddity::Beginning, Form::Truncated),
            (Oddity::Quotes, Form::Quoted),
            (Oddity::Escaped, Form::Encoded),
        ];
        let form = forms.into_iter().find(|(oddity, _)| met.contains(oddity));
        form.map_or(Form::Trimmed, |(_, form)| form)
    }

    /// A key that HeyGen hands out, by its look.
    #[must_use]
    pub const fn is_heygens(&self) -> bool {
        use super::Kind;
        matches!(
            self.kind,
            Kind::UserKey
                | Kind::PartnerKey
                | Kind::LegacyKey
                | Kind::DecodedLegacyKey
                | Kind::HgKey
        )
    }
}
