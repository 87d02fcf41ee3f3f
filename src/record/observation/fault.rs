//! Why no HTTP answer came.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, IntoStaticStr};

use super::Connection;

/// Why no HTTP answer came, told by type.
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

/// The kinds of fault.
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
pub enum FaultKind {
    /// The name did not resolve.
    Dns,
    /// Nothing listens there.
    Refused,
    /// No route, or another failure to connect.
    Unreachable,
    /// No connection in time.
    ConnectTimeout,
    /// The TLS handshake failed.
    Tls,
    /// Connected, but no answer in time.
    Timeout,
    /// The connection was closed or reset.
    Closed,
    /// What came is not HTTP.
    NotHttp,
    /// The proxy did not let the connection through.
    Proxy,
    /// The value can't be put into a header: nothing was sent.
    Unsendable,
}

/// Which rule of TLS was broken, by the type of the rustls error.
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
pub enum TlsFault {
    /// The chain does not end at a trusted root.
    UnknownIssuer,
    /// The certificate is past its validity.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate is for another name.
    WrongName,
    /// The certificate was revoked.
    Revoked,
    /// The other side does not speak TLS.
    NotTls,
    /// The other side refused the handshake.
    Alert,
    /// Any other breach.
    Other,
}
