//! The values of a success body that may be kept: no name, no e-mail address, no title.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Where an allowed value stands, and the name it is kept under
/// (`/v3/api_keys/self` and `/v3/users/me`: developers.heygen.com; `remaining_quota`: docs.heygen.com).
const ALLOWED: &[(&[&str], &str)] = &[
    (&["scope_mode"], "scope_mode"),
    (&["scopes"], "scopes"),
    (&["key_id"], "key_id"),
    (&["status"], "key_status"),
    (&["created_at"], "created_at"),
    (&["expires_at"], "expires_at"),
    (&["expires_in_seconds"], "expires_in_seconds"),
    (&["billing_type"], "billing_type"),
    (&["wallet", "remaining_balance"], "balance"),
    (&["wallet", "currency"], "currency"),
    (&["subscription", "plan"], "plan"),
    (&["subscription", "credits", "premium_credits", "remaining"], "premium_credits"),
    (&["usage_based", "remaining_credits"], "remaining_credits"),
    (&["remaining_quota"], "quota"),
];

const TEXT: usize = 64;
const ENTRIES: usize = 64;

/// The allowed values of a success body, wrapped in `data` or not.
pub(super) fn allowed(
    object: &Map<String, Value>,
    keep: &mut dyn FnMut(&str, usize) -> String,
) -> BTreeMap<String, Value> {
    let data = object.get("data").and_then(Value::as_object).unwrap_or(object);
    ALLOWED
        .iter()
        .filter_map(|(path, name)| Some(((*name).to_owned(), plain(at(data, path)?, keep)?)))
        .collect()
}

fn at<'a>(object: &'a Map<String, Value>, path: &[&str]) -> Option<&'a Value> {
    let (last, parents) = path.split_last()?;
    let holder = parents.iter().try_fold(object, |object, name| object.get(*name)?.as_object())?;
    holder.get(*last)
}

fn plain(value: &Value, keep: &mut dyn FnMut(&str, usize) -> String) -> Option<Value> {
    match value {
        Value::Bool(_) | Value::Number(_) => Some(value.clone()),
        Value::String(text) => Some(Value::String(keep(text, TEXT))),
        Value::Array(entries) => Some(Value::Array(
            entries
                .iter()
                .take(ENTRIES)
                .filter_map(|entry| Some(Value::String(keep(entry.as_str()?, TEXT))))
                .collect(),
        )),
        Value::Null | Value::Object(_) => None,
    }
}
