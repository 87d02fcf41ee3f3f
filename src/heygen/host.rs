//! Hosts that are HeyGen's, but not the API.

/// Host and what it is (heygen-cli `oauth.go`, docs.heygen.com, docs.liveavatar.com).
const OTHER_SERVICES: &[(&str, &str)] = &[
    ("app.heygen.com", "HeyGen's web app"),
    ("api2.heygen.com", "the web app's own internal API"),
    ("upload.heygen.com", "HeyGen's old upload service"),
    ("www.heygen.com", "HeyGen's web site"),
    ("heygen.com", "HeyGen's web site"),
    ("docs.heygen.com", "HeyGen's documentation"),
    ("developers.heygen.com", "HeyGen's documentation"),
    ("help.heygen.com", "HeyGen's help pages"),
    ("status.heygen.com", "HeyGen's status page"),
    ("mcp.heygen.com", "HeyGen's MCP server, which takes OAuth only"),
    ("api.liveavatar.com", "the API of LiveAvatar, a separate product with keys of its own"),
    ("app.liveavatar.com", "LiveAvatar's web app"),
    ("www.liveavatar.com", "LiveAvatar's web site"),
    ("docs.liveavatar.com", "LiveAvatar's documentation"),
    ("embed.liveavatar.com", "LiveAvatar's embed service"),
];

/// The origin of the API.
pub(crate) const API: &str = "https://api.heygen.com";

/// True if the host of this base URL is the API's.
pub(crate) fn is_the_api(base_url: &str) -> bool {
    url::Url::parse(base_url).is_ok_and(|url| url.host_str() == Some("api.heygen.com"))
}

/// The service at the host of this base URL, if it is known not to be the API.
pub(crate) fn other_service(base_url: &str) -> Option<&'static str> {
    let url = url::Url::parse(base_url).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    OTHER_SERVICES.iter().find(|(name, _)| *name == host).map(|(_, service)| *service)
}
