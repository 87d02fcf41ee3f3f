//! One HTTP request as data. No key is in it: it says where a credential stands, and in which form.

use crate::record::probe::{Credential, Encoding, Placement, Variant, Wire};

/// The doctor's own name on the wire.
pub const USER_AGENT: &str = concat!("heygen-doctor/", env!("CARGO_PKG_VERSION"));

/// The header of a HeyGen API key (developers.heygen.com, `ApiKeyAuth`).
const API_KEY: &str = "x-api-key";
/// The header of an OAuth token (developers.heygen.com, `BearerAuth`).
const AUTHORIZATION: &str = "authorization";

/// One HTTP request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// Path and query, to be put behind the base URL.
    pub target: String,
    /// The HTTP versions it may travel in.
    pub wire: Wire,
    /// In the order in which they are sent, each spelled as HTTP/1.1 carries it. `Host` is not
    /// among them: the client adds it.
    pub headers: Vec<Header>,
    /// The length of the body.
    pub body_bytes: u64,
}

/// One header of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name as it is spelled.
    pub name: String,
    /// The value, or whose key stands in its place.
    pub value: Value,
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text that is no secret.
    Text(String),
    /// A credential.
    Credential {
        /// The word before it, such as `Bearer`; empty where there is none.
        scheme: &'static str,
        /// Whose it is.
        of: Credential,
        /// The form in which it is sent.
        form: Encoding,
    },
}

impl Request {
    /// A read of `target` with a credential in the way of `variant`.
    #[must_use]
    pub fn read(target: &str, of: Credential, variant: &Variant, user_agent: &str) -> Self {
        let text = |name, value: &str| (name, Value::Text(value.to_owned()));
        let mut headers = vec![
            text("accept", "application/json"),
            text("user-agent", variant.user_agent.unwrap_or(user_agent)),
            // How HeyGen's own tools name their caller (heygen-cli).
            text("x-heygen-client-source", "heygen-doctor"),
        ];
        if of != Credential::None {
            let form = variant.encoding;
            let places = places(variant.placement).into_iter();
            headers.extend(
                places.map(|(name, scheme)| (name, Value::Credential { scheme, of, form })),
            );
        }
        let headers = headers
            .into_iter()
            .map(|(name, value)| Header { name: spelled(name, variant.wire), value })
            .collect();
        Self {
            method: "GET",
            target: target.to_owned(),
            wire: variant.wire,
            headers,
            body_bytes: 0,
        }
    }
}

/// The headers that carry the credential, each with its scheme.
fn places(placement: Placement) -> Vec<(&'static str, &'static str)> {
    match placement {
        Placement::ApiKeyHeader => vec![(API_KEY, "")],
        Placement::Authorization(scheme) => vec![(AUTHORIZATION, scheme)],
        Placement::Both => vec![(API_KEY, ""), (AUTHORIZATION, "Bearer")],
    }
}

/// A name in lower case as it goes on the wire.
fn spelled(name: &str, wire: Wire) -> String {
    match wire {
        Wire::Negotiated => name.to_owned(),
        Wire::TitleCase => {
            let mut begins = true;
            let letter = |c: char| {
                let spelled = if begins { c.to_ascii_uppercase() } else { c };
                begins = c == '-';
                spelled
            };
            name.chars().map(letter).collect()
        }
    }
}
