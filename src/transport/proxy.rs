//! The proxy on the way, and what may be shown of it.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::error::Usage;
use crate::record::facts::Proxy;

/// Schemes that the HTTP client can go through.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// The proxy in use.
#[derive(Clone)]
pub struct ProxyChoice {
    url: Url,
    login: Option<Login>,
    /// The part that may be shown.
    pub shown: Proxy,
}

/// The user and password that a proxy asks for.
#[derive(Clone)]
struct Login {
    user: SecretString,
    password: SecretString,
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProxyChoice").field("shown", &self.shown).finish_non_exhaustive()
    }
}

/// True for a URL that points at this very machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        None => false,
    }
}

impl ProxyChoice {
    /// A proxy by its URL, and the user and password that it asks for. What the URL has of a login goes:
    /// behind an `@` in a password that isn't percent-encoded, the rest of it looks like a user's name.
    /// `None` where no HTTP client can go through it.
    #[must_use]
    pub fn new(mut url: Url, login: Option<(String, String)>, source: &str) -> Option<Self> {
        url.set_username("").and(url.set_password(None)).ok()?;
        if url.port().is_none() && url.scheme().starts_with("socks") {
            url.set_port(Some(1080)).ok()?;
        }
        if !SCHEMES.contains(&url.scheme()) || url.host_str().is_none_or(str::is_empty) {
            return None;
        }
        let shown =
            Proxy { url: url.as_str().trim_end_matches('/').to_owned(), source: source.to_owned() };
        let login =
            login.map(|(user, password)| Login { user: user.into(), password: password.into() });
        Some(Self { url, login, shown })
    }

    /// The same proxy for the HTTP client.
    ///
    /// # Errors
    ///
    /// When the client can't use it.
    pub fn reqwest(&self) -> Result<reqwest::Proxy, Usage> {
        let mut url = self.url.clone();
        if let (Some(login), false) = (&self.login, self.is_http()) {
            let set = url.set_username(login.user()).and(url.set_password(Some(login.password())));
            set.map_err(|()| malformed())?;
        }
        let proxy = reqwest::Proxy::all(url).map_err(|_| malformed())?;
        Ok(match self.authorization() {
            Some(header) => proxy.custom_http_auth(header),
            None => proxy,
        })
    }

    /// Scheme, host and port.
    pub(crate) const fn url(&self) -> &Url {
        &self.url
    }

    /// True if it is spoken to in HTTP rather than SOCKS.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self.url.scheme(), "http" | "https")
    }

    /// User and password, where given.
    pub(crate) fn login(&self) -> Option<(&str, &str)> {
        self.login.as_ref().map(|login| (login.user(), login.password()))
    }

    /// The header that carries the user-info to an HTTP proxy.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let login = self.login.as_ref().filter(|_| self.is_http())?;
        let value = format!("Basic {}", BASE64_STANDARD.encode(login.pair()));
        let mut header = HeaderValue::from_str(&value).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl Login {
    #[expect(clippy::disallowed_methods, reason = "the user-info is sent to the proxy it is for")]
    fn user(&self) -> &str {
        self.user.expose_secret()
    }

    #[expect(clippy::disallowed_methods, reason = "the user-info is sent to the proxy it is for")]
    fn password(&self) -> &str {
        self.password.expose_secret()
    }

    fn pair(&self) -> String {
        format!("{}:{}", self.user(), self.password())
    }
}

/// A value that is no proxy.
pub(crate) fn malformed() -> Usage {
    Usage::new(
        "--proxy is not the URL of a proxy.",
        "Write it like http://proxy.example:3128; https, socks5 and socks5h will do as well.",
    )
}
