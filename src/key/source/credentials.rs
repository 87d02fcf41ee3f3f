//! The credentials file of HeyGen's own tools (heygen-cli `credentials_file.go`): JSON with
//! `api_key` or `oauth`, or one plain line.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::entry::Entry;
use super::keyring::Keyring;
use super::tools::{Held, Places};
use super::{ABSENT, ApiKey, MOST_BYTES, Search, read};
use crate::files;

/// The most bytes of the file: it holds two tokens at most.
const MOST_OF_FILE: usize = 2 * MOST_BYTES;
/// The fewest characters of something that may be a secret in a file that isn't understood.
const LEAST: usize = 16;

/// Looks for a credential, and for what else in the file must not be shown.
pub(super) fn look(search: &Search<'_>, source: &str, ring: &mut Keyring, places: &mut Places) {
    source.clone_into(&mut places.file);
    let time = search.time.min(files::PATIENCE);
    let bytes = match read(search, &search.config_dir.join("credentials"), MOST_OF_FILE, time) {
        Ok(bytes) => bytes,
        Err(ABSENT) => {
            return ring.push(Entry::none(source, "There is no such file.".to_owned()));
        }
        Err(problem) => return ring.push(Entry::unreadable(source, problem)),
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).trim_ascii();
    let outcome = match text {
        [] => Err("is empty"),
        [b'{', ..] => of_json(source, text, places),
        _ if text.contains(&b'\n') => Err("has more than one line and is not JSON"),
        _ => {
            let key = ApiKey::from_bytes(text.to_vec());
            places.file_key = Held::of(&key);
            Ok((Entry::with(source, key), Vec::new()))
        }
    };
    let (entry, extra) =
        outcome.unwrap_or_else(|problem| (Entry::malformed(source, problem), secrets_in(text)));
    ring.push(entry);
    ring.hide(extra);
}

fn of_json(
    source: &str,
    text: &[u8],
    places: &mut Places,
) -> Result<(Entry, Vec<ApiKey>), &'static str> {
    let json: Value = serde_json::from_slice(text).map_err(|_| "is not valid JSON")?;
    let field = |value: &Value, name: &str| {
        Some(value.get(name)?.as_str()?.to_owned()).filter(|text| !text.is_empty())
    };
    let api_key = field(&json, "api_key").map(key);
    let oauth = json.get("oauth");
    let token = oauth.and_then(|oauth| field(oauth, "access_token")).map(key);
    let refresh = oauth.and_then(|oauth| field(oauth, "refresh_token"));
    let mut extra: Vec<ApiKey> = refresh.into_iter().map(key).collect();
    places.file_key = api_key.as_ref().map_or(Held::Nothing, Held::of);
    places.file_login = token.as_ref().map_or(Held::Nothing, Held::of);
    places.login_ends = oauth.and_then(end);
    // heygen-cli takes a key before a login.
    let entry = match (api_key, token) {
        (Some(api_key), token) => {
            extra.extend(token);
            Entry::with(source, api_key)
        }
        (None, Some(token)) => Entry::login(source, token, places.login_ends),
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
