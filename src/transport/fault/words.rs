//! An error chain in words, for people.

use std::error::Error;

/// Room for a whole chain; a server can put long names into an error.
const LIMIT: usize = 1000;

/// The layers from the outside in, on one line, without any URL.
pub(super) fn of(layers: &[&(dyn Error + 'static)]) -> String {
    let mut said: Vec<String> = Vec::new();
    for layer in layers {
        // The client's own layers add only the URL to what their sources say.
        if layer.is::<reqwest::Error>() || layer.is::<hyper_util::client::legacy::Error>() {
            continue;
        }
        let text = layer.to_string();
        if !said.iter().any(|earlier| earlier.contains(&text)) {
            said.push(text);
        }
    }
    if said.is_empty() {
        said.push("the request failed".to_owned());
    }
    let line = said.join(": ");
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LIMIT).collect()
}
