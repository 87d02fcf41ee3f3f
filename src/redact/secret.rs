//! The secrets themselves.

use std::collections::HashSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode;

use super::{Other, SecretKind};
use crate::key::ApiKey;

/// A secret this short would be found in ordinary text.
const SHORTEST: usize = 6;

/// The fewest characters of a secret in a row that are taken out.
const WINDOW: usize = 12;

/// How much of a public prefix may be part of twelve characters in a row.
const PUBLIC_IN_A_WINDOW: usize = 8;

/// The most layers of base64 that are taken off a key.
const LAYERS: usize = 4;

/// The form of a value in base64, as it is sent.
const ENCODED: &str = "base64";

/// One value, without wrapper.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) bytes: Vec<u8>,
    /// Twelve characters in a row count from here on: before it they are mostly prefix.
    pub(super) from: usize,
    /// Where the public prefix ends.
    pub(super) core: usize,
    pub(super) form: &'static str,
    pub(super) kind: SecretKind,
}

impl Secret {
    fn new(bytes: &[u8], prefix: usize, form: &'static str) -> Self {
        let from = prefix.saturating_sub(PUBLIC_IN_A_WINDOW);
        Self { bytes: bytes.to_vec(), from, core: prefix, form, kind: SecretKind::Key }
    }

    /// True if it is the base64 of another secret.
    pub(super) fn is_encoded(&self) -> bool {
        self.form == ENCODED
    }
}

/// All secrets of a run, each once.
pub(super) fn all(keys: &[&ApiKey], others: &[Other]) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    for key in keys.iter().filter(|key| key.is_secret()) {
        of_key(key, "as_given", &mut secrets);
        if let Some(repaired) = key.repaired() {
            of_key(&repaired, "repaired", &mut secrets);
        }
    }
    for other in others {
        match other {
            Other::Token(token) => of_other(SecretKind::Token, b"", token.as_bytes(), &mut secrets),
            Other::Login { user, password } => {
                of_login(user.as_bytes(), password.as_bytes(), &mut secrets);
            }
        }
    }
    secrets.all
}

/// Secrets, each once.
#[derive(Default)]
struct Secrets {
    all: Vec<Secret>,
    known: HashSet<Vec<u8>>,
}

impl Secrets {
    fn push(&mut self, secret: Secret) {
        if self.known.insert(secret.bytes.clone()) {
            self.all.push(secret);
        }
    }
}

fn of_key(key: &ApiKey, form: &'static str, secrets: &mut Secrets) {
    let (value, prefix) = unwrapped(key);
    let form = if value.len() < key.bytes().len() { "repaired" } else { form };
    secrets.push(Secret::new(value, prefix, form));
    for run in key.secret_runs().iter().filter(|run| run.len() >= WINDOW) {
        let prefix = if run.starts_with(&value[..prefix]) { prefix } else { 0 };
        secrets.push(Secret::new(run, prefix, form));
    }
    encoded(key, secrets);
    let layers = std::iter::successors(key.base64_decoded(), ApiKey::base64_decoded);
    for decoded in layers.take(LAYERS) {
        let (value, prefix) = unwrapped(&decoded);
        if value.len() >= SHORTEST {
            secrets.push(Secret::new(value, prefix, "base64_decoded"));
            encoded(&decoded, secrets);
        }
    }
}

/// The base64 of a key, which is sent to learn whether it should have been encoded.
fn encoded(key: &ApiKey, secrets: &mut Secrets) {
    let (_, prefix) = unwrapped(key);
    secrets.push(Secret::new(key.base64_encoded().bytes(), prefix * 8 / 6, ENCODED));
}

/// The value without wrapper, and the length of its public prefix.
fn unwrapped(key: &ApiKey) -> (&[u8], usize) {
    (key.whole(), key.whole().len() - key.core().len())
}

/// The password, and the pair with its user's name in the forms in which it is sent. A name alone is
/// no secret, so no window may lie in it.
fn of_login(user: &[u8], password: &[u8], secrets: &mut Secrets) {
    if password.is_empty() {
        return;
    }
    let name = [user, b":"].concat();
    let encoded = BASE64_STANDARD.encode([&name, password].concat());
    let (encoded_name, rest) = encoded.as_bytes().split_at(name.len() * 8 / 6);
    for (public, secret) in [(&b""[..], password), (&name, password), (encoded_name, rest)] {
        of_other(SecretKind::ProxyPassword, public, secret, secrets);
    }
}

fn of_other(kind: SecretKind, public: &[u8], secret: &[u8], secrets: &mut Secrets) {
    let [decoded_public, decoded] =
        [public, secret].map(|text| percent_decode(text).collect::<Vec<u8>>());
    for (public, secret) in [(public, secret), (&decoded_public, &decoded)] {
        let bytes = [public, secret].concat();
        if bytes.len() >= SHORTEST {
            secrets.push(Secret { kind, ..Secret::new(&bytes, public.len(), "as_given") });
        }
    }
}
