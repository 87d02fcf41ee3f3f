//! The response headers that are kept, and in which form.

use std::collections::BTreeMap;

use http::header::HeaderMap;

/// Headers whose values say something about who answered, and why.
const KEPT: &[&str] = &[
    "age",
    "allow",
    "cf-mitigated",
    "cf-ray",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "deprecation",
    "location",
    "proxy-authenticate",
    "proxy-status",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "server",
    "sunset",
    "via",
    "www-authenticate",
    "x-amz-cf-id",
    "x-amz-cf-pop",
    "x-amzn-errortype",
    "x-amzn-request-id",
    "x-amzn-trace-id",
    "x-cache",
    "x-kong-response-latency",
    "x-request-id",
];

/// Headers that carry an id which support may be able to look up; opaque to us.
const IDS: &[&str] = &["cf-ray", "x-amzn-request-id", "x-amzn-trace-id", "x-request-id"];

/// The most characters of a value that are kept.
const LONGEST: usize = 256;

/// The headers of the allow-list, cleaned. Of cookies only the names are kept.
pub(super) fn kept(
    headers: &HeaderMap,
    clean: &mut dyn FnMut(&str) -> String,
) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for name in KEPT {
        let values: Vec<String> = headers
            .get_all(*name)
            .iter()
            .take(4)
            .map(|value| {
                clean(&String::from_utf8_lossy(value.as_bytes())).chars().take(LONGEST).collect()
            })
            .collect();
        if !values.is_empty() {
            kept.insert((*name).to_owned(), values.join(", "));
        }
    }
    let cookies = cookie_names(headers, clean);
    if !cookies.is_empty() {
        kept.insert("set-cookie".to_owned(), cookies);
    }
    kept
}

fn cookie_names(headers: &HeaderMap, clean: &mut dyn FnMut(&str) -> String) -> String {
    let names: Vec<String> = headers
        .get_all("set-cookie")
        .iter()
        .take(8)
        .filter_map(|value| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let name = text.split('=').next()?.trim();
            let plain = name.len() <= 40
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            plain.then(|| clean(name))
        })
        .collect();
    names.join(", ")
}

/// The ids among the kept headers.
pub(super) fn ids(kept: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    IDS.iter().filter_map(|name| Some(((*name).to_owned(), kept.get(*name)?.clone()))).collect()
}
