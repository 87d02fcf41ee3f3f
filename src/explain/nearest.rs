//! Names that might have been meant.

use super::{names, normalised};
use crate::error::Usage;
use crate::judge::causes::of;
use crate::record::cause::Cause;
use crate::text::{self, list, neutralise};

/// Names less alike than this aren't offered for their spelling.
const ALIKE: f64 = 0.6;
/// From here on it is a slip of the pen.
const SLIP: f64 = 0.8;
/// Names that share less of the meaning than this aren't offered for it.
const SHARED: f64 = 0.5;
/// A word with another ending counts this much of the same word.
const KIN: f64 = 0.9;
/// The most names that are offered.
const OFFERED: usize = 3;
/// A value this long could be a secret, so it isn't repeated.
const SECRET: usize = 16;
/// A longer argument, in bytes, comes near no name, and isn't compared.
const LONGEST: usize = 200;
/// Words that are in so many names that they tell little.
const COMMON: [&str; 5] = ["key", "api", "error", "invalid", "not"];

pub(super) fn unknown(what: &str) -> Usage {
    let message = if what.chars().count() < SECRET {
        format!("There is nothing to explain under `{}`.", neutralise(what))
    } else {
        "There is nothing to explain under this name.".to_owned()
    };
    let nearest = nearest(&normalised(what));
    let hint = if nearest.is_empty() {
        "Name a status (`401`), an error code (`400112`, `internal_error`), a class (`edge_block`), or a cause (`key_encoded`); `heygen-doctor explain --list` has all names.".to_owned()
    } else {
        let quoted: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
        format!("The nearest known names: {}.", list(&quoted))
    };
    Usage::new(message, hint)
}

fn nearest(name: &str) -> Vec<String> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let mut scored: Vec<(f64, String)> = names()
        .into_iter()
        .filter_map(|known| Some((score(name, &normalised(&known))?, known)))
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(OFFERED).map(|(_, known)| known).collect()
}

/// How near a known name is: a slip of the pen first, then what means the same, then what is
/// spelled alike.
fn score(name: &str, known: &str) -> Option<f64> {
    let alike = text::alike(known, name);
    let shared = shared(name, known);
    if alike >= SLIP {
        Some(2.0 + alike)
    } else if shared >= SHARED {
        Some(1.0 + shared + alike / 10.0)
    } else {
        (alike >= ALIKE).then_some(alike)
    }
}

/// How much of a name is in the other, or in the title of that cause; from 0 to 1.
fn shared(name: &str, known: &str) -> f64 {
    let title =
        Cause::ALL.into_iter().find(|cause| cause.as_str() == known).map(|cause| of(cause).title);
    let about = format!("{known}_{}", normalised(title.unwrap_or_default()));
    let (mut met, mut all) = (0.0, 0.0);
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let weight = if COMMON.contains(&word) { 0.25 } else { 1.0 };
        all += weight;
        if about.split('_').any(|other| word == other) {
            met += weight;
        } else if about.split('_').any(|other| kin(word, other)) {
            met += weight * KIN;
        }
    }
    if all > 0.0 { met / all } else { 0.0 }
}

/// Nearly the same word, with another ending: `limit` and `limited`, `expired` and `expires`.
fn kin(word: &str, other: &str) -> bool {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let begins = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (word.len().min(other.len()), word.len().max(other.len()));
    begins >= 4 && begins + 2 >= short && begins + 3 >= long
}
