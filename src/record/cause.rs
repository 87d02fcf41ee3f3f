//! The causes that can be named, with their fixed properties.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// A cause. Names are part of the public contract.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Cause {
    /// The key authenticates and reads.
    Healthy,
    /// No source holds a key.
    KeyMissing,
    /// The value is a placeholder from an example.
    KeyPlaceholder,
    /// Blanks, quotes, or a pasted-in prefix spoil the value.
    KeyMalformed,
    /// A base64 layer too many or too few.
    KeyEncoded,
    /// Another kind of credential, or another vendor's.
    KeyWrongKind,
    /// HeyGen treats it like a made-up key.
    KeyUnrecognized,
    /// HeyGen says that it was revoked, expired, or deactivated.
    KeyRevoked,
    /// The key works; its scopes don't cover everything.
    InsufficientScope,
    /// The key works; the wallet is empty.
    BalanceEmpty,
    /// The key is known and not permitted.
    PermissionDenied,
    /// The account has no API access.
    ApiAccessNotEnabled,
    /// The account is suspended.
    AccountSuspended,
    /// The credit is used up.
    CreditExhausted,
    /// A quota is used up.
    QuotaExceeded,
    /// Too many requests.
    RateLimited,
    /// The identical request is sometimes accepted and sometimes refused.
    InconsistentAuth,
    /// A legacy version accepts the key, the current one refuses it.
    ApiVersionMismatch,
    /// Requests with a key fail on HeyGen's side; those without are answered.
    AuthServiceError,
    /// HeyGen's API fails for everyone.
    ServiceOutage,
    /// Something in front of the API refuses the request, whatever the key.
    BlockedAtEdge,
    /// The key's header is lost on the way.
    HeaderStripped,
    /// What answers is not HeyGen's API.
    WrongHost,
    /// Something on the way opens the TLS connection.
    TlsIntercepted,
    /// The TLS handshake fails.
    TlsError,
    /// The host name does not resolve.
    DnsFailure,
    /// No connection can be made, or it breaks.
    ConnectionFailed,
    /// The proxy does not let the request through.
    ProxyError,
    /// No answer in time.
    Timeout,
    /// It could not be told.
    Inconclusive,
}

/// Who can do something about it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// Whoever configured the key.
    Caller,
    /// Whoever owns the account.
    Account,
    /// HeyGen.
    Heygen,
    /// Whoever runs the network in between.
    Network,
}

/// What the diagnosis comes to.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// The key works.
    Healthy,
    /// The key works, with limits.
    Limited,
    /// The key would work; something holds it back for now.
    Blocked,
    /// Works at times, or in part.
    Degraded,
    /// Does not work.
    Broken,
    /// Could not be told.
    Inconclusive,
}

impl Cause {
    /// Who can do something about it; `None` where nobody needs to or it is not known.
    #[must_use]
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::Healthy | Self::Inconclusive => None,
            Self::KeyMissing
            | Self::KeyPlaceholder
            | Self::KeyMalformed
            | Self::KeyEncoded
            | Self::KeyWrongKind
            | Self::KeyUnrecognized
            | Self::KeyRevoked => Some(Side::Caller),
            Self::InsufficientScope
            | Self::BalanceEmpty
            | Self::PermissionDenied
            | Self::ApiAccessNotEnabled
            | Self::AccountSuspended
            | Self::CreditExhausted
            | Self::QuotaExceeded
            | Self::RateLimited => Some(Side::Account),
            Self::InconsistentAuth
            | Self::ApiVersionMismatch
            | Self::AuthServiceError
            | Self::ServiceOutage => Some(Side::Heygen),
            Self::BlockedAtEdge
            | Self::HeaderStripped
            | Self::WrongHost
            | Self::TlsIntercepted
            | Self::TlsError
            | Self::DnsFailure
            | Self::ConnectionFailed
            | Self::ProxyError
            | Self::Timeout => Some(Side::Network),
        }
    }

    /// What the diagnosis comes to when this is the cause.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Healthy => Verdict::Healthy,
            Self::InsufficientScope | Self::BalanceEmpty => Verdict::Limited,
            Self::QuotaExceeded | Self::RateLimited | Self::BlockedAtEdge => Verdict::Blocked,
            Self::InconsistentAuth | Self::ApiVersionMismatch => Verdict::Degraded,
            Self::Inconclusive => Verdict::Inconclusive,
            _ => Verdict::Broken,
        }
    }
}
