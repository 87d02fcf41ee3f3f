//! Which API is asked, and whether a key may go there.

use std::ffi::OsString;

use url::{Host, Url};

use super::proxy::is_loopback;
use crate::error::Usage;

/// HeyGen's API (developers.heygen.com, its `servers`).
const DEFAULT: &str = "https://api.heygen.com";

/// The API under test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host, port, and a path where a gateway has one.
    pub url: Url,
    /// What overrode the default, if anything did.
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
    if is_heygen(&base.url) || stays_here(&base.url) {
        return Ok(base);
    }
    Err(Usage::new(
        "HEYGEN_API_BASE names a host that is not HeyGen's, and the key would go there.",
        "Unset it, or name the host with `--base-url` if you mean it.",
    ))
}

/// Whether the key stays on this machine whatever a resolver says: names under `localhost` may be
/// looked up elsewhere, and `localhost.` is.
fn stays_here(url: &Url) -> bool {
    is_loopback(url) && !matches!(url.host(), Some(Host::Domain(name)) if name != "localhost")
}

/// Whether the host is HeyGen's.
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
    let allowed = env("HEYGEN_ALLOW_HTTP").is_some_and(|value| value == "1");
    if url.scheme() == "http" && !stays_here(&url) && !allowed {
        return Err(Usage::new(
            format!("{source} is plain http: everyone on the way could read the key."),
            "Use https, or set HEYGEN_ALLOW_HTTP=1 if the network is yours.",
        ));
    }
    Ok(BaseUrl { url, source: Some(source) })
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
            "http://x.example",
        ] {
            assert!(choose(Some(text), &none).is_err(), "{text}");
        }
    }

    #[test]
    fn plain_http_to_a_foreign_host_needs_consent() {
        let env = |name: &str| (name == "HEYGEN_ALLOW_HTTP").then(|| OsString::from("1"));
        assert!(choose(Some("http://x.example"), &env).is_ok());
    }
}
