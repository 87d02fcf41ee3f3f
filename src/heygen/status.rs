//! HTTP statuses and their meaning at HeyGen's API.

use crate::record::class::Class;

/// One status.
#[derive(Debug)]
pub struct Status {
    /// The number.
    pub code: u16,
    /// Its registered name.
    pub name: &'static str,
    /// Its meaning at HeyGen's API.
    pub meaning: &'static str,
    /// The classes that it can be.
    pub classes: &'static [Class],
}

const fn row(
    code: u16,
    name: &'static str,
    classes: &'static [Class],
    meaning: &'static str,
) -> Status {
    Status { code, name, meaning, classes }
}

/// Every status that HeyGen's API, or something before it, is known to answer with.
// One row is two lines: number, name and classes; its meaning.
#[rustfmt::skip]
pub const ALL: &[Status] = &[
    row(200, "OK", &[Class::Ok, Class::BadRequest, Class::PaymentRequired, Class::NotHeygen, Class::Malformed],
        "Accepted, usually. V1 can put an error code such as 400112 under a 200, and a web page with 200 isn't HeyGen's API at all; so the body is read as well."),
    row(301, "Moved Permanently", &[Class::Redirect],
        "A redirect. HeyGen's API doesn't redirect; something before it does, or the base URL is another site. Many programs carry `X-Api-Key` along to the other site; the doctor never follows."),
    row(302, "Found", &[Class::Redirect],
        "A redirect, often to the login page of a network. The doctor never follows, so that the key goes nowhere else."),
    row(307, "Temporary Redirect", &[Class::Redirect],
        "A redirect, often from `http` to `https`. The doctor never follows, so that the key goes nowhere else."),
    row(308, "Permanent Redirect", &[Class::Redirect],
        "A redirect, often from `http` to `https`. The doctor never follows, so that the key goes nowhere else."),
    row(400, "Bad Request", &[Class::BadRequest, Class::Forbidden, Class::QuotaExceeded, Class::ApiNotEnabled, Class::NotHeygen],
        "The request itself was refused: a parameter, the body, or the thing asked for. On V2 it can also hide a missing permission behind the code `internal_error`. It says nothing against the key."),
    row(401, "Unauthorized", &[Class::Unauthenticated, Class::NotHeygen],
        "The credential was refused, or none arrived: V3 answers both with the same bytes. On V1 the code is 400112, on V2 `internal_error`. On `streaming.*` it can also mean a missing session while the key is fine. A web page with 401 isn't HeyGen's API."),
    row(402, "Payment Required", &[Class::PaymentRequired, Class::ApiNotEnabled, Class::QuotaExceeded],
        "The key is accepted. Which code comes with it matters: `insufficient_credit` is the API wallet, `subscription_required` and `plan_upgrade_required` are the plan, `trial_limit_exceeded` is the trial's quota."),
    row(403, "Forbidden", &[Class::InsufficientScope, Class::Forbidden, Class::ApiNotEnabled, Class::Suspended, Class::EdgeBlock],
        "In the API's own form: the key is known, and a scope, a permission, or the plan is missing. As a web page or without a form: something before the API blocked the request, whatever the key. A 403 never shows that a key is bad."),
    row(404, "Not Found", &[Class::RouteNotFound, Class::ResourceNotFound],
        "With a code such as `video_not_found`: the thing doesn't exist, or belongs to another space, and the key is accepted. Without one: the path doesn't exist, or was retired. The doctor asks for a path that can't exist, to see whether this is HeyGen's API."),
    row(405, "Method Not Allowed", &[Class::MethodNotAllowed],
        "The path exists, but not with this method, for example `POST` on a list. It says nothing about the key."),
    row(407, "Proxy Authentication Required", &[Class::ProxyAuth],
        "A proxy on the way asks for a login. HeyGen was never reached."),
    row(408, "Request Timeout", &[Class::BadRequest, Class::NotHeygen],
        "Whatever answered waited too long for the request to arrive. It says nothing about the key."),
    row(409, "Conflict", &[Class::BadRequest, Class::NotHeygen],
        "The key is accepted; the thing is not ready, or something else is being done with it."),
    row(410, "Gone", &[Class::Gone],
        "This endpoint was retired for good. V1 and V2 reached their end of life on 1 November 2026; the same exists under V3."),
    row(413, "Payload Too Large", &[Class::BadRequest, Class::NotHeygen],
        "The upload is too large; HeyGen takes files up to 32 MB."),
    row(415, "Unsupported Media Type", &[Class::UnsupportedMediaType],
        "The content type of the request was refused: V1 wants `content-type: application/json` and a JSON body, even an empty one (`{}`). It says nothing about the key."),
    row(422, "Unprocessable Content", &[Class::BadRequest, Class::NotHeygen],
        "The request could be read, but not carried out. HeyGen isn't known to answer so."),
    row(429, "Too Many Requests", &[Class::RateLimited, Class::QuotaExceeded],
        "Two things: a rate (`rate_limit_exceeded`; waiting for `Retry-After` cures it) or a quota (`quota_exceeded`, `trial_video_limit_exceeded`; no retry cures it). It says nothing against the key."),
    row(451, "Unavailable For Legal Reasons", &[Class::EdgeBlock],
        "Blocked by law or by country, before the API. The key wasn't checked."),
    row(500, "Internal Server Error", &[Class::ServerError, Class::EdgeError],
        "HeyGen's API failed, or, with a web page, a gateway before it. With V3 the code `internal_error` is a real fault here, unlike under 401. It says nothing about the key."),
    row(502, "Bad Gateway", &[Class::EdgeError, Class::ServerError],
        "A gateway before the API got no usable answer from it; usually a web page. It says nothing about the key."),
    row(503, "Service Unavailable", &[Class::ServerError, Class::EdgeError],
        "The API is overloaded or down for maintenance (`service_unavailable`), or the gateway finds no server behind it (empty, or a web page)."),
    row(504, "Gateway Timeout", &[Class::ServerError, Class::EdgeError],
        "The API took too long: it says so itself (`gateway_timeout`), or the gateway gave up on it."),
    row(511, "Network Authentication Required", &[Class::NotHeygen],
        "This network asks for a login before it lets anything out. HeyGen was never reached."),
    row(520, "Unknown Error", &[Class::EdgeError, Class::ServerError],
        "A status of Cloudflare's own, where it stands before the API: the API behind it sent something that can't be read as an answer. It says nothing about the key."),
    row(521, "Web Server Is Down", &[Class::EdgeError, Class::ServerError],
        "A status of Cloudflare's own, where it stands before the API: the API behind it refused the connection. It says nothing about the key."),
    row(522, "Connection Timed Out", &[Class::EdgeError, Class::ServerError],
        "A status of Cloudflare's own, where it stands before the API: the API behind it took no connection in time. It says nothing about the key."),
    row(523, "Origin Is Unreachable", &[Class::EdgeError, Class::ServerError],
        "A status of Cloudflare's own, where it stands before the API: there is no way to the API behind it. It says nothing about the key."),
    row(524, "A Timeout Occurred", &[Class::EdgeError, Class::ServerError],
        "A status of Cloudflare's own, where it stands before the API: the API behind it took too long to answer. It says nothing about the key."),
];

