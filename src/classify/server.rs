//! The server, or a gateway before it, failed.

use super::Rule;
use super::answer::{is_page, is_wrapped};
use crate::record::class::Class;

pub(super) const EDGE_ERROR: Rule = Rule {
    name: "edge-error",
    class: Class::EdgeError,
    reads: "a status from 500 to 599 with a web page, or 502 to 504 and 52x without the API's envelope",
    recognise: |outcome| {
        outcome.answer().is_some_and(|answer| {
            let gateway = matches!(answer.status, 502..=504 | 520..=530);
            (500..600).contains(&answer.status)
                && (is_page(answer) || (gateway && !is_wrapped(answer)))
        })
    },
};

pub(super) const SERVER_ERROR: Rule = Rule {
    name: "server-error",
    class: Class::ServerError,
    reads: "any other status from 500 to 599, whatever the code says",
    recognise: |outcome| outcome.status().is_some_and(|status| (500..600).contains(&status)),
};

pub(super) const UNREADABLE: Rule = Rule {
    name: "unreadable",
    class: Class::Malformed,
    reads: "an answer that no other rule recognises",
    recognise: |_| true,
};
