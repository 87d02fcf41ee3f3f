//! Causes on HeyGen's side.

use super::{Words, doc_url};

pub(super) const INCONSISTENT_AUTH: Words = Words {
    title: "Answers that contradict each other",
    headline: "the answers contradict each other",
    meaning: "The identical request with the identical key is accepted, refused, and accepted again within seconds. One of HeyGen's servers may not know the key yet, or no longer.",
    told_apart: "Accepted and refused answers alternate in time, and answers with 429 or 5xx aren't counted. A key that was revoked during the run changes only once.",
    next_step: "Send the report of `heygen-doctor report --markdown` to HeyGen's support: its times tell their servers apart.",
    for_support: "Please compare the times in the table with the servers that answered: some accept the key, and some don't.",
    doc_url: doc_url!("inconsistent_auth"),
};

pub(super) const API_VERSION_MISMATCH: Words = Words {
    title: "Key that only the old API accepts",
    headline: "only a retired API accepts the key",
    meaning: "V1 or V2 accepts the key, and V3 refuses it. V1 and V2 reached their end of life on 1 November 2026, so a program that moves to V3 will stop working with this key.",
    told_apart: "The same key in the same header is accepted on a legacy path and refused on the current one, in the same run.",
    next_step: "Keep this key where it works, make a second one in HeyGen's API settings, and run `heygen-doctor check` with that one.",
    for_support: "Please say why V3 refuses a key that V1 or V2 accepts.",
    doc_url: doc_url!("api_version_mismatch"),
};

pub(super) const AUTH_SERVICE_ERROR: Words = Words {
    title: "Failure of HeyGen's login service",
    headline: "HeyGen fails while it checks the key",
    meaning: "Requests that carry a key, even a made-up one, end with a server error. Requests without a key are answered cleanly. The part that checks keys seems to be failing.",
    told_apart: "The requests with a key fail with 5xx and the requests without one are answered with 401, interleaved in the same run.",
    next_step: "Wait, watch status.heygen.com, and repeat `heygen-doctor check`; the key needn't be changed.",
    for_support: "Please look into the failures at the times in the table: requests that carry a key get a server error.",
    doc_url: doc_url!("auth_service_error"),
};

pub(super) const SERVICE_OUTAGE: Words = Words {
    title: "Outage of HeyGen's API",
    headline: "HeyGen's API is failing for everyone",
    meaning: "The API fails for all requests, with a key and without. It says nothing about the key.",
    told_apart: "The controls fail like the real key. HeyGen's status page may or may not show it yet.",
    next_step: "Wait, watch status.heygen.com, and repeat `heygen-doctor check`; the key needn't be changed.",
    for_support: "Please look into the failures at the times in the table: they don't depend on the key.",
    doc_url: doc_url!("service_outage"),
};
