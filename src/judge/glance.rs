//! The account asked once with a key, beside its controls: enough for a key that works, and for no other.

use chrono::{DateTime, Utc};

use super::case::Case;
use super::causes::diagnose;
use crate::heygen::endpoint::SELF;
use crate::record::cause::Cause;
use crate::record::diagnosis::Diagnosis;
use crate::record::facts::Facts;

/// The diagnosis of a key that works without any sign of a limit; every other key has to be examined.
///
/// 1. It is healthy, and nothing speaks against that.
/// 2. It describes itself as active, where it says so at all.
/// 3. It describes itself as one with all scopes, where it says so at all.
#[must_use]
pub fn at_a_glance(facts: &Facts) -> Option<Diagnosis> {
    let case = Case::new(facts);
    let says = |name: &str, usual: &str| {
        case.field(SELF, name).is_none_or(|value| value.as_str() == Some(usual))
    };
    if !says("key_status", "active") || !says("scope_mode", "full") {
        return None;
    }
    let diagnosis = diagnose(facts);
    let is_undoubted = diagnosis.named().is_some_and(|named| named.against.is_empty());
    (diagnosis.cause == Cause::Healthy && is_undoubted).then_some(diagnosis)
}

/// When the key ends, as HeyGen says where it accepts the key.
#[must_use]
pub fn expires_at(facts: &Facts) -> Option<DateTime<Utc>> {
    Case::new(facts).expires_at()
}
