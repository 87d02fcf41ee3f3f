//! The credentials file of HeyGen's own tools (heygen-cli `credentials_file.go`): JSON with
//! `api_key` or `oauth`, or one plain line.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::entry::Entry;
use super::{ABSENT, ApiKey, MOST_BYTES, read};

/// The most bytes of the file: it holds two tokens at most.
const MOST_OF_FILE: usize = 2 * MOST_BYTES;
/// The fewest characters of something that may be a secret in a file that isn't understood.
const LEAST: usize = 16;

/// Looks for a credential, and for what else in the file must not be shown.
pub(super) fn look(path: &Path, source: &str, time: Duration) -> (Entry, Vec<ApiKey>) {
    let bytes = match read(path, MOST_OF_FILE, time) {
        Ok(bytes) => bytes,
        Err(ABSENT) => return (Entry::absent(source), Vec::new()),
        Err(problem) => return (Entry::broken(source, problem), Vec::new()),
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).trim_ascii();
    let outcome = match text {
        [] => Err("is empty"),
        [b'{', ..] => of_json(source, text),
        _ if text.contains(&b'\n') => Err("has more than one line and is not JSON"),
        _ => Ok((Entry::of(source, text.to_vec()), Vec::new())),
    };
    outcome.unwrap_or_else(|problem| (Entry::broken(source, problem), secrets_in(text)))
}

fn of_json(source: &str, text: &[u8]) -> Result<(Entry, Vec<ApiKey>), &'static str> {
    let json: Value = serde_json::from_slice(text).map_err(|_| "is not valid JSON")?;
    let field = |value: &Value, name: &str| Some(value.get(name)?.as_str()?.to_owned());
    let api_key = field(&json, "api_key");
    let oauth = json.get("oauth");
    let token = oauth.and_then(|oauth| field(oauth, "access_token"));
    let refresh = oauth.and_then(|oauth| field(oauth, "refresh_token"));
    let mut extra: Vec<ApiKey> = refresh.into_iter().map(key).collect();
    // The tools take a key before a login.
    let entry =
        match (api_key.filter(|key| !key.is_empty()), token.filter(|token| !token.is_empty())) {
            (Some(api_key), token) => {
                extra.extend(token.map(key));
                Entry::with(source, key(api_key))
            }
            (None, Some(token)) => Entry::login(source, key(token), oauth.and_then(end)),
            (None, None) => return Err("holds neither `api_key` nor `oauth`"),
        };
    Ok((entry, extra))
}

/// When a login ends: heygen-cli writes RFC 3339; other tools, seconds since 1970.
fn end(oauth: &Value) -> Option<DateTime<Utc>> {
    match oauth.get("expires_at")? {
        Value::String(text) => text.parse().ok(),
        number => DateTime::from_timestamp(number.as_i64()?, 0),
    }
}

fn key(text: String) -> ApiKey {
    ApiKey::from_bytes(text.into_bytes())
}

fn secrets_in(text: &[u8]) -> Vec<ApiKey> {
    let within = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=' | b'.')
    };
    text.split(|byte| !within(byte))
        .filter(|piece| piece.len() >= LEAST)
        .map(|piece| ApiKey::from_bytes(piece.to_vec()))
        .collect()
}