/// The status with this number.
#[must_use]
pub fn find(code: u16) -> Option<&'static Status> {
    ALL.iter().find(|known| known.code == code)
}

/// The meaning of a status that HeyGen isn't known to use, as far as its first digit tells.
pub(crate) fn by_hundred(code: u16) -> Option<&'static str> {
    match code {
        100..=199 => Some("An interim answer; another one follows. HeyGen isn't known to send it."),
        200..=299 => Some("A success. HeyGen isn't known to send it on reads."),
        300..=399 => Some(
            "A redirect, or a cached answer. HeyGen's API doesn't send it; something before it may.",
        ),
        400..=499 => Some(
            "The request was refused. HeyGen isn't known to answer so; only a 401 can speak against a key.",
        ),
        500..=599 => Some("A failure on the server's side. It says nothing about the key."),
        _ => None,
    }
}

/// The next step on meeting a status.
pub(crate) const fn next_step(code: u16) -> &'static str {
    match code {
        100..=199 => "",
        200..=299 => "If the answer isn't what you expect, look at `code` and `error` in its body.",
        401 => {
            "Run `heygen-doctor check`: it asks with the key, without one, and with a made-up one, and tells which it is."
        }
        407 => "Check the proxy settings of this machine with `heygen-doctor check --dry-run`.",
        429 => "Read the code, then wait as long as `Retry-After` says.",
        300..=399 | 511 => {
            "Open a web page on this network to see whether it asks for a login, and check the base URL."
        }
        500..=599 => "Try again later, and see status.heygen.com. The key needn't be changed.",
        _ => "Read the code in the body, then `heygen-doctor explain CODE`.",
    }
}
