//! The path, the method, or the request itself.

use super::Rule;
use super::answer::{class_by_code, has_word, status_in};
use crate::record::class::Class;

pub(super) const GONE: Rule = Rule {
    name: "gone",
    class: Class::Gone,
    reads: "status 410",
    recognise: |outcome| status_in(outcome, &[410]),
};

pub(super) const RESOURCE_NOT_FOUND: Rule = Rule {
    name: "resource-not-found",
    class: Class::ResourceNotFound,
    reads: "status 404 with a code that names a thing (V3 video_not_found)",
    recognise: |outcome| {
        status_in(outcome, &[404])
            && outcome.answer().is_some_and(|answer| {
                let route = answer.code.as_deref().is_some_and(|code| {
                    has_word(code, "route")
                        || has_word(code, "endpoint")
                        || code == "resource_not_found"
                });
                class_by_code(answer) == Some(Class::ResourceNotFound)
                    && !route
                    && answer.code.as_deref() != Some("not_found")
            })
    },
};

pub(super) const ROUTE_NOT_FOUND: Rule = Rule {
    name: "route-not-found",
    class: Class::RouteNotFound,
    reads: "any other 404, whatever its body: the form of the router's 404 is not documented",
    recognise: |outcome| status_in(outcome, &[404]),
};

pub(super) const METHOD: Rule = Rule {
    name: "method",
    class: Class::MethodNotAllowed,
    reads: "status 405",
    recognise: |outcome| status_in(outcome, &[405]),
};

pub(super) const MEDIA_TYPE: Rule = Rule {
    name: "media-type",
    class: Class::UnsupportedMediaType,
    reads: "status 415",
    recognise: |outcome| status_in(outcome, &[415]),
};

pub(super) const BAD_REQUEST: Rule = Rule {
    name: "bad-request",
    class: Class::BadRequest,
    reads: "any other status from 400 to 499",
    recognise: |outcome| outcome.status().is_some_and(|status| (400..500).contains(&status)),
};
