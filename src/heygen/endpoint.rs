//! The catalogue of read-only, credit-free endpoints.

use crate::record::probe::ApiVersion;

/// The size of a successful answer.
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
    /// The size of the answer.
    pub weight: Weight,
    /// Its end of life, if it has one.
    pub sunset: Option<&'static str>,
    /// The source of all this.
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

    const fn query(self, query: &'static str) -> Self {
        Self { query: Some(query), ..self }
    }

    const fn scope(self, scope: &'static str) -> Self {
        Self { scope: Some(scope), ..self }
    }

    const fn heavy(self) -> Self {
        Self { weight: Weight::Heavy, ..self }
    }

    const fn until(self, sunset: &'static str) -> Self {
        Self { sunset: Some(sunset), ..self }
    }
}

const fn v3(id: &'static str, path: &'static str, source: &'static str) -> Endpoint {
    let (version, weight) = (ApiVersion::V3, Weight::Light);
    Endpoint { id, version, path, query: None, scope: None, weight, sunset: None, source }
}

/// An endpoint that outlives V2.
const fn v2_kept(id: &'static str, path: &'static str, source: &'static str) -> Endpoint {
    Endpoint { version: ApiVersion::V2, ..v3(id, path, source) }
}

const fn v2(id: &'static str, path: &'static str, source: &'static str) -> Endpoint {
    v2_kept(id, path, source).until(LEGACY_SUNSET)
}

const fn v1(id: &'static str, path: &'static str, source: &'static str) -> Endpoint {
    Endpoint { version: ApiVersion::V1, ..v2(id, path, source) }
}

/// The endpoint that HeyGen's own tools test a credential with (heygen-cli `auth status`).
pub const ME: &str = "v3.users-me";
/// The endpoint that says most about a key without any scope (heygen-cli PR #333).
pub const SELF: &str = "v3.api-keys-self";
/// The same test in V2.
pub const V2_ME: &str = "v2.user-me";
/// The same test in V1.
pub const V1_ME: &str = "v1.user-me";

/// The last day of V1 and V2, which are asked for comparison only.
const LEGACY_SUNSET: &str = "2026-10-31";

const OPENAPI: &str = "developers.heygen.com OpenAPI (2026-08-24)";
const CLI: &str = "heygen-cli gen/ (GET endpoints), 2026-07";
const TRYAGI: &str = "tryAGI/HeyGen heygen.yaml";

#[rustfmt::skip]
const CATALOGUE: &[Endpoint] = &[
    // The current version: verdicts are taken from here.
    v3(SELF, "/v3/api_keys/self",
        "developers.heygen.com/reference/get-current-api-key; heygen-cli PR #333 (2026-09-04)"),
    v3(ME, "/v3/users/me",
        "heygen-cli gen/user.go; the credential test of HeyGen's own tools").scope("account:read"),
    v3("v3.videos", "/v3/videos", OPENAPI).query("limit=1").scope("videos:read"),
    v3("v3.avatars", "/v3/avatars", OPENAPI).query("limit=1").scope("avatars:read"),
    v3("v3.avatars-looks", "/v3/avatars/looks", OPENAPI).query("limit=1").scope("avatars:read"),
    v3("v3.voices", "/v3/voices", OPENAPI).query("limit=1").scope("voices:read"),
    v3("v3.templates", "/v3/templates", CLI).query("limit=1"),
    v3("v3.video-agents", "/v3/video-agents", CLI),
    v3("v3.video-agents-styles", "/v3/video-agents/styles", CLI),
    v3("v3.video-translations", "/v3/video-translations", CLI),
    v3("v3.video-translations-languages", "/v3/video-translations/languages", CLI),
    v3("v3.lipsyncs", "/v3/lipsyncs", CLI).scope("lipsync:read"),
    v3("v3.webhooks-endpoints", "/v3/webhooks/endpoints", CLI),
    v3("v3.webhooks-event-types", "/v3/webhooks/event-types", CLI),
    v3("v3.webhooks-events", "/v3/webhooks/events", CLI),
    v3("v3.brand-kits", "/v3/brand-kits", CLI),
    v3("v3.brand-glossaries", "/v3/brand-glossaries", CLI),
    v3("v3.ai-clipping", "/v3/ai-clipping", CLI),
    v3("v3.background-removals", "/v3/background-removals", CLI),
    v3("v3.audio-sounds", "/v3/audio/sounds",
        "hyperframes heygen.mjs: `query` needs a character, `limit` at most 50")
        .query("query=x&type=music&limit=1"),

    // Legacy, past its end of life of 1 November 2026.
    v2(V2_ME, "/v2/user/me", "docs.heygen.com"),
    v2("v2.remaining-quota", "/v2/user/remaining_quota", "docs.heygen.com/reference/user-remaining-quota"),
    v2("v2.avatars", "/v2/avatars", "docs.heygen.com; answers of more than 2 MB reported").heavy(),
    v2("v2.voices", "/v2/voices", "docs.heygen.com; answers of more than 2 MB reported").heavy(),
    v2_kept("v2.templates", "/v2/templates", "docs.heygen.com; stays until V3 has an equivalent"),
    v2("v2.avatar-groups", "/v2/avatar_group.list", TRYAGI),
    v2("v2.translate-languages", "/v2/video_translate/target_languages", TRYAGI),

    v1(V1_ME, "/v1/user/me", "developers.heygen.com/docs/api-key, quick verification"),
    v1("v1.avatars", "/v1/avatar.list", "the original support ticket").heavy(),
    v1("v1.voices", "/v1/voice.list", "the original support ticket").heavy(),
    v1("v1.videos", "/v1/video.list", TRYAGI).query("limit=1"),
    v1("v1.streaming", "/v1/streaming.list", TRYAGI),
    v1("v1.streaming-avatars", "/v1/streaming/avatar.list", TRYAGI),
    v1("v1.talking-photos", "/v1/talking_photo.list", TRYAGI).heavy(),
    v1("v1.webhook-endpoints", "/v1/webhook/endpoint.list", TRYAGI),
    v1("v1.webhook-events", "/v1/webhook/webhook.list", TRYAGI),
];

/// Every endpoint, current version first.
pub fn catalogue() -> impl Iterator<Item = &'static Endpoint> {
    CATALOGUE.iter()
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
pub const UNKNOWN_ROUTE: Endpoint = v3(
    "v3.unknown-route",
    "/v3/<random>",
    "a random path: HeyGen's router answers 404 whatever the key",
);
