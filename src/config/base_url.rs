//! Which API is asked, and whether a key may go there.

use std::ffi::OsString;

use url::{Host, Url};

use crate::error::Usage;
use crate::heygen::host;
use crate::transport::is_loopback;

/// HeyGen's API (developers.heygen.com, its `servers`).
const DEFAULT: &str = host::API;

/// The API under test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host, port, and a path where a gateway has one.
    pub url: Url,
    /// The flag or variable that overrode the default, if one did.
    pub source: Option<&'static str>,
}

/// The flag, else `HEYGEN_API_BASE`, else HeyGen's API.
///
/// # Errors
/// When the URL can't be used, or the key could reach a stranger.
pub fn choose(
    flag: Option<&str>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<BaseUrl, Usage> {
    if let Some(text) = flag {
        return checked(text, "--base-url", env);
    }
    let set = env("HEYGEN_API_BASE")
        .and_then(|value| value.into_string().ok())
        .filter(|value| !value.trim().is_empty());
    let Some(text) = set else {
        return checked(DEFAULT, "", env).map(|base| BaseUrl { source: None, ..base });
    };
    let base = checked(text.trim(), "HEYGEN_API_BASE", env)?;
    // Nothing keyed is sent to another service that is known: the cause says so.
    let known = host::other_service(base.url.as_str()).is_some();
    if is_heygen(&base.url) || stays_here(&base.url) || known {
        return Ok(base);
    }
    Err(Usage::new(
        "HEYGEN_API_BASE names a host that is not HeyGen's, and the key would go there.",
        "Unset it, or name the host with `--base-url` if you mean it.",
    ))
}

/// True where the key stays on this machine whatever a resolver says: names under `localhost` may
/// be looked up elsewhere, and `localhost.` is.
fn stays_here(url: &Url) -> bool {
    is_loopback(url) && !matches!(url.host(), Some(Host::Domain(name)) if name != "localhost")
}

/// True for a host of HeyGen's.
#[must_use]
pub fn is_heygen(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_end_matches('.');
        host == "heygen.com" || host.ends_with(".heygen.com")
    })
}

fn checked(
    text: &str,
    source: &'static str,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<BaseUrl, Usage> {
    let invalid = |why: &str| {
        Usage::new(
            format!("{source} {why}."),
            "Write it like `https://api.heygen.com`: scheme, host, and a port if there is one.",
        )
    };
    let url = Url::parse(text).map_err(|_| invalid("is not a valid URL"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid("must begin with https://"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(invalid("names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("carries a user name or a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("has a query or a fragment"));
    }
    if let Some(version) = version_in(&url) {
        let hint = if is_heygen(&url) {
            format!("Leave `/{version}` and what follows out: `{DEFAULT}`.")
        } else {
            format!("Leave `/{version}` at its end out.")
        };
        let message = format!(
            "{source} names the version `/{version}`, and every request adds its version itself."
        );
        return Err(Usage::new(message, hint));
    }
    let allowed = env("HEYGEN_ALLOW_HTTP").is_some_and(|value| value == "1");
    if url.scheme() == "http" && !stays_here(&url) && !allowed {
        return Err(Usage::new(
            format!("{source} is plain http: everyone on the way could read the key."),
            "Use https, or set HEYGEN_ALLOW_HTTP=1 if the network is yours.",
        ));
    }
    Ok(BaseUrl { url, source: Some(source) })
}

/// The version of the API in the path, which each probe adds by itself: at the end, where a
/// gateway may have versions of its own before it, or anywhere on HeyGen's own host.
fn version_in(url: &Url) -> Option<&str> {
    let mut segments = url.path_segments()?.filter(|segment| !segment.is_empty());
    let segment =
        if is_heygen(url) { segments.find(|part| is_version(part)) } else { segments.next_back() };
    segment.filter(|part| is_version(part))
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<OsString> {
        None
    }

    #[test]
    fn without_anything_it_is_heygens_own() {
        let base = choose(None, &none).unwrap();
        assert_eq!((base.url.as_str(), base.source), ("https://api.heygen.com/", None));
    }

    #[test]
    fn the_environment_may_name_heygen_and_loopback_only() {
        for (value, fine) in [
            ("https://api.dev.heygen.com", true),
            ("http://127.0.0.1:8787", true),
            ("https://api.liveavatar.com", true),
            ("https://liveavatar.com.evil.example", false),
            ("http://localhost:1", true),
            ("http://localhost.:1", false),
            ("http://heygen.localhost:1", false),
            ("https://api.heygen.com.evil.example", false),
            ("https://notheygen.com", false),
            ("http://api.heygen.com", false),
        ] {
            let env = |name: &str| (name == "HEYGEN_API_BASE").then(|| OsString::from(value));
            assert_eq!(choose(None, &env).is_ok(), fine, "{value}");
        }
    }

    #[test]
    fn urls_that_cannot_be_a_base_are_refused() {
        for text in [
            "",
            "api.heygen.com",
            "ftp://x.example",
            "https://u:p@x.example",
            "https://x.example?a=b",
            "https://api.heygen.com/v3",
            "https://api.heygen.com/v1/",
            "https://api.heygen.com/v3/users/me",
            "https://gateway.example/heygen/v2//",
            "http://x.example",
        ] {
            assert!(choose(Some(text), &none).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_of_a_gateway_is_no_version() {
        for text in ["https://x.example/v1/heygen", "https://x.example/v3x", "https://x.example/v"]
        {
            assert!(choose(Some(text), &none).is_ok(), "{text}");
        }
        let error = choose(Some("https://api.heygen.com/v3/"), &none).unwrap_err();
        assert_eq!(error.hint, "Leave `/v3` and what follows out: `https://api.heygen.com`.");
    }

    #[test]
    fn plain_http_to_a_foreign_host_needs_consent() {
        let env = |name: &str| (name == "HEYGEN_ALLOW_HTTP").then(|| OsString::from("1"));
        assert!(choose(Some("http://x.example"), &env).is_ok());
    }
}
