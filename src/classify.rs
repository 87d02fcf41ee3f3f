//! One outcome, one class: a table of rules, the first that recognises decides.
//!
//! Rules read types, statuses, structure, and codes; never a text: servers word refusals differently.

mod answer;

use crate::record::class::Class;
use crate::record::observation::{Answer, BodyKind, Fault, FaultKind, Outcome};

use answer::{class_by_code, code_says, failed_by_code};
use answer::{has_success_shape, has_word, is_page, is_success, is_wrapped};

/// One way to recognise a class.
#[derive(Debug)]
pub struct Rule {
    /// A name for the rule, unique in the table.
    pub name: &'static str,
    /// The class it decides.
    pub class: Class,
    /// The parts of an outcome that it reads, in a few words.
    pub reads: &'static str,
    recognise: Recognise,
}

/// Half of all outcomes.
#[derive(Debug)]
enum Recognise {
    Fault(fn(&Fault) -> bool),
    Answer(fn(&Answer) -> bool),
}

impl Rule {
    /// True for an outcome of its class.
    #[must_use]
    pub fn recognises(&self, outcome: &Outcome) -> bool {
        match (&self.recognise, outcome) {
            (Recognise::Fault(recognise), Outcome::Fault(fault)) => recognise(fault),
            (Recognise::Answer(recognise), Outcome::Answer(answer)) => recognise(answer),
            _ => false,
        }
    }
}

/// The class of an outcome, asked for once: from then on the observation has it.
#[must_use]
pub fn classify(outcome: &Outcome) -> Class {
    deciding_rule(outcome).map_or(Class::Malformed, |rule| rule.class)
}

/// The rule that decides.
#[must_use]
pub fn deciding_rule(outcome: &Outcome) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.recognises(outcome))
}

const fn fault(
    name: &'static str,
    class: Class,
    reads: &'static str,
    recognise: fn(&Fault) -> bool,
) -> Rule {
    Rule { name, class, reads, recognise: Recognise::Fault(recognise) }
}

const fn answer(
    name: &'static str,
    class: Class,
    reads: &'static str,
    recognise: fn(&Answer) -> bool,
) -> Rule {
    Rule { name, class, reads, recognise: Recognise::Answer(recognise) }
}

