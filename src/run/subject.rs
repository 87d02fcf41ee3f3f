//! One key in a lab, with everything that must not be mixed up with another key's.

use crate::config::Keys;
use crate::key::ApiKey;
use crate::record::probe::{Credential, Encoding};
use crate::redact::Redactor;

/// A key to be examined.
#[derive(Debug)]
pub struct Subject {
    /// The key, and other keys beside it.
    pub keys: Keys,
    /// Takes their secrets, and the site's, out of every text that is kept.
    pub redactor: Redactor,
    /// A random key of the same shape.
    pub(super) made_up: ApiKey,
    /// Other keys of the lab have the same one.
    pub(super) shares_made_up: bool,
}

impl Subject {
    /// The value that is sent for a credential in a form; none for the control without a key.
    pub(super) fn value(&self, credential: Credential, encoding: Encoding) -> Option<ApiKey> {
        let key = match credential {
            Credential::Real => self.keys.real(),
            Credential::None => None,
            Credential::MadeUp => Some(&self.made_up),
            Credential::KnownGood => self.keys.known_good.as_ref(),
            Credential::Other(place) => {
                let mut others = self.keys.keyring.others().into_iter();
                others.find(|(at, ..)| *at == place).map(|(_, _, key)| key)
            }
        }?;
        match encoding {
            Encoding::AsGiven => Some(key.clone()),
            Encoding::Repaired => Some(key.repaired().unwrap_or_else(|| key.clone())),
            Encoding::Base64Encoded => Some(key.base64_encoded()),
            Encoding::Base64Decoded => Some(key.base64_decoded().unwrap_or_else(|| key.clone())),
        }
    }
}
