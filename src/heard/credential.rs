//! The credentials of a request: where each stands, in which scheme, and how it stands to the known keys.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Sent;
use super::sent::bare;
use crate::key::source::Keyring;
use crate::key::{ApiKey, Kind};
use crate::record::facts::{About, CredentialInfo, FindingId, Severity};
use crate::record::heard::{Form, Presented};

/// The header that HeyGen reads an API key from.
const KEY_HEADER: &str = "x-api-key";
/// The header that it reads the token of a login from.
const AUTHORIZATION: &str = "authorization";
/// Names under which people send a key by mistake, without hyphens.
const NEAR: [&str; 13] = [
    "apikey",
    "xapikey",
    "xapitoken",
    "apitoken",
    "heygenapikey",
    "xheygenapikey",
    "heygenkey",
    "xheygenkey",
    "authentication",
    "xauthtoken",
    "accesstoken",
    "xaccesstoken",
    "xkey",
];
/// The same for parameters of a URL, which `key` and `token` alone are often enough.
const PARAMETERS: [&str; 2] = ["key", "token"];

/// Words that stand before a credential in `Authorization`.
const SCHEMES: [&str; 8] =
    ["bearer", "basic", "token", "apikey", "api-key", "key", "x-api-key", "oauth"];

/// The least length of a key that is told by its form alone.
const SHORTEST: usize = 16;
/// Longer labels of a host are taken for a part of a secret.
const LONG_LABEL: usize = 24;

/// Where a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `X-Api-Key`.
    KeyHeader,
    /// `Authorization`.
    Authorization,
    /// Another header, which HeyGen doesn't read.
    OtherHeader,
    /// The URL.
    Url,
    /// The body.
    Body,
}

/// A credential in a request.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: Place,
    /// The name as it was spelled.
    pub(super) name: String,
    pub(super) scheme: String,
    pub(super) key: ApiKey,
    /// The value is a variable that isn't known.
    pub(super) is_unexpanded: bool,
    /// The name says that it is a credential.
    pub(super) is_named: bool,
}

impl Found {
    /// A user and a password, which are no key even where one of them is.
    pub(super) fn is_basic(&self) -> bool {
        let is_pair = login(self).is_some_and(|login| login.contains(&b':'));
        self.scheme.eq_ignore_ascii_case("basic") && (is_pair || !self.key.is_heygens())
    }

    /// It stands in no header.
    const fn is_outside(&self) -> bool {
        matches!(self.place, Place::Url | Place::Body)
    }

    /// A key whatever the name beside it says: a known one, or of HeyGen's form.
    fn is_sure(&self, keyring: &Keyring) -> bool {
        self.key.is_heygens() || known(self, keyring).is_some()
    }

    /// The values of which no part may be shown.
    pub(super) fn secrets(&self) -> Vec<ApiKey> {
        let mut all = vec![self.key.clone()];
        all.extend(self.key.repaired());
        all.extend(basic(self));
        all
    }
}

/// Every credential of a request, in the order in which they came; those outside of headers behind them.
pub(super) fn all(sent: &Sent, keyring: &Keyring) -> Vec<Found> {
    let headers = sent.headers.iter().filter_map(|(name, value)| {
        let place = place(name)?;
        let (scheme, value) = match place {
            Place::Authorization => split(value),
            _ => (String::new(), value.as_slice()),
        };
        Some(found(sent, place, name.clone(), scheme, value.to_vec()))
    });
    let outside = outside_headers(sent).into_iter();
    headers.chain(outside.filter(|one| one.is_named || one.is_sure(keyring))).collect()
}

/// Drops what only the name of a parameter makes a credential, where a header holds one.
pub(super) fn drop_named(found: &mut Vec<Found>, keyring: &Keyring) {
    let has_header = found.iter().any(|one| !one.is_outside());
    found.retain(|one| !has_header || !one.is_outside() || one.is_sure(keyring));
}

fn found(sent: &Sent, place: Place, name: String, scheme: String, value: Vec<u8>) -> Found {
    let text = String::from_utf8_lossy(&value);
    let is_unexpanded = sent.unexpanded.iter().any(|variable| text.contains(variable.as_str()));
    Found { place, name, scheme, key: ApiKey::from_bytes(value), is_unexpanded, is_named: true }
}

fn place(name: &str) -> Option<Place> {
    if name.eq_ignore_ascii_case(KEY_HEADER) {
        return Some(Place::KeyHeader);
    }
    if name.eq_ignore_ascii_case(AUTHORIZATION) {
        return Some(Place::Authorization);
    }
    NEAR.contains(&plain(name).as_str()).then_some(Place::OtherHeader)
}

/// Letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The scheme and the value behind it. Another word than a known one is a part of the value.
fn split(value: &[u8]) -> (String, &[u8]) {
    let end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
    let (word, rest) = value.split_at(end);
    let is_scheme = SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme.as_bytes()));
    // `Bearer` with nothing behind it is no value.
    if !is_scheme || (rest.is_empty() && !word.eq_ignore_ascii_case(b"bearer")) {
        return (String::new(), value);
    }
    (String::from_utf8_lossy(word).into_owned(), rest.strip_prefix(b" ").unwrap_or(rest))
}

