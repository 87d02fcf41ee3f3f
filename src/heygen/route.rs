//! Paths of HeyGen's API: which are current, which were retired and by what they are replaced.

/// A retired path, or the beginning of several, and what replaces it, as words of a sentence
/// (developers.heygen.com/endpoint-version-comparison, 2026-11).
const RETIRED: &[(&str, &str)] = &[
    ("/v1/user/me", "`GET /v3/users/me`"),
    ("/v2/user/me", "`GET /v3/users/me`"),
    ("/v2/user/remaining_quota", "`GET /v3/users/me`"),
    ("/v1/avatar.list", "`GET /v3/avatars`"),
    ("/v2/avatars", "`GET /v3/avatars`"),
    ("/v2/avatar_group", "`GET /v3/avatars/looks`"),
    ("/v1/voice.list", "`GET /v3/voices`"),
    ("/v2/voices", "`GET /v3/voices`"),
    ("/v1/video_status.get", "`GET /v3/videos/{id}`"),
    ("/v1/video.list", "`GET /v3/videos`"),
    ("/v1/video/generate", "`POST /v3/videos`"),
    ("/v1/asset", "`POST /v3/assets`"),
    ("/v1/webhook/endpoint", "`/v3/webhooks/endpoints`"),
    ("/v1/streaming", "LiveAvatar's API, a separate product with keys of its own"),
    ("/v1/realtime.new", "LiveAvatar's API, a separate product with keys of its own"),
    ("/v2/realtime.new", "LiveAvatar's API, a separate product with keys of its own"),
];
/// Beginnings of V2's paths that stay until V3 has an equivalent (the same page).
const KEPT: &[&str] = &["/v2/template", "/v2/video/generate"];
/// Paths that people expect and that do not exist (probed 2026-08-06 by others).
const NEVER: &[&str] = &[
    "/v3/user/me",
    "/v3/user/me/remaining_quota",
    "/v3/user/remaining_quota",
    "/v3/users/remaining_quota",
    "/v3/users/me/quota",
    "/v3/users/me/remaining_quota",
    "/v3/quota",
    "/v3/avatar_groups",
    "/v1/avatar/list",
    "/v1/voice/list",
    "/v1/live_avatar.create_session",
];

/// What is known of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In the current version, or not known to be wrong.
    Current,
    /// In a version that was retired, with what replaces it where that is known.
    Retired(Option<&'static str>),
    /// The API has no such path.
    Unknown,
}

/// What is known of a path; a query behind it is no part of it.
pub(crate) fn standing(target: &str) -> Standing {
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let under = |known: &str| {
        let behind = path.strip_prefix(known).map(|rest| rest.chars().next());
        behind.is_some_and(|next| next.is_none_or(|next| !next.is_ascii_alphanumeric()))
    };
    // A base URL that ends with the version gives it twice.
    let versions = path.split('/').filter(|part| matches!(*part, "v1" | "v2" | "v3")).count();
    if versions > 1 || NEVER.contains(&path) {
        return Standing::Unknown;
    }
    if path.starts_with("/v3/") {
        return Standing::Current;
    }
    let is_legacy = path.starts_with("/v1/") || path.starts_with("/v2/");
    if !is_legacy {
        return Standing::Unknown;
    }
    if let Some((_, by)) = RETIRED.iter().find(|(known, _)| under(known)) {
        return Standing::Retired(Some(by));
    }
    if KEPT.iter().any(|kept| path.starts_with(kept)) {
        return Standing::Current;
    }
    Standing::Retired(None)
}

/// What replaces a retired path, where that is known.
pub(crate) fn successor(target: &str) -> Option<&'static str> {
    match standing(target) {
        Standing::Retired(by) => by,
        Standing::Current | Standing::Unknown => None,
    }
}

/// What becomes of a retired path, behind its name.
pub(crate) fn fate(target: &str) -> String {
    successor(target)
        .map_or_else(|| "has no known successor".to_owned(), |by| format!("is replaced by {by}"))
}

/// True for the path of an API of this form, whoever answers it.
pub(crate) fn is_versioned(target: &str) -> bool {
    ["/v1/", "/v2/", "/v3/"].iter().any(|version| target.starts_with(version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heygen::endpoint::catalogue;

    #[test]
    fn what_the_catalogue_asks_is_current_or_retired_as_it_says() {
        for endpoint in catalogue() {
            let known = standing(&endpoint.target());
            match endpoint.sunset {
                None => assert_eq!(known, Standing::Current, "{}", endpoint.path),
                Some(_) => assert!(matches!(known, Standing::Retired(_)), "{}", endpoint.path),
            }
        }
    }

    #[test]
    fn a_name_that_only_begins_alike_has_another_successor() {
        assert_eq!(standing("/v1/asset"), Standing::Retired(Some("`POST /v3/assets`")));
        assert_eq!(
            standing("/v2/avatar_group/1/avatars"),
            Standing::Retired(Some("`GET /v3/avatars/looks`"))
        );
        for never in ["/v1/avatar/list", "/users/me", "/v4/videos", "/"] {
            assert_eq!(standing(never), Standing::Unknown, "{never}");
        }
    }
}
