//! Reads an answer's body: what it is, how it is wrapped, what it says. Pure.
//!
//! Every text goes through `clean` before it is cut or kept.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields;
use crate::record::observation::{Body, BodyKind, Envelope, FaultKind};

/// The most characters of an error body that are kept.
const EXCERPT: usize = 2048;
/// The most characters of a message that are kept.
const MESSAGE: usize = 300;
/// The most characters of a code that are kept.
const CODE: usize = 64;
/// The most top-level members that are named.
const MEMBERS: usize = 24;

/// The bytes of a body as they came off the wire.
#[derive(Debug)]
pub struct Raw<'a> {
    /// At most 65536 bytes.
    pub bytes: &'a [u8],
    /// True if reading stopped at the limit.
    pub truncated: bool,
    /// The fault that ended the body before its announced end.
    pub cut_short: Option<FaultKind>,
    /// True if the status was 2xx: success bodies are not kept.
    pub success: bool,
}

/// A body, read.
#[derive(Debug, PartialEq)]
pub struct Reading {
    /// The body, described.
    pub body: Body,
    /// The form in which it is wrapped.
    pub envelope: Envelope,
    /// The error code, numbers as text.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
}

/// Reads a body. `clean` takes secrets out of a text.
pub fn read(raw: &Raw<'_>, clean: &mut dyn FnMut(&str) -> String) -> Reading {
    let (kind, value) = kind(raw.bytes);
    let object = value.as_ref().and_then(Value::as_object);
    let envelope = object.map_or(Envelope::None, envelope);
    let (code, message) = object.map_or((None, None), said);
    let failed = !raw.success || code.as_deref().is_some_and(|code| code != "100");
    let mut keep = |text: &str, limit: usize| cut(&clean(within(text, limit)), limit);
    let body = Body {
        kind,
        bytes: raw.bytes.len() as u64,
        truncated: raw.truncated,
        cut_short: raw.cut_short,
        members: object.map_or_else(Vec::new, |object| members(object, &mut keep)),
        fields: match object {
            Some(object) if !failed => fields::allowed(object, &mut keep),
            _ => BTreeMap::new(),
        },
        // Whatever stands beside it, the body of a success may tell who the key belongs to.
        excerpt: (!raw.success && kind != BodyKind::Empty && kind != BodyKind::Binary)
            .then(|| keep(&String::from_utf8_lossy(raw.bytes), EXCERPT)),
    };
    let code = code.map(|code| keep(&code, CODE));
    let message = message.filter(|_| failed).map(|message| keep(&message, MESSAGE));
    Reading { body, envelope, code, message }
}

fn kind(bytes: &[u8]) -> (BodyKind, Option<Value>) {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    if text.is_empty() {
        return (BodyKind::Empty, None);
    }
    if let Ok(value) = serde_json::from_slice::<Value>(text) {
        let kind = if value.is_object() { BodyKind::Json } else { BodyKind::JsonOther };
        return (kind, Some(value));
    }
    let mended = mended(text);
    if mended.is_some() {
        return (BodyKind::Json, mended);
    }
    let kind = match text[0] {
        b'{' | b'[' => BodyKind::JsonBroken,
        b'<' => BodyKind::Html,
        _ if looks_like_page(text) => BodyKind::Html,
        _ if is_text(text) => BodyKind::Text,
        _ => BodyKind::Binary,
    };
    (kind, None)
}

/// An object with bytes in its texts that aren't UTF-8: all the rest of it can be read.
fn mended(text: &[u8]) -> Option<Value> {
    let is_damaged = text[0] == b'{' && std::str::from_utf8(text).is_err();
    let value = is_damaged.then(|| serde_json::from_str(&String::from_utf8_lossy(text)).ok())?;
    value.filter(Value::is_object)
}

fn looks_like_page(text: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&text[..text.len().min(512)]).to_ascii_lowercase();
    start.contains("<html") || start.contains("<!doctype html")
}

fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    let odd = start
        .iter()
        .filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..))
        .count();
    odd == 0 && (std::str::from_utf8(bytes).is_ok() || start.is_ascii())
}

/// The envelope, by the members that are there (`{"data"}` alone is V3's success).
fn envelope(object: &Map<String, Value>) -> Envelope {
    let has = |name: &str| object.contains_key(name);
    match object.get("error") {
        Some(Value::Object(_)) if has("data") => return Envelope::V2,
        Some(Value::Object(_)) => return Envelope::V3,
        Some(Value::Null) => return Envelope::V2,
        Some(Value::String(_)) => return Envelope::Oauth,
        _ => {}
    }
    let is_code = matches!(object.get("code"), Some(Value::Number(_) | Value::String(_)));
    if is_code && (has("message") || has("msg") || has("data")) {
        Envelope::V1
    } else if has("detail") {
        let of_problem = ["type", "title", "status", "instance"];
        let is_problem = of_problem.iter().filter(|name| has(name)).count() >= 2;
        if is_problem { Envelope::Problem } else { Envelope::Drf }
    } else if has("data") {
        Envelope::V3
    } else {
        Envelope::None
    }
}

