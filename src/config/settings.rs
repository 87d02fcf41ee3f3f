//! Settings that the doctor can't use, or doesn't read although other programs do.

use std::ffi::OsString;

use url::Url;

use super::proxy;
use crate::heygen::host;
use crate::record::facts::{Setting, SettingKind};
use crate::text::list;

/// Variables that name certificate authorities, and who reads them.
const ROOTS: [(&str, &str); 3] = [
    ("NODE_EXTRA_CA_CERTS", "Node"),
    ("REQUESTS_CA_BUNDLE", "Python's requests"),
    ("CURL_CA_BUNDLE", "curl"),
];

/// Every such setting.
pub(super) fn look(env: &dyn Fn(&str) -> Option<OsString>, base_url: &Url) -> Vec<Setting> {
    let set = |name: &str| {
        env(name).and_then(|value| value.into_string().ok()).filter(|value| !value.is_empty())
    };
    let proxies = proxy::for_https().filter_map(|name| unusable_proxy(name, &set(name)?));
    let mut settings: Vec<Setting> = proxies.collect();
    if let Some(name) = proxy::FOR_HTTP.into_iter().find(|name| set(name).is_some())
        && base_url.scheme() == "https"
        && proxy::for_https().all(|name| set(name).is_none())
    {
        settings.push(setting(
            name,
            SettingKind::Proxy,
            format!("{name} is for plain http; no proxy was used for https."),
            "If a proxy is needed, set HTTPS_PROXY to the same value",
        ));
    }
    let roots: Vec<(&str, &str)> =
        ROOTS.into_iter().filter(|(name, _)| set(name).is_some()).collect();
    settings.extend(other_roots(&roots));
    settings.extend(set("HEYGEN_API_URL").and_then(|value| hyperframes_url(&value, base_url)));
    settings
}

/// Certificate authorities that only other programs trust, in one sentence for all variables.
fn other_roots(roots: &[(&str, &str)]) -> Option<Setting> {
    let message = match roots {
        [] => return None,
        [(name, reader)] => {
            format!("{name} is set, which {reader} reads and the doctor doesn't.")
        }
        many => {
            let names: Vec<String> = many.iter().map(|(name, _)| (*name).to_owned()).collect();
            format!("{} are set, which other programs read and the doctor doesn't.", list(&names))
        }
    };
    let step =
        "If it names a root of your network, give the doctor the same file with --ca-cert FILE";
    Some(setting(roots[0].0, SettingKind::Roots, message, step))
}

fn setting(name: &str, kind: SettingKind, message: String, step: &str) -> Setting {
    Setting { name: name.to_owned(), kind, message, step: step.to_owned() }
}

/// Says why a proxy can't be used; its value is never repeated, for it may hold a password.
fn unusable_proxy(name: &str, value: &str) -> Option<Setting> {
    let unusable = |why: String, step: &str| {
        let message = format!("{name} can't be used, so no proxy was: {why}.");
        Some(setting(name, SettingKind::Proxy, message, step))
    };
    let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
    if let Some(sign) = raw_sign(rest) {
        let step =
            format!("Percent-encode it: write `{}` for `{sign}` in the password", encoded(sign));
        if proxy::is_usable(value) {
            let message = format!(
                "{name} has a `{sign}` in its password or user name as it is: the doctor reads it, and other programs may not."
            );
            return Some(setting(name, SettingKind::Proxy, message, &step));
        }
        return unusable(format!("a `{sign}` stands in its password or user name as it is"), &step);
    }
    if scheme.eq_ignore_ascii_case("socks") {
        return unusable(
            "`socks://` is not a scheme that programs agree on".to_owned(),
            "Write `socks5h://` in place of `socks://`",
        );
    }
    if proxy::is_usable(value) {
        return None;
    }
    unusable(
        "it is not the URL of a proxy".to_owned(),
        "Write it like `http://HOST:PORT`, with `http`, `https`, `socks5`, or `socks5h`",
    )
}

