//! Whether no source holds a key.

use super::case::Case;
use super::group::Group;
use super::weighed::Weighed;
use super::{Hypothesis, offline};
use crate::record::cause::Cause;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyMissing, weigh };

/// 1. A source holds a value: ruled out.
/// 2. Every source was looked at and none does: confirmed, for one could have.
fn weigh(case: &Case<'_>) -> Weighed {
    let sources = &case.facts.credential.sources;
    if offline::has_key(case) {
        return Weighed::ruled_out(&Group::default(), "A key was found.");
    }
    let looked: Vec<&str> = sources.iter().map(|source| source.source.as_str()).collect();
    Weighed::confirmed()
        .because(&Group::default(), format!("No key in any of: {}.", looked.join(", ")))
}
