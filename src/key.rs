//! A credential: it can be sent and fingerprinted, and never printed.

mod base64;
mod echo;
mod findings;
mod form;
mod kind;
mod look;
mod made_up;
mod peel;
mod placeholder;
mod plain;
mod reference;
mod shape;
mod shapes;
pub mod source;
mod standin;
mod vendor;
mod withheld;
mod within;

pub use crate::record::facts::Kind;
pub use withheld::Withheld;

use std::fmt;

use chrono::{DateTime, Utc};
use http::HeaderValue;
use ring::digest;
use secrecy::{ExposeSecret, SecretSlice};

use crate::record::facts::Finding;
use peel::{Origin, peel};

pub(crate) use vendor::{
    is_shuffled, prefixes as vendor_prefixes, token as vendor_token, whole_length,
};
pub(crate) use within::keys_in;

/// The fewest characters of a core that is a secret.
const SHORTEST_SECRET: usize = 16;

/// The value of a credential, byte for byte as its source gave it.
#[derive(Clone)]
pub struct ApiKey {
    given: SecretSlice<u8>,
    whole: SecretSlice<u8>,
    prefix: usize,
    kind: Kind,
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// The value has a character that no HTTP header can carry (CR, LF, NUL).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsendable;

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The value has a character that no HTTP header can carry")
    }
}

impl std::error::Error for Unsendable {}

impl ApiKey {
    /// Takes a value as it is.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let whole = peel(&bytes).whole();
        let kind = Kind::of(&whole, &bytes);
        let prefix = kind.public_prefix(&whole).min(whole.len());
        Self { given: bytes.into(), whole: whole.into(), prefix, kind }
    }

    /// There is a space inside of it, not only at an end, where the way to the server cuts it off.
    pub(crate) fn has_inner_blank(&self) -> bool {
        self.bytes().trim_ascii().iter().any(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// A no-break space is in it, which nothing on the way cuts off.
    pub(crate) fn has_no_break_space(&self) -> bool {
        memchr::memmem::find(self.bytes(), "\u{a0}".as_bytes()).is_some()
    }

    /// The value as it was found.
    #[expect(clippy::disallowed_methods, reason = "one of the two places that open a key")]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.given.expose_secret()
    }

    /// The value without its wrapper, with its public prefix.
    #[expect(clippy::disallowed_methods, reason = "one of the two places that open a key")]
    pub(crate) fn whole(&self) -> &[u8] {
        self.whole.expose_secret()
    }

    /// The secret part: without wrapper (`Bearer `, `NAME=`, quotes, blanks) and public prefix.
    pub(crate) fn core(&self) -> &[u8] {
        &self.whole()[self.prefix..]
    }

    /// The part of the given value that is no wrapper: the key, and whatever else stands beside it.
    pub(crate) fn secret_runs(&self) -> Vec<Vec<u8>> {
        let peeled = peel(self.bytes());
        let public = |at: &usize| peeled.origin.get(*at) == Some(&Origin::Public);
        let places: Vec<usize> = (0..self.len()).collect();
        places
            .chunk_by(|left, right| public(left) == public(right))
            .filter(|run| !run.first().is_some_and(public))
            .map(|run| run.iter().map(|at| self.bytes()[*at]).collect())
            .collect()
    }

    /// True if the core is a secret; placeholders and short values are none.
    pub(crate) fn is_secret(&self) -> bool {
        self.kind != Kind::Placeholder && self.core().len() >= SHORTEST_SECRET
    }

    /// `sha256:` and the first 12 hex digits of the core's hash: the same whatever surrounds the key.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = digest::digest(&digest::SHA256, self.core());
        hash.as_ref()
            .iter()
            .take(6)
            .fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// Length in bytes, as given.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// True if nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// The kind of credential that it looks like, its wrapper apart.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The look in words, for example `32 hex digits, "-", 10 digits`; no secret character is in it.
    #[must_use]
    pub fn shape(&self) -> String {
        // Which signs its base64 happens to have is no part of its look.
        if self.kind == Kind::LegacyKey {
            return "58 base64 characters, \"==\"".to_owned();
        }
        shape::describe(self.whole(), self.prefix)
    }

    /// When the key was made, to the hour, where it carries that and it can be true.
    #[must_use]
    pub fn created_at(&self) -> Option<DateTime<Utc>> {
        match self.kind {
            Kind::DecodedLegacyKey => made_up::time_in(self.whole()),
            Kind::LegacyKey => {
                base64::decode(self.whole()).and_then(|(inner, _)| made_up::time_in(&inner))
            }
            _ => None,
        }
    }

    /// The findings about it, told without sending it.
    #[must_use]
    pub fn findings(&self, now: DateTime<Utc>) -> Vec<Finding> {
        findings::of(self, now)
    }

    /// Why it may not be sent, if so.
    #[must_use]
    pub fn withheld(&self) -> Option<Withheld> {
        Withheld::of(self.kind)
    }

    /// A random key of the same shape and wrapper, different in every character of the core.
    #[must_use]
    pub fn made_up(&self) -> Self {
        if matches!(self.kind, Kind::Empty | Kind::Placeholder) {
            return Self::made_up_default();
        }
        let peeled = peel(self.bytes());
        let attempt = || Self::from_bytes(made_up::like(self.bytes(), &peeled, self.kind));
        let alike = |other: &Self| {
            other.kind == self.kind
                && other.whole() != self.whole()
                && other.shape() == self.shape()
        };
        // By chance a character may make it look like another kind.
        (0..8).map(|_| attempt()).find(alike).unwrap_or_else(Self::made_up_default)
    }

    /// A random key as users make them today, for when there is none to be like.
    #[must_use]
    pub fn made_up_default() -> Self {
        Self::from_bytes(made_up::user_key())
    }

    /// The value without what was pasted along with it, when that differs and something is left.
    #[must_use]
    pub fn repaired(&self) -> Option<Self> {
        let differs = !self.whole().is_empty() && self.whole() != self.bytes();
        differs.then(|| Self::from_bytes(self.whole().to_vec()))
    }

    /// The repaired value in base64.
    #[must_use]
    pub fn base64_encoded(&self) -> Self {
        Self::from_bytes(base64::encode(self.whole()))
    }

    /// The value that the repaired one is the base64 of, if it decodes to printable text.
    #[must_use]
    pub fn base64_decoded(&self) -> Option<Self> {
        let inner = peel(&base64::decode_text(self.whole())?).whole();
        let sendable = !inner.is_empty() && inner.iter().all(u8::is_ascii_graphic);
        sendable.then(|| Self::from_bytes(inner))
    }

    /// The value of a header, after a scheme if there is one; marked sensitive.
    ///
    /// # Errors
    /// When no HTTP client could send it.
    pub fn header_value(&self, scheme: &str) -> Result<HeaderValue, Unsendable> {
        let mut bytes = scheme.as_bytes().to_vec();
        if !scheme.is_empty() {
            bytes.push(b' ');
        }
        bytes.extend_from_slice(self.bytes());
        let mut value = HeaderValue::from_bytes(&bytes).map_err(|_| Unsendable)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// True if only HTTP/1.1 can carry it as it is: HTTP/2 forbids blanks at either end.
    #[must_use]
    pub fn needs_http1(&self) -> bool {
        !self.bytes().iter().all(u8::is_ascii_graphic)
    }

    /// Replaces what a server echoes of this key by `[key]`: the whole, its beginning, its end, a
    /// long run from within, in any case or in base64.
    #[must_use]
    pub fn mask_echo(&self, text: &str) -> String {
        echo::mask(self, text)
    }
}

#[cfg(test)]
mod tests;
