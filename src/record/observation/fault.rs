//! The reasons why no HTTP answer came.

use serde::{Deserialize, Serialize};

use super::Connection;
use crate::text::named_enum;

/// The reason why no HTTP answer came, told by type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fault {
    /// The kind, found by the error's type.
    pub fault: FaultKind,
    /// Which TLS rule was broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsFault>,
    /// The connection of the request: made for it, or kept from an earlier one. Absent where none
    /// came up, or where it isn't known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// The error in words, redacted, without URL; never judged by.
    pub detail: String,
}

impl Fault {
    /// A fault that is none of TLS, on no known connection.
    pub fn new(fault: FaultKind, detail: impl Into<String>) -> Self {
        Self { fault, tls: None, connection: None, detail: detail.into() }
    }
}

named_enum! {
    /// The kinds of fault.
    pub enum FaultKind {
        /// The name did not resolve.
        Dns = "dns",
        /// Nothing listens there.
        Refused = "refused",
        /// No route, or another failure to connect.
        Unreachable = "unreachable",
        /// No connection in time.
        ConnectTimeout = "connect_timeout",
        /// The TLS handshake failed.
        Tls = "tls",
        /// Connected, but no answer in time.
        Timeout = "timeout",
        /// The connection was closed or reset.
        Closed = "closed",
        /// Bytes came that are not HTTP.
        NotHttp = "not_http",
        /// The proxy did not let the connection through.
        Proxy = "proxy",
        /// The value can't be put into a header: nothing was sent.
        Unsendable = "unsendable",
    }
}

named_enum! {
    /// Which rule of TLS was broken, by the type of the rustls error.
    pub enum TlsFault {
        /// The chain does not end at a trusted root.
        UnknownIssuer = "unknown_issuer",
        /// The certificate is past its validity.
        Expired = "expired",
        /// The certificate is not valid yet.
        NotYetValid = "not_yet_valid",
        /// The certificate is for another name.
        WrongName = "wrong_name",
        /// The certificate was revoked.
        Revoked = "revoked",
        /// The other side does not speak TLS.
        NotTls = "not_tls",
        /// The other side refused the handshake.
        Alert = "alert",
        /// Any other breach.
        Other = "other",
    }
}