/// Code and message, wherever the envelope keeps them.
fn said(object: &Map<String, Value>) -> (Option<String>, Option<String>) {
    if let Some(error) = object.get("error").and_then(Value::as_object) {
        let code = scalar(error.get("code")).or_else(|| scalar(error.get("type")));
        return (
            code.or_else(|| Some(String::new())).filter(|code| !code.is_empty()),
            text(error.get("message")),
        );
    }
    let message = |object: &Map<String, Value>| {
        let names = ["message", "msg", "error_description", "detail", "title", "reason"];
        names.iter().find_map(|name| text(object.get(*name)))
    };
    if let Some(error) = object.get("errors").and_then(|errors| errors.get(0)?.as_object()) {
        return (scalar(error.get("code")), message(error));
    }
    let code = object.get("error").filter(|error| error.is_string()).or_else(|| object.get("code"));
    (scalar(code), message(object))
}

fn scalar(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn members(
    object: &Map<String, Value>,
    keep: &mut dyn FnMut(&str, usize) -> String,
) -> Vec<String> {
    let mut names: Vec<String> = object.keys().take(MEMBERS).map(|name| keep(name, CODE)).collect();
    names.sort();
    names
}

/// The part of a text that can matter to its first `limit` characters: eight bytes for each, which
/// leaves room for a secret across the limit. The rest of a hostile body is not worth the time.
fn within(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit * 8)]
}

/// The first `limit` characters.
fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(body: &str, success: bool) -> Reading {
        let raw = Raw { bytes: body.as_bytes(), truncated: false, cut_short: None, success };
        read(&raw, &mut |text| text.to_owned())
    }

    #[test]
    fn tells_the_envelopes_apart() {
        for (body, envelope, code) in [
            (r#"{"code":400112,"message":"Unauthorized"}"#, Envelope::V1, Some("400112")),
            (
                r#"{"data":null,"error":{"code":"internal_error","message":"Unauthorized"}}"#,
                Envelope::V2,
                Some("internal_error"),
            ),
            (
                r#"{"error":{"message":"no","code":"unauthorized","doc_url":"x"}}"#,
                Envelope::V3,
                Some("unauthorized"),
            ),
            (r#"{"detail":"Unsupported media type"}"#, Envelope::Drf, None),
            (r#"{"type":"about:blank","status":401,"detail":"no"}"#, Envelope::Problem, None),
            (r#"{"error":"invalid_grant"}"#, Envelope::Oauth, Some("invalid_grant")),
            (r#"{"message":"Forbidden"}"#, Envelope::None, None),
        ] {
            let reading = reading(body, false);
            assert_eq!((reading.envelope, reading.code.as_deref()), (envelope, code), "{body}");
        }
    }

    #[test]
    fn success_bodies_leave_only_the_allowed_fields() {
        let reading = reading(
            r#"{"data":{"email":"someone@example.com","username":"u","billing_type":"wallet","wallet":{"currency":"usd","remaining_balance":4.5}}}"#,
            true,
        );
        assert_eq!(reading.body.excerpt, None);
        assert_eq!(
            reading.body.fields.keys().collect::<Vec<_>>(),
            ["balance", "billing_type", "currency"]
        );
    }

    #[test]
    fn what_stands_beside_an_error_under_200_is_not_kept() {
        for error in
            [r#""error":{"code":"deprecated","message":"hi"}"#, r#""error":"x""#, r#""code":0"#]
        {
            let body = format!(r#"{{"data":{{"username":"u","first_name":"Synthia"}},{error}}}"#);
            assert_eq!(reading(&body, true).body.excerpt, None, "{error}");
            assert!(reading(&body, false).body.excerpt.is_some(), "{error}");
        }
    }

    #[test]
    fn an_error_under_200_is_kept() {
        let reading = reading(r#"{"code":400112,"message":"Unauthorized"}"#, true);
        assert_eq!(reading.message.as_deref(), Some("Unauthorized"));
    }

    #[test]
    fn a_secret_across_the_limit_is_taken_out_whole() {
        for at in EXCERPT - 30..EXCERPT + 2 {
            let body = format!("{}SECRETSECRETSECRET tail", "é".repeat(at));
            let raw =
                Raw { bytes: body.as_bytes(), truncated: false, cut_short: None, success: false };
            let seen = read(&raw, &mut |text| text.replace("SECRETSECRETSECRET", "*"));
            let excerpt = seen.body.excerpt.unwrap();
            assert!(!excerpt.contains('S') && excerpt.chars().count() <= EXCERPT + 1, "{at}");
        }
    }

    #[test]
    fn one_bad_byte_leaves_the_rest_of_an_object_readable() {
        let body = b"{\"code\":400112,\"message\":\"Acc\xe8s\"}";
        let raw = Raw { bytes: body, truncated: false, cut_short: None, success: false };
        let seen = read(&raw, &mut |text| text.to_owned());
        assert_eq!((seen.body.kind, seen.envelope), (BodyKind::Json, Envelope::V1));
        assert_eq!(seen.message.as_deref(), Some("Acc\u{fffd}s"));
    }

    #[test]
    fn very_deep_json_is_broken_json() {
        let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
        assert_eq!(reading(&deep, false).body.kind, BodyKind::JsonBroken);
    }
}
