//! Rates and quotas.

use super::Rule;
use super::answer::{code_says, status_in};
use crate::record::class::Class;

const QUOTA_WORDS: &[&[&str]] =
    &[&["quota"], &["trial", "limit"], &["daily", "limit"], &["monthly", "limit"]];

pub(super) const QUOTA: Rule = Rule {
    name: "quota",
    class: Class::QuotaExceeded,
    reads: "a code that names a quota or a trial limit, with 4xx or under HTTP 200",
    recognise: |outcome| {
        outcome.answer().is_some_and(|answer| code_says(answer, Class::QuotaExceeded, QUOTA_WORDS))
    },
};

pub(super) const RATE: Rule = Rule {
    name: "rate",
    class: Class::RateLimited,
    reads: "status 429, or a code that names a rate limit",
    recognise: |outcome| {
        status_in(outcome, &[429])
            || outcome.answer().is_some_and(|answer| {
                code_says(
                    answer,
                    Class::RateLimited,
                    &[&["rate", "limit"], &["too", "many"], &["throttl"]],
                )
            })
    },
};
