//! What might have been meant.

use super::{names, normalised};
use crate::error::Usage;
use crate::text::{list, neutralise};

/// Names less alike than this aren't offered.
const ALIKE: f64 = 0.6;
/// So many are offered.
const OFFERED: usize = 3;
/// A value this long could be a secret, so it isn't repeated.
const SECRET: usize = 16;

pub(super) fn unknown(what: &str) -> Usage {
    let message = if what.chars().count() < SECRET {
        format!("There is nothing to explain under `{}`.", neutralise(what))
    } else {
        "There is nothing to explain under this name.".to_owned()
    };
    let nearest = nearest(&normalised(what));
    let hint = if nearest.is_empty() {
        "Name a status (`401`), an error code (`400112`, `internal_error`), a class (`edge_block`), or a cause (`key_encoded`).".to_owned()
    } else {
        let quoted: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
        format!("The nearest known names: {}.", list(&quoted))
    };
    Usage::new(message, hint)
}

fn nearest(name: &str) -> Vec<String> {
    let mut scored: Vec<(f64, String)> = names()
        .into_iter()
        .map(|known| (strsim::normalized_damerau_levenshtein(&normalised(&known), name), known))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(OFFERED).map(|(_, known)| known).collect()
}
