//! String codes about limits and failures on HeyGen's side.

use crate::heygen::code::Code;
use crate::heygen::code::sources::V3_TABLE;
use crate::record::class::Class;

pub(super) const CODES: &[Code] = &[
    Code {
        code: "rate_limit_exceeded",
        name: None,
        meaning: "Too many requests, or too many videos at once. `Retry-After` says how many seconds to wait.",
        remedy: "Wait as long as `Retry-After` says, then send fewer requests at once.",
        statuses: &[429],
        class: Some(Class::RateLimited),
        source: V3_TABLE,
    },
    Code {
        code: "quota_exceeded",
        name: None,
        meaning: "A quota is used up; retrying doesn't cure it.",
        remedy: "Wait until the quota is renewed, or choose a larger plan.",
        statuses: &[429],
        class: Some(Class::QuotaExceeded),
        source: V3_TABLE,
    },
    Code {
        code: "trial_video_limit_exceeded",
        name: None,
        meaning: "The trial's daily number of videos is used up. It comes with HTTP 429, but is a quota: no retry cures it.",
        remedy: "Wait until the next day (users report a reset at midnight UTC), or choose a paid plan.",
        statuses: &[429],
        class: Some(Class::QuotaExceeded),
        source: "bodies quoted in public API clients (search GitHub code for the name)",
    },
    Code {
        code: "internal_error",
        name: None,
        meaning: "It means three things. With HTTP 401 on V2: the key was refused. With 400 or 403 on V2: a validation or permission error. With any 5xx: a real fault of the server.",
        remedy: "Read it together with the HTTP status and the API version.",
        statuses: &[400, 401, 403, 500],
        class: None,
        source: "developers.heygen.com/docs/error-codes; github.com/gitroomhq/postiz-app/issues/1838 (400 on V2); WasatchWise/Wasatch-Wise apps/slctrips/HEYGEN_API_ISSUE.md (401 on V2)",
    },
    Code {
        code: "video_delete_failed",
        name: None,
        meaning: "HeyGen couldn't delete the video.",
        remedy: "Try again later.",
        statuses: &[500],
        class: Some(Class::ServerError),
        source: V3_TABLE,
    },
    Code {
        code: "voice_provider_error",
        name: None,
        meaning: "The provider of the voice failed.",
        remedy: "Try again later, or choose another voice.",
        statuses: &[500],
        class: Some(Class::ServerError),
        source: V3_TABLE,
    },
    Code {
        code: "service_unavailable",
        name: None,
        meaning: "HeyGen's API is overloaded, or down for maintenance.",
        remedy: "Try again later, and see status.heygen.com.",
        statuses: &[503],
        class: Some(Class::ServerError),
        source: V3_TABLE,
    },
    Code {
        code: "gateway_timeout",
        name: None,
        meaning: "HeyGen's API took too long to answer.",
        remedy: "Try again later, and see status.heygen.com.",
        statuses: &[504],
        class: Some(Class::ServerError),
        source: V3_TABLE,
    },
];
