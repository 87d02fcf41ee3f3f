//! URLs as curl takes them apart.

use percent_encoding::percent_decode_str;

use crate::record::heard::Slip;

/// A URL, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) is_https: bool,
    /// With its port where that isn't the usual one.
    pub(super) host: String,
    /// User and password.
    pub(super) login: Option<Vec<u8>>,
    /// Path and query.
    pub(super) target: String,
}

impl Parts {
    /// What its scheme shows.
    pub(super) fn noted(&self) -> Vec<Slip> {
        if self.is_https { Vec::new() } else { vec![Slip::PlainHttp] }
    }
}

/// Takes a URL apart; none for what has no host, or isn't HTTP.
pub(super) fn parts(text: &str, as_is: bool) -> Option<Parts> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("http".to_owned(), text),
    };
    let is_https = match scheme.as_str() {
        "https" => true,
        "http" => false,
        _ => return None,
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let (login, host) = match authority.rsplit_once('@') {
        Some((login, host)) => (Some(percent_decode_str(login).collect()), host),
        None => (None, authority),
    };
    let host = host.to_ascii_lowercase();
    let usual = if is_https { ":443" } else { ":80" };
    let host = host.strip_suffix(usual).unwrap_or(&host).trim_end_matches(':').to_owned();
    (!host.is_empty()).then(|| Parts { is_https, host, login, target: normal(target, as_is) })
}

/// The same for a URL with variables in it: host and scheme aren't known where it begins with one.
pub(super) fn parts_of(text: &str, unknown: &[String], as_is: bool) -> Option<Parts> {
    let begun =
        unknown.iter().find_map(|variable| Some((variable, text.strip_prefix(variable.as_str())?)));
    let Some((variable, rest)) = begun else { return parts(text, as_is) };
    if rest.starts_with("://") {
        return parts(&format!("https{rest}"), as_is);
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = format!("{variable}{host}");
    Some(Parts { is_https: true, host, login: None, target: normal(target, as_is) })
}

/// Letters beyond ASCII in the path encoded, its dots resolved; a query stays as it is.
fn normal(target: &str, as_is: bool) -> String {
    let (path, query) = match target.find('?') {
        Some(at) => target.split_at(at),
        None => (target, ""),
    };
    let path = if path.is_empty() { "/" } else { path };
    let path = if as_is { path.to_owned() } else { without_dots(path) };
    encoded(&path) + &query.replace(' ', "%20")
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            0x21..=0x7e => char::from(byte).to_string(),
            byte => format!("%{byte:02x}"),
        })
        .collect()
}

/// A path that ends with a slash gets the name of the file that is uploaded; standard input has none.
pub(super) fn with_name(target: &str, file: &str) -> String {
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let name =
        file.rsplit('/').next().filter(|name| path.ends_with('/') && !["-", "."].contains(name));
    format!("{path}{}{query}", percent(name.unwrap_or_default().as_bytes()))
}

/// As a part of a URL.
pub(super) fn percent(text: &[u8]) -> String {
    let encoded = text.iter().map(|byte| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// RFC 3986 §5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let parts: Vec<&str> = path.split('/').collect();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        match *part {
            "." | ".." => {
                if *part == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    kept.join("/")
}
