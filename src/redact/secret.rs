//! What must not be seen: the values themselves.

use crate::key::ApiKey;

/// A secret this short would be found in ordinary text.
const SHORTEST: usize = 6;

/// So many characters in a row are too many.
const WINDOW: usize = 12;

/// How much of a public prefix may be part of twelve characters in a row.
const PUBLIC_IN_A_WINDOW: usize = 8;

/// So many layers of base64 are taken off a key.
const LAYERS: usize = 4;

/// The form of a value in base64, as it is sent.
const ENCODED: &str = "base64";

/// One value, without wrapper.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) bytes: Vec<u8>,
    /// Twelve characters in a row count from here on: before it they are mostly prefix.
    pub(super) from: usize,
    pub(super) form: &'static str,
}

impl Secret {
    fn new(bytes: &[u8], prefix: usize, form: &'static str) -> Self {
        Self { bytes: bytes.to_vec(), from: prefix.saturating_sub(PUBLIC_IN_A_WINDOW), form }
    }

    /// Whether it is the base64 of another secret.
    pub(super) fn is_encoded(&self) -> bool {
        self.form == ENCODED
    }
}

/// All secrets of a run, each once.
pub(super) fn all(keys: &[&ApiKey], extra: &[String]) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for key in keys.iter().filter(|key| key.is_secret()) {
        of_key(key, "as_given", &mut secrets);
        if let Some(repaired) = key.repaired() {
            of_key(&repaired, "repaired", &mut secrets);
        }
    }
    for value in extra {
        of_extra(value.as_bytes(), &mut secrets);
        let decoded: Vec<u8> = percent_encoding::percent_decode_str(value).collect();
        of_extra(&decoded, &mut secrets);
    }
    secrets
}

fn of_key(key: &ApiKey, form: &'static str, secrets: &mut Vec<Secret>) {
    let (value, prefix) = unwrapped(key);
    let form = if value.len() < key.bytes().len() { "repaired" } else { form };
    push(Secret::new(value, prefix, form), secrets);
    for run in key.secret_runs().iter().filter(|run| run.len() >= WINDOW) {
        let prefix = if run.starts_with(&value[..prefix]) { prefix } else { 0 };
        push(Secret::new(run, prefix, form), secrets);
    }
    encoded(key, secrets);
    let layers = std::iter::successors(key.base64_decoded(), ApiKey::base64_decoded);
    for decoded in layers.take(LAYERS) {
        let (value, prefix) = unwrapped(&decoded);
        if value.len() >= SHORTEST {
            push(Secret::new(value, prefix, "base64_decoded"), secrets);
            encoded(&decoded, secrets);
        }
    }
}

/// What is sent to learn whether a key should have been encoded.
fn encoded(key: &ApiKey, secrets: &mut Vec<Secret>) {
    let (_, prefix) = unwrapped(key);
    push(Secret::new(key.base64_encoded().bytes(), prefix * 8 / 6, ENCODED), secrets);
}

/// The value without wrapper, and the length of its public prefix.
fn unwrapped(key: &ApiKey) -> (&[u8], usize) {
    (key.whole(), key.whole().len() - key.core().len())
}

/// A proxy's `name:password` is secret as a whole, and the password by itself.
fn of_extra(value: &[u8], secrets: &mut Vec<Secret>) {
    let password = value.iter().position(|byte| *byte == b':').map(|at| &value[at + 1..]);
    for bytes in std::iter::once(value).chain(password) {
        if bytes.len() >= SHORTEST {
            push(Secret::new(bytes, 0, "as_given"), secrets);
        }
    }
}

fn push(secret: Secret, secrets: &mut Vec<Secret>) {
    if !secrets.iter().any(|known| known.bytes == secret.bytes) {
        secrets.push(secret);
    }
}
