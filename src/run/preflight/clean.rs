//! Takes secrets out of what the network said: a proxy may echo its login, a page whatever it likes.

use serde_json::Value;

use crate::record::facts::Network;

/// The most characters of any text that are kept.
const LONGEST: usize = 512;

/// The same, every text cleaned and then cut.
pub(crate) fn cleaned(network: &Network, clean: &mut dyn FnMut(&str) -> String) -> Network {
    let mut value = serde_json::to_value(network).unwrap_or_default();
    texts(&mut value, clean);
    // Only texts were changed, for texts.
    serde_json::from_value(value).unwrap_or_default()
}

fn texts(value: &mut Value, clean: &mut dyn FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = clean(text).chars().take(LONGEST).collect(),
        Value::Array(values) => values.iter_mut().for_each(|value| texts(value, clean)),
        Value::Object(members) => members.values_mut().for_each(|value| texts(value, clean)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::record::facts::ProxyConnect;

    #[test]
    fn every_text_is_cleaned_and_nothing_else_changes() {
        let echo = |text: &str| {
            let header = ("via".to_owned(), text.to_owned());
            Network {
                clock_skew_s: Some(0.1 + 0.2),
                proxy_connect: Some(ProxyConnect {
                    status: Some(407),
                    ms: 1.0 / 3.0,
                    fault: None,
                    headers: BTreeMap::from([header]),
                }),
                ..Network::default()
            }
        };
        let cleaned = cleaned(&echo("secret"), &mut |text| text.replace("secret", "[redacted]"));
        assert_eq!(cleaned, echo("[redacted]"));
    }
}
