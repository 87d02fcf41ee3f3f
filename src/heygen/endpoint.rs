//! The catalogue of read-only, credit-free endpoints.

mod v1;
mod v2;
mod v3;

use crate::record::probe::ApiVersion;

/// How much a successful answer weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A few kilobytes at most.
    Light,
    /// May be megabytes: the read is cut off and judged by its status.
    Heavy,
}

/// One endpoint that may be asked without cost or effect. The method is always GET.
#[derive(Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The stable name, the first part of a probe id.
    pub id: &'static str,
    /// The API version.
    pub version: ApiVersion,
    /// The path.
    pub path: &'static str,
    /// The query, without `?`.
    pub query: Option<&'static str>,
    /// The scope that a scoped key needs for it, where one is known.
    pub scope: Option<&'static str>,
    /// How large the answer may be.
    pub weight: Weight,
    /// Its end of life, if it has one.
    pub sunset: Option<&'static str>,
    /// Where this is known from.
    pub source: &'static str,
}

impl Endpoint {
    /// Path and query as they are sent.
    #[must_use]
    pub fn target(&self) -> String {
        match self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.to_owned(),
        }
    }
}

/// Every endpoint, current version first.
pub fn catalogue() -> impl Iterator<Item = &'static Endpoint> {
    v3::ENDPOINTS.iter().chain(v2::ENDPOINTS).chain(v1::ENDPOINTS)
}

/// The endpoint of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Endpoint> {
    if id == UNKNOWN_ROUTE.id {
        return Some(&UNKNOWN_ROUTE);
    }
    catalogue().find(|endpoint| endpoint.id == id)
}

/// A path that no server can know: HeyGen answers it with 404 whatever the key
/// (order of checks inferred from the original ticket; inferred, 2026-11).
pub const UNKNOWN_ROUTE: Endpoint = Endpoint {
    id: "v3.unknown-route",
    version: ApiVersion::V3,
    path: "/v3/<random>",
    query: None,
    scope: None,
    weight: Weight::Light,
    sunset: None,
    source: "a random path: HeyGen's router answers 404 whatever the key",
};