/// A sign in the user name or password that ends the host's part of a URL too early.
fn raw_sign(rest: &str) -> Option<char> {
    let (login, _) = rest.rsplit_once('@')?;
    login.chars().find(|sign| matches!(sign, '@' | '#' | '/' | '?'))
}

const fn encoded(sign: char) -> &'static str {
    match sign {
        '@' => "%40",
        '#' => "%23",
        '/' => "%2F",
        _ => "%3F",
    }
}

/// The base URL of hyperframes, which only hyperframes reads.
fn hyperframes_url(value: &str, base_url: &Url) -> Option<Setting> {
    let url = Url::parse(value.trim()).ok();
    if url.as_ref().is_some_and(|url| url.host_str() == base_url.host_str()) {
        return None;
    }
    let where_to = match url.as_ref().and_then(Url::host_str) {
        None => "It is not a URL".to_owned(),
        Some(named) => match host::other_service(value.trim()) {
            Some(service) => format!("It leads to {service}"),
            None => format!("It leads to {named}"),
        },
    };
    Some(setting(
        "HEYGEN_API_URL",
        SettingKind::BaseUrl,
        format!(
            "HEYGEN_API_URL is set, and only hyperframes reads it. {where_to}; the doctor asked another host."
        ),
        "Unset HEYGEN_API_URL, or check that host with --base-url URL",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(env: &[(&str, &str)]) -> Vec<Setting> {
        let lookup = |name: &str| {
            env.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        look(&lookup, &"https://api.heygen.com/".parse().unwrap())
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_told_with_what_is_wrong() {
        for (value, says) in [
            ("socks://proxy.test:1080", "socks5h://"),
            ("http://anna:hun@ter2@proxy.test:1", "`%40` for `@`"),
            ("http://anna:hun#ter2@proxy.test:1", "`%23` for `#`"),
            ("http://anna:hun/ter2@proxy.test:1", "`%2F` for `/`"),
            ("http://anna:hun?ter2@proxy.test:1", "`%3F` for `?`"),
            ("anna:hun#ter2@proxy.test:1", "`%23` for `#`"),
            ("ftp://proxy.test:1", "http://HOST:PORT"),
            ("http://", "http://HOST:PORT"),
        ] {
            for name in proxy::for_https() {
                let settings = found(&[(name, value)]);
                assert_eq!(settings.len(), 1, "{value}");
                assert!(settings[0].step.contains(says), "{:?}", settings[0]);
                let told = format!("{:?}", settings[0]);
                assert!(!told.contains("anna") && !told.contains("ter2"), "{told}");
            }
        }
    }

    #[test]
    fn a_proxy_that_can_be_used_is_not() {
        for value in [
            "http://proxy.test:3128",
            "http://anna:hun%40ter2@proxy.test:1",
            "proxy.test:3128",
            "socks5h://proxy.test",
            "https://proxy.test:443",
        ] {
            assert!(found(&[("HTTPS_PROXY", value)]).is_empty(), "{value}");
        }
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn settings_of_other_programs_are_told() {
        for (name, value, says) in [
            ("NODE_EXTRA_CA_CERTS", "/etc/corp.pem", "which Node reads"),
            ("REQUESTS_CA_BUNDLE", "/etc/corp.pem", "requests reads"),
            ("HTTP_PROXY", "http://proxy.test:1", "plain http"),
            ("HEYGEN_API_URL", "https://api.liveavatar.com", "LiveAvatar"),
            ("HEYGEN_API_URL", "https://gateway.test/x", "gateway.test"),
            ("HEYGEN_API_URL", "gateway", "not a URL"),
        ] {
            let settings = found(&[(name, value)]);
            assert_eq!(settings.len(), 1, "{name}");
            assert!(settings[0].message.contains(says), "{:?}", settings[0]);
        }
        assert!(found(&[("HEYGEN_API_URL", "https://api.heygen.com")]).is_empty());
    }
}
