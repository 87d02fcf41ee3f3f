//! Which proxy stands between this machine and the API, by the rules that the HTTP client itself follows.

use std::ffi::OsString;
use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
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
    /// What may be shown of it.
    pub shown: Proxy,
}

/// What a proxy wants to know before it lets anyone through.
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

/// The proxy for `base_url`: the flag, else what the environment says.
///
/// A loopback target never uses one, not even with the flag (see [`is_loopback`]); a plain-http
/// target only the flag's. `NO_PROXY` concerns the environment's proxies, not the flag.
///
/// # Errors
///
/// When the flag's value is no proxy URL, or carries user-info.
pub fn choose(
    flag: Option<&str>,
    env: &dyn Fn(&str) -> Option<OsString>,
    base_url: &Url,
) -> Result<Option<ProxyChoice>, Usage> {
    let flag = flag.map(from_flag).transpose()?;
    if is_loopback(base_url) {
        Ok(None)
    } else if flag.is_some() || base_url.scheme() != "https" {
        Ok(flag)
    } else {
        Ok(from_env(env, base_url))
    }
}

/// Whether a URL points at this very machine.
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

    /// Every form of the user-info that could turn up in a text.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        let Some(login) = &self.login else { return Vec::new() };
        let mut secrets = vec![login.pair(), BASE64_STANDARD.encode(login.pair())];
        for part in [login.user(), login.password()] {
            if !part.is_empty() {
                secrets.push(part.to_owned());
            }
        }
        secrets
    }

    /// Scheme, host and port.
    pub(crate) const fn url(&self) -> &Url {
        &self.url
    }

    /// Whether it is spoken to in HTTP rather than SOCKS.
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

fn from_flag(value: &str) -> Result<ProxyChoice, Usage> {
    // What stands before an `@` may be a password: it is refused before anything is said of it.
    if value.contains('@') {
        return Err(Usage::new(
            "--proxy carries a user name or a password, and every process can read the arguments.",
            "Put the whole URL into the variable HTTPS_PROXY instead.",
        ));
    }
    let intercept = Matcher::builder().all(value.to_owned()).build();
    let anywhere = http::Uri::from_static("https://heygen.com/");
    let found = intercept.intercept(&anywhere).ok_or_else(malformed)?;
    of_intercept(&found, Proxy::FLAG).ok_or_else(malformed)
}

fn from_env(env: &dyn Fn(&str) -> Option<OsString>, base_url: &Url) -> Option<ProxyChoice> {
    // Under CGI these variables are the client's headers.
    if env("REQUEST_METHOD").is_some() {
        return None;
    }
    let target = http::Uri::try_from(base_url.as_str()).ok()?;
    let no = first(env, ["NO_PROXY", "no_proxy"]).map(|(_, value)| value).unwrap_or_default();
    [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]].into_iter().find_map(|names| {
        let (name, value) = first(env, names)?;
        let matcher = Matcher::builder().https(value).no(no.clone()).build();
        of_intercept(&matcher.intercept(&target)?, name)
    })
}

fn first(
    env: &dyn Fn(&str) -> Option<OsString>,
    names: [&'static str; 2],
) -> Option<(&'static str, String)> {
    names.into_iter().find_map(|name| Some((name, env(name)?.into_string().ok()?)))
}

fn of_intercept(found: &Intercept, source: &str) -> Option<ProxyChoice> {
    let mut url = Url::parse(&found.uri().to_string()).ok()?;
    if url.port().is_none() && url.scheme().starts_with("socks") {
        url.set_port(Some(1080)).ok()?;
    }
    if !SCHEMES.contains(&url.scheme()) || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    let shown = url.as_str().trim_end_matches('/').to_owned();
    let login = login_of(found);
    Some(ProxyChoice { url, login, shown: Proxy { url: shown, source: source.to_owned() } })
}

fn login_of(found: &Intercept) -> Option<Login> {
    let (user, password) = match (found.raw_auth(), found.basic_auth()) {
        (Some((user, password)), _) => (user.to_owned(), password.to_owned()),
        (None, Some(header)) => {
            let encoded = header.as_bytes().strip_prefix(b"Basic ")?;
            let pair = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
            let (user, password) = pair.split_once(':')?;
            (user.to_owned(), password.to_owned())
        }
        (None, None) => return None,
    };
    Some(Login { user: user.into(), password: password.into() })
}

fn malformed() -> Usage {
    Usage::new(
        "--proxy is not the URL of a proxy.",
        "Write it like http://proxy.example:3128; https, socks5 and socks5h will do as well.",
    )
}

#[cfg(test)]
mod tests;
