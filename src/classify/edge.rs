//! Answered by something in front of the API, or by something else altogether.

use super::Rule;
use super::answer::{class_by_code, is_page, is_success, is_wrapped, status_in};
use crate::record::class::Class;

pub(super) const PROXY_AUTH: Rule = Rule {
    name: "proxy-auth",
    class: Class::ProxyAuth,
    reads: "status 407",
    recognise: |outcome| status_in(outcome, &[407]),
};

pub(super) const PORTAL: Rule = Rule {
    name: "portal",
    class: Class::NotHeygen,
    reads: "status 511, which only a captive portal sends (RFC 6585 §6)",
    recognise: |outcome| status_in(outcome, &[511]),
};

pub(super) const REDIRECT: Rule = Rule {
    name: "redirect",
    class: Class::Redirect,
    reads: "a status from 300 to 399",
    recognise: |outcome| outcome.status().is_some_and(|status| (300..400).contains(&status)),
};

pub(super) const LEGAL_BLOCK: Rule = Rule {
    name: "legal-block",
    class: Class::EdgeBlock,
    reads: "status 451",
    recognise: |outcome| status_in(outcome, &[451]),
};

pub(super) const PAGE_BLOCK: Rule = Rule {
    name: "page-block",
    class: Class::EdgeBlock,
    reads: "status 403 or 406 with a web page",
    recognise: |outcome| status_in(outcome, &[403, 406]) && outcome.answer().is_some_and(is_page),
};

pub(super) const UNWRAPPED_BLOCK: Rule = Rule {
    name: "unwrapped-block",
    class: Class::EdgeBlock,
    reads: "status 403 without any envelope of the API",
    recognise: |outcome| {
        status_in(outcome, &[403])
            && outcome
                .answer()
                .is_some_and(|answer| !is_wrapped(answer) && class_by_code(answer).is_none())
    },
};

pub(super) const PAGE: Rule = Rule {
    name: "page",
    class: Class::NotHeygen,
    reads: "a web page where the API answers with JSON (heygen-cli: an HTML body is never the API)",
    recognise: |outcome| {
        outcome
            .answer()
            .is_some_and(|answer| is_page(answer) && (is_success(answer) || answer.status < 500))
    },
};
