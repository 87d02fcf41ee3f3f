//! The frame of every page: it runs nothing, loads nothing, and its one style is named by its hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

const STYLE: &str = include_str!("style.css");

/// A whole page with JSON inside, under this id.
pub(crate) fn page(title: &str, body: &Markup, id: &str, json: &str) -> String {
    let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                script type="application/json" id=(id) { (PreEscaped(inside_a_script(json))) }
            }
        }
    };
    page.into_string() + "\n"
}

/// JSON that ends no script, begins no comment, and is no command to a CI job. All of these can only
/// stand inside a string, where an escape means the same.
fn inside_a_script(json: &str) -> String {
    json.trim_end()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace("::", ":\\u003a")
        .replace("##", "#\\u0023")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn json_in_a_script_means_the_same_and_ends_nothing() {
        let value = json!({ "</script><!--": "]]>&lt; ::error:: :::: ##[ ### \u{2028}" });
        let inside = inside_a_script(&value.to_string());
        assert_eq!(serde_json::from_str::<Value>(&inside).unwrap(), value);
        for acting in ["<", ">", "&", "::", "##"] {
            assert!(!inside.contains(acting), "{acting} in {inside}");
        }
    }
}
