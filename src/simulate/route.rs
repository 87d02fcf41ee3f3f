//! The paths that the double serves.
//!
//! V3: "HeyGen External API" of developers.heygen.com (2026-08-24) and heygen-cli `gen/`
//! (2026-07). V1 and V2: tryAGI/HeyGen `heygen.yaml`, docs.heygen.com, and the original ticket.

use super::terms::Version;

/// The data at a path, for whoever may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// The key itself.
    Key,
    /// The account.
    User,
    /// An empty page.
    Page,
    /// An empty page; wants a `query`.
    Sounds,
    /// A resource that does not exist: its kind.
    Absent(&'static str),
    /// The account, as V1 and V2 tell it.
    Profile,
    /// The rest of the quota.
    Quota,
    /// An empty list under this name.
    List(&'static str),
    /// A session token, for a JSON body only.
    Token,
    /// A new video, which the double can't make.
    Video,
}

/// One path.
#[derive(Debug)]
pub(super) struct Route {
    /// Its API version.
    pub(super) version: Version,
    /// Its methods, beside HEAD and OPTIONS.
    pub(super) method: &'static str,
    /// The path; `{}` stands for one segment.
    path: &'static str,
    /// The resource that a scope must cover; V1 and V2 know no scopes.
    pub(super) resource: Option<&'static str>,
    /// The data that it gives.
    pub(super) gives: Gives,
}

const fn v3(path: &'static str, resource: &'static str, gives: Gives) -> Route {
    Route { version: Version::V3, method: "GET", path, resource: Some(resource), gives }
}

const fn v2(path: &'static str, gives: Gives) -> Route {
    Route { version: Version::V2, method: "GET", path, resource: None, gives }
}

const fn v1(path: &'static str, gives: Gives) -> Route {
    Route { version: Version::V1, method: "GET", path, resource: None, gives }
}

const fn post(route: &Route) -> Route {
    Route { method: "POST", ..*route }
}

const ROUTES: &[Route] = &[
    Route { resource: None, ..v3("/v3/api_keys/self", "", Gives::Key) },
    v3("/v3/users/me", "account", Gives::User),
    v3("/v3/videos", "videos", Gives::Page),
    post(&v3("/v3/videos", "videos", Gives::Video)),
    v3("/v3/videos/{}", "videos", Gives::Absent("video")),
    v3("/v3/avatars", "avatars", Gives::Page),
    v3("/v3/avatars/looks", "avatars", Gives::Page),
    v3("/v3/voices", "voices", Gives::Page),
    v3("/v3/templates", "templates", Gives::Page),
    v3("/v3/video-agents", "video_agents", Gives::Page),
    v3("/v3/video-agents/styles", "video_agents", Gives::Page),
    v3("/v3/video-translations", "video_translations", Gives::Page),
    v3("/v3/video-translations/languages", "video_translations", Gives::Page),
    v3("/v3/lipsyncs", "lipsync", Gives::Page),
    v3("/v3/webhooks/endpoints", "webhooks", Gives::Page),
    v3("/v3/webhooks/event-types", "webhooks", Gives::Page),
    v3("/v3/webhooks/events", "webhooks", Gives::Page),
    v3("/v3/brand-kits", "brand_kits", Gives::Page),
    v3("/v3/brand-glossaries", "brand_glossaries", Gives::Page),
    v3("/v3/ai-clipping", "ai_clipping", Gives::Page),
    v3("/v3/background-removals", "background_removals", Gives::Page),
    v3("/v3/audio/sounds", "audio", Gives::Sounds),
    v2("/v2/user/me", Gives::Profile),
    v2("/v2/user/remaining_quota", Gives::Quota),
    v2("/v2/avatars", Gives::List("avatars")),
    v2("/v2/voices", Gives::List("voices")),
    v2("/v2/templates", Gives::List("templates")),
    v2("/v2/avatar_group.list", Gives::List("avatar_group_list")),
    v2("/v2/video_translate/target_languages", Gives::List("languages")),
    post(&v2("/v2/video/generate", Gives::Video)),
    v1("/v1/user/me", Gives::Profile),
    v1("/v1/avatar.list", Gives::List("avatars")),
    v1("/v1/voice.list", Gives::List("list")),
    v1("/v1/video.list", Gives::List("videos")),
    v1("/v1/streaming.list", Gives::List("sessions")),
    v1("/v1/streaming/avatar.list", Gives::List("avatars")),
    v1("/v1/talking_photo.list", Gives::List("list")),
    v1("/v1/webhook/endpoint.list", Gives::List("endpoints")),
    v1("/v1/webhook/webhook.list", Gives::List("webhooks")),
    v1("/v1/video_status.get", Gives::Absent("video")),
    post(&v1("/v1/streaming.create_token", Gives::Token)),
];

impl Route {
    fn is_at(&self, path: &str) -> bool {
        let mut wanted = self.path.split('/');
        let mut given = path.split('/');
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("{}"), Some(segment)) if !segment.is_empty() => {}
                (Some(a), Some(b)) if a == b => {}
                _ => return false,
            }
        }
    }
}

/// All routes at a path, one for each method; those without a placeholder go first.
pub(super) fn at(path: &str) -> Vec<&'static Route> {
    let exact: Vec<_> = ROUTES.iter().filter(|route| route.path == path).collect();
    if exact.is_empty() { ROUTES.iter().filter(|route| route.is_at(path)).collect() } else { exact }
}

/// The version that a path belongs to, known or not.
pub(super) fn version_of(path: &str) -> Option<Version> {
    match path.split('/').nth(1) {
        Some("v1") => Some(Version::V1),
        Some("v2") => Some(Version::V2),
        Some("v3") => Some(Version::V3),
        _ => None,
    }
}
