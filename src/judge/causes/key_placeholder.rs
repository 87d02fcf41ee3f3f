//! Whether the value is a placeholder from an example.

use super::case::Case;
use super::group::Group;
use super::weighed::Weighed;
use super::{Hypothesis, offline};
use crate::record::cause::Cause;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyPlaceholder, weigh };

/// 1. The value is a known placeholder: likely, for that is a pattern, and it is never sent.
/// 2. There is no key: untested.
/// 3. Otherwise ruled out.
fn weigh(case: &Case<'_>) -> Weighed {
    match offline::message(case, &["key_placeholder"]) {
        Some(message) => Weighed::likely().because(&Group::default(), message),
        None if !offline::has_key(case) => Weighed::untested(offline::NO_KEY),
        None => Weighed::ruled_out(&Group::default(), "The value is no known placeholder."),
    }
}
