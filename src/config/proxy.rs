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

/// The variables that name a proxy for https, in the order in which they are read; the first of each
/// pair that is set, though it may be empty, hides the second.
const FOR_HTTPS: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];
/// Those that name one for plain http.
pub(super) const FOR_HTTP: [&str; 2] = ["HTTP_PROXY", "http_proxy"];
/// Those that name the hosts for which there is none.
const EXCEPT_FOR: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The variables that name a proxy for https.
pub(super) fn for_https() -> impl Iterator<Item = &'static str> {
    FOR_HTTPS.into_iter().flatten()
}

/// The variables about proxies that are set to something, by name.
pub(super) fn set(env: &dyn Fn(&str) -> Option<OsString>) -> Vec<String> {
    let names = for_https().chain(FOR_HTTP).chain(EXCEPT_FOR);
    let is_set = |name: &&str| env(name).is_some_and(|value| !value.is_empty());
    names.filter(is_set).map(str::to_owned).collect()
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
        Ok(from_env(env, base_url, &FOR_HTTPS))
    }
}

/// True where a variable's value can be used as a proxy.
pub(super) fn is_usable(value: &str) -> bool {
    read(value).is_some_and(|found| of_intercept(&found, "").is_some())
}

/// A proxy's URL, as the HTTP client reads it.
fn read(value: &str) -> Option<Intercept> {
    let anywhere = http::Uri::from_static("https://heygen.com/");
    Matcher::builder().all(value.to_owned()).build().intercept(&anywhere)
}

fn from_flag(value: &str) -> Result<ProxyChoice, Usage> {
    // What stands before an `@` may be a password: it is refused before anything is said of it.
    if value.contains('@') {
        return Err(Usage::new(
            "--proxy carries a user name or a password, and every process can read the arguments.",
            "Put the whole URL into the variable HTTPS_PROXY instead.",
        ));
    }
    let found = read(value).ok_or_else(malformed)?;
    of_intercept(&found, Proxy::FLAG).ok_or_else(malformed)
}

/// The environment's proxy for a plain-http target, which the doctor itself never asks through one.
#[must_use]
pub fn for_plain(env: &dyn Fn(&str) -> Option<OsString>, target: &Url) -> Option<ProxyChoice> {
    let names = [FOR_HTTP, FOR_HTTPS[1]];
    if is_loopback(target) { None } else { from_env(env, target, &names) }
}

fn from_env(
    env: &dyn Fn(&str) -> Option<OsString>,
    target: &Url,
    names: &[[&'static str; 2]],
) -> Option<ProxyChoice> {
    // Under CGI these variables are the client's headers.
    if env("REQUEST_METHOD").is_some() {
        return None;
    }
    let target = http::Uri::try_from(target.as_str()).ok()?;
    let no = first(env, EXCEPT_FOR).map(|(_, value)| value).unwrap_or_default();
    names.iter().find_map(|names| {
        let (name, value) = first(env, *names)?;
        let matcher = Matcher::builder().all(value).no(no.clone()).build();
        of_intercept(&matcher.intercept(&target)?, name)
    })
}

/// The login in each variable that may name a proxy, whatever the target and also where it can't be
/// used: logs may hold any of them.
#[must_use]
pub fn logins(env: &dyn Fn(&str) -> Option<OsString>) -> Vec<Other> {
    let values = for_https().chain(FOR_HTTP).filter_map(|name| env(name)?.into_string().ok());
    let mut logins: Vec<(String, String)> = values
        .flat_map(|value| {
            let read = read(&value).and_then(|found| login_of(&found));
            [read, login_as_written(&value)]
        })
        .flatten()
        .collect();
    // Most often all of the variables have the same value.
    logins.sort_unstable();
    logins.dedup();
    logins.into_iter().map(|(user, password)| Other::Login { user, password }).collect()
}

/// User and password by the signs around them, also where these are no part of a URL's login: a `#` or
/// a `/` in a password that isn't percent-encoded ends the host's part too early.
fn login_as_written(value: &str) -> Option<(String, String)> {
    let (_, rest) = value.split_once("://").unwrap_or(("", value));
    let (login, _) = rest.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
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
