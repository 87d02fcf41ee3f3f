//! Which proxy stands between this machine and the API, by the rules that the HTTP client itself follows.

use std::ffi::OsString;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use crate::error::Usage;
use crate::record::facts::Proxy;
use crate::redact::Other;
use crate::transport::proxy::malformed;
use crate::transport::{ProxyChoice, is_loopback};

/// The variables in which a proxy's login may stand.
const LOGIN_VARIABLES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

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

/// True where a variable's value can be used as a proxy.
pub(super) fn is_usable(value: &str) -> bool {
    let anywhere = http::Uri::from_static("https://heygen.com/");
    let matcher = Matcher::builder().all(value.to_owned()).build();
    matcher.intercept(&anywhere).is_some_and(|found| of_intercept(&found, "").is_some())
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

/// The login in each variable that may name a proxy, whatever the target: logs may hold any of them.
#[must_use]
pub fn logins(env: &dyn Fn(&str) -> Option<OsString>) -> Vec<Other> {
    let values = LOGIN_VARIABLES.iter().filter_map(|name| env(name)?.into_string().ok());
    let anywhere = http::Uri::from_static("https://heygen.com/");
    let logins = values.filter_map(|value| {
        let found = Matcher::builder().all(value).build().intercept(&anywhere)?;
        let (user, password) = login_of(&found)?;
        Some(Other::Login { user, password })
    });
    logins.collect()
}

fn first(
    env: &dyn Fn(&str) -> Option<OsString>,
    names: [&'static str; 2],
) -> Option<(&'static str, String)> {
    names.into_iter().find_map(|name| Some((name, env(name)?.into_string().ok()?)))
}

fn of_intercept(found: &Intercept, source: &str) -> Option<ProxyChoice> {
    let url = Url::parse(&found.uri().to_string()).ok()?;
    ProxyChoice::new(url, login_of(found), source)
}

/// User and password, which stand in the URL of SOCKS proxies and in a header for the others.
fn login_of(found: &Intercept) -> Option<(String, String)> {
    if let Some((user, password)) = found.raw_auth() {
        return Some((user.to_owned(), password.to_owned()));
    }
    let encoded = found.basic_auth()?.as_bytes().strip_prefix(b"Basic ")?;
    let pair = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests;
