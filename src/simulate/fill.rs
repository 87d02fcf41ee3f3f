//! Parts of a request that its answer repeats.

use serde_json::Value;

/// Fills the places that a scenario leaves open: `${credential}`, `${credential:8}` (its first
/// eight characters), `${path}`, and `${serial}` (the number of the request, from 1 on).
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill<'a> {
    credential: &'a str,
    path: &'a str,
    serial: u64,
}

impl<'a> Fill<'a> {
    /// For the answer to a request: its credential, its path, and its number.
    pub(super) const fn new(credential: &'a str, path: &'a str, serial: u64) -> Self {
        Self { credential, path, serial }
    }

    /// The text with its places filled.
    pub(super) fn text(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            filled.push_str(before);
            if let Some((value, left)) =
                after.split_once('}').and_then(|(name, left)| Some((self.place(name)?, left)))
            {
                filled.push_str(&value);
                rest = left;
            } else {
                filled.push_str("${");
                rest = after;
            }
        }
        filled + rest
    }

    /// The same in every string of a value, which stays well-formed whatever was sent.
    pub(super) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.text(&text).into(),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, member)| (name, self.value(member))).collect()
            }
            other => other,
        }
    }

    fn place(&self, name: &str) -> Option<String> {
        match name.split_once(':').unwrap_or((name, "")) {
            ("path", "") => Some(self.path.to_owned()),
            ("serial", "") => Some(format!("{:06}", self.serial)),
            ("credential", "") => Some(self.credential.to_owned()),
            ("credential", count) => {
                Some(self.credential.chars().take(count.parse().ok()?).collect())
            }
            _ => None,
        }
    }
}
