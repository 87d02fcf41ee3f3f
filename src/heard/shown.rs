//! What may be shown of a request and of its answer.

use super::{Reply, Sent};
use crate::record::facts::Kind;
use crate::record::heard::{Answered, Presented};

/// What stands in the place of a value.
const MASK: &str = "[redacted]";
/// The most characters of a value that are shown.
const LONGEST: usize = 256;
/// The most headers that are shown.
const MOST: usize = 64;
/// Headers whose values are secrets whatever they look like.
const SECRET: [&str; 4] = ["cookie", "set-cookie", "proxy-authorization", "x-csrf-token"];

/// Each header with its value as it may be shown.
pub(super) fn headers(
    sent: &Sent,
    presented: &[Presented],
    clean: &mut impl FnMut(&str) -> String,
) -> Vec<(String, String)> {
    let credential = |name: &str| presented.iter().find(|one| one.header == *name);
    let shown = sent.headers.iter().take(MOST).map(|(name, value)| {
        let text = String::from_utf8_lossy(value);
        let is_secret = SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret));
        let value = match credential(name) {
            // A stand-in is told, since it is what is wrong.
            Some(one) if one.kind == Kind::Placeholder || text.trim().is_empty() => clean(&text),
            Some(one) if one.scheme.is_empty() => MASK.to_owned(),
            Some(one) => format!("{} {MASK}", one.scheme),
            None if is_secret => MASK.to_owned(),
            None => clean(&text),
        };
        (clean(name), value.chars().take(LONGEST).collect())
    });
    shown.collect()
}

/// Path and query, without the values that are credentials.
pub(super) fn target(target: &str, clean: &mut impl FnMut(&str) -> String) -> String {
    clean(target).chars().take(LONGEST * 2).collect()
}

/// The answer, and what it means.
pub(super) fn answered(reply: &Reply, _clean: &mut impl FnMut(&str) -> String) -> Answered {
    Answered { by: reply.by, status: reply.status, class: None, code: None, message: None }
}
