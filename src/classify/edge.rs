//! Answered by something in front of the API, or by something else altogether.

use super::Rule;
use super::answer::{class_by_code, is_page, is_success, is_wrapped, status_in};
use crate::record::class::Class;

pub(super) const PROXY_AUTH: Rule = Rule {
    name: "proxy-auth",
    class: Class::ProxyAuth,
    reads: "status 407",
    recognise: |seen| status_in(seen, &[407]),
};

pub(super) const PORTAL: Rule = Rule {
    name: "portal",
    class: Class::NotHeygen,
    reads: "status 511, which only a captive portal sends (RFC 6585 §6)",
    recognise: |seen| status_in(seen, &[511]),
};

pub(super) const REDIRECT: Rule = Rule {
    name: "redirect",
    class: Class::Redirect,
    reads: "a status from 300 to 399",
    recognise: |seen| seen.status().is_some_and(|status| (300..400).contains(&status)),
};

pub(super) const LEGAL_BLOCK: Rule = Rule {
    name: "legal-block",
    class: Class::EdgeBlock,
    reads: "status 451",
    recognise: |seen| status_in(seen, &[451]),
};

pub(super) const PAGE_BLOCK: Rule = Rule {
    name: "page-block",
    class: Class::EdgeBlock,
    reads: "status 403 or 406 with a web page",
    recognise: |seen| status_in(seen, &[403, 406]) && seen.answer().is_some_and(is_page),
};

pub(super) const UNWRAPPED_BLOCK: Rule = Rule {
    name: "unwrapped-block",
    class: Class::EdgeBlock,
    reads: "status 403 without any envelope of the API",
    recognise: |seen| {
        status_in(seen, &[403])
            && seen
                .answer()
                .is_some_and(|answer| !is_wrapped(answer) && class_by_code(answer).is_none())
    },
};

pub(super) const PAGE: Rule = Rule {
    name: "page",
    class: Class::NotHeygen,
    reads: "a web page where the API answers with JSON (heygen-cli: an HTML body is never the API)",
    recognise: |seen| {
        seen.answer()
            .is_some_and(|answer| is_page(answer) && (is_success(answer) || answer.status < 500))
    },
};