/// The values of the URL and the body: of parameters, parts of the path, and strings in JSON.
fn outside_headers(sent: &Sent) -> Vec<Found> {
    let (path, query) = sent.target.split_once('?').unwrap_or((&sent.target, ""));
    let parts = path.split('/').filter(|part| part.len() >= SHORTEST);
    let parts = parts.map(|part| (Place::Url, "path".to_owned(), part.to_owned()));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(name, value)| (Place::Url, format!("?{name}"), value.to_owned()));
    let mut strings = Vec::new();
    if let Ok(body) = serde_json::from_slice(&sent.body) {
        gather(body, &mut strings);
    }
    let strings = strings.into_iter().map(|text| (Place::Body, "body".to_owned(), text));
    let all = parts.chain(pairs).chain(strings).map(|(place, name, value)| {
        let value = match place {
            Place::Body => value.into_bytes(),
            _ => percent_decode_str(&value).collect(),
        };
        let plain = plain(&name);
        let is_named = name.starts_with('?')
            && (NEAR.contains(&plain.as_str()) || PARAMETERS.contains(&plain.as_str()));
        Found { is_named, ..found(sent, place, name, String::new(), value) }
    });
    all.filter(|one| one.is_named || one.key.len() >= SHORTEST).collect()
}

/// Every string in a JSON value that is long enough for a key.
fn gather(value: Value, strings: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() >= SHORTEST => strings.push(text),
        Value::Array(list) => list.into_iter().for_each(|one| gather(one, strings)),
        Value::Object(map) => map.into_iter().for_each(|(_, one)| gather(one, strings)),
        _ => {}
    }
}

/// A host that no name server knows: curl takes a value for one that isn't quoted as its shell wants it.
pub(super) fn in_host(sent: &Sent) -> Option<ApiKey> {
    let host = bare(&sent.host);
    let is_long = |label: &str| label.len() >= LONG_LABEL && !label.contains('-');
    let is_odd =
        !host.contains('.') || host.split('.').any(is_long) || host.contains(['=', '\'', '"', '+']);
    (is_odd && !host.ends_with("heygen.com") && !sent.is_host_unexpanded())
        .then(|| ApiKey::from_bytes(host.as_bytes().to_vec()))
}

/// What the value of a `Basic` login stands for.
fn login(found: &Found) -> Option<Vec<u8>> {
    let is_basic = found.scheme.eq_ignore_ascii_case("basic");
    is_basic.then(|| BASE64_STANDARD.decode(found.key.bytes().trim_ascii()).ok()).flatten()
}

/// The two halves of a `Basic` login.
pub(super) fn basic(found: &Found) -> Vec<ApiKey> {
    let login = login(found).unwrap_or_default();
    let halves = login.splitn(2, |byte| *byte == b':');
    halves.filter(|half| !half.is_empty()).map(|half| ApiKey::from_bytes(half.to_vec())).collect()
}

/// What may be told of a credential.
pub(super) fn presented(found: &Found, keyring: &Keyring) -> Presented {
    // A password may be short enough to be guessed by its fingerprint.
    let is_told = found.key.is_secret() && !found.is_unexpanded && !found.is_basic();
    let known = (!found.is_unexpanded).then(|| known(found, keyring)).flatten();
    let is_none = matches!(found.key.kind(), Kind::Placeholder | Kind::Empty);
    let none = if is_none { Form::Placeholder } else { Form::Unknown };
    Presented {
        header: found.name.clone(),
        scheme: found.scheme.clone(),
        form: known.as_ref().map_or(none, |known| known.form),
        kind: found.key.kind(),
        fingerprint: is_told.then(|| found.key.fingerprint()),
        is_login: known.as_ref().is_some_and(|known| known.is_login),
        source: known.map(|known| known.source),
    }
}

/// The known key that a value is, and in which form.
struct Known {
    form: Form,
    source: String,
    is_login: bool,
}

fn known(found: &Found, keyring: &Keyring) -> Option<Known> {
    let halves = basic(found);
    let coded = halves.iter().map(|half| (half, true));
    let values: Vec<_> = [(&found.key, false)].into_iter().chain(coded).collect();
    keyring.named().enumerate().find_map(|(at, (source, known, is_login))| {
        let (form, is_coded) =
            values.iter().find_map(|(key, coded)| Some((key.form_of(known)?, *coded)))?;
        let form = match form {
            // The first is the one in use.
            _ if at > 0 => Form::OtherSource,
            _ if is_coded => Form::Encoded,
            form => form,
        };
        Some(Known { form, source: source.to_owned(), is_login })
    })
}

/// All that may be told of a value.
pub(super) fn info(found: &Found, presented: &Presented, now: DateTime<Utc>) -> CredentialInfo {
    let key = &found.key;
    let mut findings = if found.is_unexpanded { Vec::new() } else { key.findings(now) };
    // The token of a login is right behind `Bearer`, and a login of another kind has a form of its own.
    let is_login = found.place == Place::Authorization && !key.is_heygens();
    findings.retain(|finding| {
        let is_of_keys = matches!(finding.id.about(), About::Foreign | About::Form | About::Layers);
        !(is_login && is_of_keys)
    });
    // Blanks at the ends are cut off on the way, others aren't.
    if key.has_inner_blank() || key.has_no_break_space() {
        let blanks = findings.iter_mut().filter(|finding| finding.id == FindingId::KeyBlanks);
        blanks.for_each(|finding| finding.severity = Severity::Error);
    }
    CredentialInfo {
        source: Some(format!("the header `{}`", found.name)),
        fingerprint: presented.fingerprint.clone(),
        length: Some(key.len()),
        shape: Some(key.shape()),
        kind: Some(key.kind()),
        created_at: key.created_at(),
        findings,
        ..CredentialInfo::default()
    }
}

/// True where the value itself can't be right.
pub(super) fn is_flawed(info: &CredentialInfo) -> bool {
    info.findings.iter().any(|finding| finding.severity == Severity::Error)
}
