use super::{Ledger, Redactor};
use crate::key::ApiKey;

mod dump;
mod forms;
mod glued;
mod har;
mod nested;
mod random;
mod shapes;
mod stream;
mod views;
mod work;

/// Synthetic, one of each shape.
const K1: &str = "sk_V2_hgu_kSynthetic0_0Fake1Key2Of3No4Account5At6All7";
const K3: &str = "MDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmYtMTcwMDAwMDAwMQ==";
const K4: &str = "00112233445566778899aabbccddeeff-1700000001";
const K5: &str = "hg_synthetic-key.of:nobody_0123456789";

fn key(text: &str) -> ApiKey {
    ApiKey::from_bytes(text.as_bytes().to_vec())
}

fn redactor(text: &str) -> Redactor {
    Redactor::new(&[&key(text)], &[], &[])
}

fn redacted(redactor: &Redactor, text: &str) -> String {
    redactor.redact(text, &mut Ledger::default())
}
