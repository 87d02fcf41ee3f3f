//! What people read about each cause.

mod account;
mod caller;
mod heygen;
mod network;
pub mod note;
mod other;

use crate::record::cause::Cause;

/// What people read about one cause.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// A short noun phrase, in sentence case.
    pub title: &'static str,
    /// The same as a clause, for the end of a sentence.
    pub headline: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// How it is told from its rivals, and what that can't show.
    pub told_apart: &'static str,
    /// One exact, harmless thing to do next.
    pub next_step: &'static str,
    /// What HeyGen's support is asked to do.
    pub for_support: &'static str,
    /// Where to read on.
    pub doc_url: &'static str,
}

macro_rules! doc_url {
    ($id:literal) => {
        concat!("https://github.com/heygen-doctor/heygen-doctor/blob/main/docs/causes.md#", $id)
    };
}
use doc_url;

/// What people read about this cause.
#[must_use]
pub const fn words(cause: Cause) -> &'static Words {
    match cause {
        Cause::KeyMissing => &caller::KEY_MISSING,
        Cause::KeyPlaceholder => &caller::KEY_PLACEHOLDER,
        Cause::KeyMalformed => &caller::KEY_MALFORMED,
        Cause::KeyEncoded => &caller::KEY_ENCODED,
        Cause::KeyWrongKind => &caller::KEY_WRONG_KIND,
        Cause::KeyUnrecognized => &caller::KEY_UNRECOGNIZED,
        Cause::KeyRevoked => &caller::KEY_REVOKED,
        Cause::InsufficientScope => &account::INSUFFICIENT_SCOPE,
        Cause::BalanceEmpty => &account::BALANCE_EMPTY,
        Cause::PermissionDenied => &account::PERMISSION_DENIED,
        Cause::ApiAccessNotEnabled => &account::API_ACCESS_NOT_ENABLED,
        Cause::AccountSuspended => &account::ACCOUNT_SUSPENDED,
        Cause::CreditExhausted => &account::CREDIT_EXHAUSTED,
        Cause::QuotaExceeded => &account::QUOTA_EXCEEDED,
        Cause::RateLimited => &account::RATE_LIMITED,
        Cause::InconsistentAuth => &heygen::INCONSISTENT_AUTH,
        Cause::ApiVersionMismatch => &heygen::API_VERSION_MISMATCH,
        Cause::AuthServiceError => &heygen::AUTH_SERVICE_ERROR,
        Cause::ServiceOutage => &heygen::SERVICE_OUTAGE,
        Cause::BlockedAtEdge => &network::BLOCKED_AT_EDGE,
        Cause::HeaderStripped => &network::HEADER_STRIPPED,
        Cause::WrongHost => &network::WRONG_HOST,
        Cause::TlsIntercepted => &network::TLS_INTERCEPTED,
        Cause::TlsError => &network::TLS_ERROR,
        Cause::DnsFailure => &network::DNS_FAILURE,
        Cause::ConnectionFailed => &network::CONNECTION_FAILED,
        Cause::ProxyError => &network::PROXY_ERROR,
        Cause::Timeout => &network::TIMEOUT,
        Cause::Healthy => &other::HEALTHY,
        Cause::Inconclusive => &other::INCONCLUSIVE,
    }
}

/// The cause as a clause: where the kind of the key says in which way, it is said.
#[must_use]
pub fn headline(cause: Cause, kind: Option<&str>) -> &'static str {
    match (cause, kind) {
        (Cause::KeyEncoded, Some("decoded_legacy_key")) => "the key is one base64 layer short",
        _ => words(cause).headline,
    }
}
