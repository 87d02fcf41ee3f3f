//! The credential is not accepted.

use super::Rule;
use super::answer::{class_by_code, status_in};
use crate::record::class::Class;

pub(super) const REFUSED_BY_CODE: Rule = Rule {
    name: "refused-by-code",
    class: Class::Unauthenticated,
    reads: "a known code of refusal under any status below 500 (V1 says 400112 under HTTP 200 as well)",
    recognise: |outcome| {
        outcome.answer().is_some_and(|answer| class_by_code(answer) == Some(Class::Unauthenticated))
    },
};

pub(super) const REFUSED: Rule = Rule {
    name: "refused",
    class: Class::Unauthenticated,
    reads: "status 401, whatever the code: V2 says internal_error with it",
    recognise: |outcome| status_in(outcome, &[401]),
};
