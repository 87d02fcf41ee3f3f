//! The key is known; the account, its plan, or the key's scopes say no.

use super::Rule;
use super::answer::{code_says, status_in};
use crate::record::class::Class;

pub(super) const SUSPENDED: Rule = Rule {
    name: "suspended",
    class: Class::Suspended,
    reads: "a code that names a suspension (legacy 400631 USER_BLOCKED)",
    recognise: |outcome| {
        outcome.answer().is_some_and(|answer| {
            let words: &[&[&str]] = &[
                &["suspen"],
                &["banned"],
                &["user", "blocked"],
                &["account", "blocked"],
                &["account", "disabled"],
                &["account", "locked"],
            ];
            code_says(answer, Class::Suspended, words)
        })
    },
};

pub(super) const API_NOT_ENABLED: Rule = Rule {
    name: "api-not-enabled",
    class: Class::ApiNotEnabled,
    reads: "a code that names missing API access (legacy 400599 TIER_NOT_SUPPORT)",
    recognise: |outcome| {
        outcome.answer().is_some_and(|answer| {
            let words: &[&[&str]] = &[
                &["api", "access"],
                &["api", "enabled"],
                &["tier"],
                &["plan", "upgrade"],
                &["plan", "not"],
                &["plan", "required"],
                &["subscription"],
                &["entitle"],
            ];
            code_says(answer, Class::ApiNotEnabled, words)
        })
    },
};

pub(super) const SCOPE: Rule = Rule {
    name: "scope",
    class: Class::InsufficientScope,
    reads: "a code that names a scope (V3 insufficient_api_key_scope; RFC 6750 insufficient_scope)",
    recognise: |outcome| {
        outcome
            .answer()
            .is_some_and(|answer| code_says(answer, Class::InsufficientScope, &[&["scope"]]))
    },
};

pub(super) const PAYMENT: Rule = Rule {
    name: "payment",
    class: Class::PaymentRequired,
    reads: "status 402, or a code that names credit",
    recognise: |outcome| {
        status_in(outcome, &[402])
            || outcome.answer().is_some_and(|answer| {
                code_says(
                    answer,
                    Class::PaymentRequired,
                    &[&["credit"], &["balance"], &["payment"]],
                )
            })
    },
};

pub(super) const FORBIDDEN: Rule = Rule {
    name: "forbidden",
    class: Class::Forbidden,
    reads: "status 403 in the API's envelope, or a code that names a missing permission",
    recognise: |outcome| {
        status_in(outcome, &[403])
            || outcome.answer().is_some_and(|answer| {
                code_says(answer, Class::Forbidden, &[&["forbidden"], &["permission"]])
            })
    },
};
