//! The meaning of one outcome, taken alone.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// The class of one observation. Names are part of the public contract.
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
pub enum Class {
    /// Accepted: a success answer in a shape that HeyGen's API has.
    Ok,
    /// The server does not accept the credential, or saw none.
    Unauthenticated,
    /// The key is accepted; credit is missing.
    PaymentRequired,
    /// The key is accepted; its scopes do not cover this endpoint.
    InsufficientScope,
    /// Understood and refused for another reason than the credential.
    Forbidden,
    /// The account's plan doesn't include this, or no API access at all.
    ApiNotEnabled,
    /// The account is suspended or blocked.
    Suspended,
    /// Too many requests in a time; waiting cures it.
    RateLimited,
    /// A quota is used up; retrying does not cure it.
    QuotaExceeded,
    /// The request itself was refused as invalid.
    BadRequest,
    /// The content type was refused.
    UnsupportedMediaType,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The server has no such path.
    RouteNotFound,
    /// The path exists, the resource asked for does not.
    ResourceNotFound,
    /// Retired for good.
    Gone,
    /// The server points to another address; never followed.
    Redirect,
    /// Refused by something in front of the API: no API envelope.
    EdgeBlock,
    /// Answered by something that is not HeyGen's API.
    NotHeygen,
    /// A proxy asks for a login.
    ProxyAuth,
    /// The API itself failed.
    ServerError,
    /// A gateway in front of the API failed to get an answer from it.
    EdgeError,
    /// HTTP that cannot be read, or no HTTP at all.
    Malformed,
    /// The host name did not resolve.
    Dns,
    /// No connection could be made.
    Connect,
    /// The TLS handshake failed.
    Tls,
    /// No answer in time.
    Timeout,
    /// The connection was closed before the answer was complete.
    Reset,
    /// The value can't be put into a header, so nothing was sent.
    Unsendable,
}

impl Class {
    /// True where no HTTP answer came at all.
    #[must_use]
    pub const fn is_transport(self) -> bool {
        matches!(
            self,
            Self::Dns | Self::Connect | Self::Tls | Self::Timeout | Self::Reset | Self::Unsendable
        )
    }

    /// True where the answer shows that the key itself was accepted.
    #[must_use]
    pub const fn shows_acceptance(self) -> bool {
        matches!(
            self,
            Self::Ok | Self::InsufficientScope | Self::PaymentRequired | Self::ResourceNotFound
        )
    }

    /// The meaning of the class, in one sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Ok => "Accepted: a success answer in a shape that HeyGen's API has.",
            Self::Unauthenticated => "The server doesn't accept the credential, or saw none.",
            Self::PaymentRequired => "The key is accepted, but there isn't enough credit.",
            Self::InsufficientScope => {
                "The key is accepted, but its scopes don't cover this endpoint."
            }
            Self::Forbidden => "Understood and refused, for another reason than the credential.",
            Self::ApiNotEnabled => {
                "The account's plan doesn't include this, or has no API access at all."
            }
            Self::Suspended => "The account is suspended or blocked.",
            Self::RateLimited => "Too many requests in a short time; waiting cures it.",
            Self::QuotaExceeded => "A quota is used up; retrying doesn't cure it.",
            Self::BadRequest => "The request itself was refused as invalid.",
            Self::UnsupportedMediaType => "The content type of the request was refused.",
            Self::MethodNotAllowed => "The path exists, but not with this method.",
            Self::RouteNotFound => "The server has no such path.",
            Self::ResourceNotFound => "The path exists, but the thing asked for doesn't.",
            Self::Gone => "This endpoint was retired for good.",
            Self::Redirect => "The server points to another address; the doctor never follows.",
            Self::EdgeBlock => {
                "Refused by something in front of the API: the answer isn't in the API's form."
            }
            Self::NotHeygen => "Answered by something that isn't HeyGen's API.",
            Self::ProxyAuth => "A proxy on the way asks for a login.",
            Self::ServerError => "The API itself failed.",
            Self::EdgeError => "A gateway in front of the API got no answer from it.",
            Self::Malformed => "The answer can't be read as HTTP, or not as what it says it is.",
            Self::Dns => "The host name didn't resolve to an address.",
            Self::Connect => "No connection could be made.",
            Self::Tls => "The TLS handshake failed.",
            Self::Timeout => "No answer came in time.",
            Self::Reset => "The connection was closed before the answer was complete.",
            Self::Unsendable => "The value can't be put into an HTTP header, so nothing was sent.",
        }
    }
}
