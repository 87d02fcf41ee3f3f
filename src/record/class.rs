//! The meaning of one outcome, taken alone.

use crate::text::named_enum;

named_enum! {
    /// The class of one observation. Names are part of the public contract.
    pub enum Class {
        /// Accepted: a success answer in a shape that HeyGen's API has.
        Ok = "ok",
        /// The server does not accept the credential, or saw none.
        Unauthenticated = "unauthenticated",
        /// The key is accepted; credit is missing.
        PaymentRequired = "payment_required",
        /// The key is accepted; its scopes do not cover this endpoint.
        InsufficientScope = "insufficient_scope",
        /// Understood and refused for another reason than the credential.
        Forbidden = "forbidden",
        /// The account's plan doesn't include this, or no API access at all.
        ApiNotEnabled = "api_not_enabled",
        /// The account is suspended or blocked.
        Suspended = "suspended",
        /// Too many requests in a time; waiting cures it.
        RateLimited = "rate_limited",
        /// A quota is used up; retrying does not cure it.
        QuotaExceeded = "quota_exceeded",
        /// The request itself was refused as invalid.
        BadRequest = "bad_request",
        /// The content type was refused.
        UnsupportedMediaType = "unsupported_media_type",
        /// The path exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// The server has no such path.
        RouteNotFound = "route_not_found",
        /// The path exists, the resource asked for does not.
        ResourceNotFound = "resource_not_found",
        /// Retired for good.
        Gone = "gone",
        /// The server points to another address; never followed.
        Redirect = "redirect",
        /// Refused by something in front of the API: no API envelope.
        EdgeBlock = "edge_block",
        /// Answered by something that is not HeyGen's API.
        NotHeygen = "not_heygen",
        /// A proxy asks for a login.
        ProxyAuth = "proxy_auth",
        /// The API itself failed.
        ServerError = "server_error",
        /// A gateway in front of the API failed to get an answer from it.
        EdgeError = "edge_error",
        /// HTTP that cannot be read, or no HTTP at all.
        Malformed = "malformed",
        /// The host name did not resolve.
        Dns = "dns",
        /// No connection could be made.
        Connect = "connect",
        /// The TLS handshake failed.
        Tls = "tls",
        /// No answer in time.
        Timeout = "timeout",
        /// The connection was closed before the answer was complete.
        Reset = "reset",
        /// The value can't be put into a header, so nothing was sent.
        Unsendable = "unsendable",
    }
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