/// Every rule, most specific first.
pub const RULES: &[Rule] = &[
    // No whole answer came. Told by the type of the error.
    fault("dns", Class::Dns, "the resolver's error", |fault| fault.fault == FaultKind::Dns),
    fault(
        "connect",
        Class::Connect,
        "the connection's error: refused, no route, or a proxy that doesn't let it through",
        |fault| {
            matches!(fault.fault, FaultKind::Refused | FaultKind::Unreachable | FaultKind::Proxy)
        },
    ),
    fault("tls", Class::Tls, "any error of the TLS library", |fault| fault.fault == FaultKind::Tls),
    fault("timeout", Class::Timeout, "a time limit that passed before the answer began", |fault| {
        matches!(fault.fault, FaultKind::Timeout | FaultKind::ConnectTimeout)
    }),
    fault("reset", Class::Reset, "a connection that was closed before the answer began", |fault| {
        fault.fault == FaultKind::Closed
    }),
    fault(
        "unsendable",
        Class::Unsendable,
        "a value that no HTTP header can carry (RFC 9110 §5.5)",
        |fault| fault.fault == FaultKind::Unsendable,
    ),
    fault("not-http", Class::Malformed, "bytes that aren't HTTP", |fault| {
        fault.fault == FaultKind::NotHttp
    }),
    answer("cut-by-timeout", Class::Timeout, "a body that didn't end in time", |answer| {
        matches!(answer.body.cut_short, Some(FaultKind::Timeout | FaultKind::ConnectTimeout))
    }),
    answer("cut-by-nonsense", Class::Malformed, "a body whose framing breaks HTTP", |answer| {
        answer.body.cut_short == Some(FaultKind::NotHttp)
    }),
    answer("cut-short", Class::Reset, "a body that ended before its announced end", |answer| {
        answer.body.cut_short.is_some()
    }),
    // Answered by something in front of the API, or by something else altogether.
    answer("proxy-auth", Class::ProxyAuth, "status 407", |answer| answer.status == 407),
    answer(
        "portal",
        Class::NotHeygen,
        "status 511, which only a captive portal sends (RFC 6585 §6)",
        |answer| answer.status == 511,
    ),
    answer("redirect", Class::Redirect, "a status from 300 to 399", |answer| {
        matches!(answer.status, 300..400)
    }),
    answer("legal-block", Class::EdgeBlock, "status 451", |answer| answer.status == 451),
    // The server, or a gateway before it, failed.
    answer(
        "edge-error",
        Class::EdgeError,
        "a status from 500 to 599 with a web page, or 502 to 504 and 52x without the API's envelope",
        |answer| {
            let gateway = matches!(answer.status, 502..=504 | 520..=530);
            matches!(answer.status, 500..600)
                && (is_page(answer) || (gateway && !is_wrapped(answer)))
        },
    ),
    answer(
        "server-error",
        Class::ServerError,
        "any other status from 500 to 599, whatever the code says",
        |answer| matches!(answer.status, 500..600),
    ),
    // Rates and quotas.
    answer(
        "quota",
        Class::QuotaExceeded,
        "a code that names a quota or a trial limit, with 4xx or under HTTP 200",
        |answer| {
            let words: &[&[&str]] =
                &[&["quota"], &["trial", "limit"], &["daily", "limit"], &["monthly", "limit"]];
            code_says(answer, Class::QuotaExceeded, words)
        },
    ),
    answer("rate", Class::RateLimited, "status 429, or a code that names a rate limit", |answer| {
        let words: &[&[&str]] = &[&["rate", "limit"], &["too", "many"], &["throttl"]];
        answer.status == 429 || code_says(answer, Class::RateLimited, words)
    }),
    // The key is known; the account, its plan, or the key's scopes say no.
    answer(
        "suspended",
        Class::Suspended,
        "a code that names a suspension (legacy 400631 USER_BLOCKED)",
        |answer| {
            let words: &[&[&str]] = &[
                &["suspen"],
                &["banned"],
                &["user", "blocked"],
                &["account", "blocked"],
                &["account", "disabled"],
                &["account", "locked"],
            ];
            code_says(answer, Class::Suspended, words)
        },
    ),
    answer(
        "api-not-enabled",
        Class::ApiNotEnabled,
        "a code that names missing API access (legacy 400599 TIER_NOT_SUPPORT)",
        |answer| {
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
        },
    ),
    answer(
        "scope",
        Class::InsufficientScope,
        "a code that names a scope (V3 insufficient_api_key_scope; RFC 6750 insufficient_scope)",
        |answer| code_says(answer, Class::InsufficientScope, &[&["scope"]]),
    ),
    answer(
        "payment",
        Class::PaymentRequired,
        "status 402, or a code that names credit",
        |answer| {
            let words: &[&[&str]] = &[&["credit"], &["balance"], &["payment"]];
            answer.status == 402 || code_says(answer, Class::PaymentRequired, words)
        },
    ),
    // Refused by something that isn't the API.
    answer("page-block", Class::EdgeBlock, "status 403 or 406 with a web page", |answer| {
        matches!(answer.status, 403 | 406) && is_page(answer)
    }),
    answer(
        "unwrapped-block",
        Class::EdgeBlock,
        "status 403 without any envelope of the API",
        |answer| answer.status == 403 && !is_wrapped(answer) && class_by_code(answer).is_none(),
    ),
    // The path, the method, or the request itself.
    answer("gone", Class::Gone, "status 410", |answer| answer.status == 410),
    answer(
        "resource-not-found",
        Class::ResourceNotFound,
        "status 404 with a code that names a thing (V3 video_not_found)",
        |answer| {
            let code = answer.code.as_deref().unwrap_or_default();
            let is_route = has_word(code, "route")
                || has_word(code, "endpoint")
                || matches!(code, "resource_not_found" | "not_found");
            answer.status == 404
                && class_by_code(answer) == Some(Class::ResourceNotFound)
                && !is_route
        },
    ),
    answer(
        "route-not-found",
        Class::RouteNotFound,
        "any other 404, whatever its body: the form of the router's 404 is not documented",
        |answer| answer.status == 404,
    ),
    answer("method", Class::MethodNotAllowed, "status 405", |answer| answer.status == 405),
    answer("media-type", Class::UnsupportedMediaType, "status 415", |answer| answer.status == 415),
    answer(
        "page",
        Class::NotHeygen,
        "a web page where the API answers with JSON (heygen-cli: an HTML body is never the API)",
        |answer| is_page(answer) && answer.status < 500,
    ),
    // The credential is not accepted.
    answer(
        "refused-by-code",
        Class::Unauthenticated,
        "a known code of refusal under any status below 500 (V1 says 400112 under HTTP 200 as well)",
        |answer| class_by_code(answer) == Some(Class::Unauthenticated),
    ),
    answer(
        "refused",
        Class::Unauthenticated,
        "status 401, whatever the code: V2 says internal_error with it",
        |answer| answer.status == 401,
    ),
    answer(
        "forbidden",
        Class::Forbidden,
        "status 403 in the API's envelope, or a code that names a missing permission",
        |answer| {
            let words: &[&[&str]] = &[&["forbidden"], &["permission"]];
            answer.status == 403 || code_says(answer, Class::Forbidden, words)
        },
    ),
    answer("bad-request", Class::BadRequest, "any other status from 400 to 499", |answer| {
        matches!(answer.status, 400..500)
    }),
    // Status 2xx: accepted, or only dressed as success.
    answer(
        "broken-body",
        Class::Malformed,
        "a success whose JSON can't be parsed although it was read to its end",
        |answer| {
            let broken = answer.body.kind == BodyKind::JsonBroken && !answer.body.truncated;
            is_success(answer) && broken
        },
    ),
    answer(
        "failed-by-code",
        Class::BadRequest,
        "HTTP 200 with an error code in the body (V1: any code but 100)",
        |answer| is_success(answer) && failed_by_code(answer),
    ),
    answer(
        "ok",
        Class::Ok,
        "HTTP 2xx with `data` in one of the API's envelopes, or a bare profile",
        |answer| is_success(answer) && has_success_shape(answer),
    ),
    answer(
        "other-shape",
        Class::NotHeygen,
        "HTTP 2xx in a shape that HeyGen's API does not have",
        is_success,
    ),
    answer("unreadable", Class::Malformed, "an answer that no other rule recognises", |_| true),
];
