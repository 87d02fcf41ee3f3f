//! The ways in which a credential can be presented.

use super::{Encoding, Placement, Variant, Wire};

const PLAIN: Variant = Variant {
    id: "x-api-key",
    label: "x-api-key",
    placement: Placement::ApiKeyHeader,
    encoding: Encoding::AsGiven,
    wire: Wire::Negotiated,
    user_agent: None,
};

/// The documented header, lower case as HeyGen's own tools send it.
pub const X_API_KEY: &Variant = &PLAIN;
/// The documented header in the documentation's spelling, which only HTTP/1.1 carries.
pub const TITLE_CASE: &Variant =
    &Variant { id: "x-api-key.title", label: "X-Api-Key", wire: Wire::TitleCase, ..PLAIN };
/// The scheme of OAuth tokens.
pub const BEARER: &Variant = &Variant {
    id: "bearer",
    label: "Bearer",
    placement: Placement::Authorization("Bearer"),
    ..PLAIN
};
/// A scheme in lower case: equal by RFC 9110, not to every server.
pub const BEARER_LOWER: &Variant = &Variant {
    id: "bearer.lower",
    label: "bearer",
    placement: Placement::Authorization("bearer"),
    ..PLAIN
};
/// The scheme of Django REST Framework's own tokens.
pub const TOKEN: &Variant =
    &Variant { id: "token", label: "Token", placement: Placement::Authorization("Token"), ..PLAIN };
/// `Authorization` without a scheme.
pub const BARE: &Variant =
    &Variant { id: "bare", label: "bare", placement: Placement::Authorization(""), ..PLAIN };
/// Both headers in one request.
pub const BOTH: &Variant =
    &Variant { id: "both", label: "both", placement: Placement::Both, ..PLAIN };
/// The value without blanks, quotes, and pasted-in prefixes.
pub const REPAIRED: &Variant =
    &Variant { id: "x-api-key.repaired", label: "repaired", encoding: Encoding::Repaired, ..PLAIN };
/// One base64 layer more.
pub const BASE64: &Variant = &Variant {
    id: "x-api-key.base64",
    label: "base64",
    encoding: Encoding::Base64Encoded,
    ..PLAIN
};
/// One base64 layer less.
pub const DECODED: &Variant = &Variant {
    id: "x-api-key.decoded",
    label: "decoded",
    encoding: Encoding::Base64Decoded,
    ..PLAIN
};
/// The documented header under curl's name.
pub const UA_CURL: &Variant =
    &Variant { id: "x-api-key.ua-curl", label: "as curl", user_agent: Some("curl/8.5.0"), ..PLAIN };
/// The documented header under a browser's name.
pub const UA_BROWSER: &Variant = &Variant {
    id: "x-api-key.ua-browser",
    label: "as browser",
    user_agent: Some(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    ),
    ..PLAIN
};

/// Every variant, in the order of the matrix's columns.
pub const ALL: &[&Variant] = &[
    X_API_KEY,
    TITLE_CASE,
    BEARER,
    BEARER_LOWER,
    TOKEN,
    BARE,
    BOTH,
    REPAIRED,
    BASE64,
    DECODED,
    UA_CURL,
    UA_BROWSER,
];

/// The header variants of wave 3, which are asked on every version.
pub const HEADERS: &[&Variant] = &[X_API_KEY, TITLE_CASE, BEARER, BEARER_LOWER, TOKEN, BARE, BOTH];

/// The reason why the spelling `X-API-Key` has no probe of its own.
pub const UPPER_CASE_NOTE: &str = "`X-API-Key` isn't sent as a spelling of its own: over HTTP/2 every name travels \
    in lower case, over HTTP/1.1 it travels as `X-Api-Key` or `x-api-key`. Header names are equal whatever their case.";

/// The variant of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Variant> {
    ALL.iter().copied().find(|variant| variant.id == id)
}

/// True for the variant that presents the key as HeyGen's own tools do.
#[must_use]
pub fn is_documented(id: &str) -> bool {
    id == X_API_KEY.id
}
