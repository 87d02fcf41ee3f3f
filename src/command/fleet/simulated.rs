//! The list of a simulated fleet: the scenario's own keys, and others that no list is without.

use std::fmt::Write as _;

use serde_json::json;

use crate::key::ApiKey;
use crate::simulate::Scenario;

/// What stands in many lists instead of a key.
const STAND_IN: &str = "your-api-key-here";

/// A list of synthetic keys: those of the scenario first, then one that nobody has issued, one that is
/// none, and one that is missing.
pub(super) fn list(scenario: &Scenario) -> String {
    let keyring = scenario.keyring();
    let own = keyring.all().into_iter().cloned().enumerate().map(|(at, key)| match at {
        0 => ("scenario".to_owned(), key),
        _ => (format!("scenario-{}", at + 1), key),
    });
    let stand_in = ApiKey::from_bytes(STAND_IN.as_bytes().to_vec());
    let others = [("made-up", ApiKey::made_up_default()), ("stand-in", stand_in)];
    let others = others.map(|(name, key)| (name.to_owned(), key));
    let mut list = String::new();
    for (name, key) in own.chain(others) {
        let key = String::from_utf8_lossy(key.bytes());
        let _ = writeln!(list, "{}", json!({"name": name, "key": key}));
    }
    let _ = writeln!(list, "{}", json!({"name": "missing", "key": ""}));
    list
}
