//! Servers that say back what they were sent, in every way that comes to mind.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

use super::detector::spelled;

type Answer = Box<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// The value that was sent as a key, without a scheme.
fn sent(head: &str) -> String {
    let value = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        matches!(name.to_ascii_lowercase().as_str(), "x-api-key" | "authorization").then_some(value)
    });
    value.unwrap_or_default().trim_start_matches("Bearer ").to_owned()
}

fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} So\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// An error or a success of V3 that says this, wherever something is kept of it.
pub(super) fn json(status: u16, text: &str) -> Vec<u8> {
    let text = serde_json::to_string(text).unwrap();
    let body = if status < 300 {
        format!(
            r#"{{"data":{{"email":"anna.secret@example.org","first_name":"Annabella","username":"Annabella","scope_mode":{text},"scopes":[{text}],"key_id":{text},"status":{text},"billing_type":{text},"wallet":{{"currency":{text},"remaining_balance":1}}}},{text}:1}}"#
        )
    } else {
        format!(r#"{{"error":{{"code":{text},"message":{text}}},{text}:{text}}}"#)
    };
    answer(status, "", &body)
}

/// Every way, by name.
pub(super) fn answers() -> Vec<(&'static str, Answer)> {
    let echo =
        |way: fn(&str) -> String| -> Answer { Box::new(move |head| json(401, &way(&sent(head)))) };
    vec![
        ("as it is", echo(str::to_owned)),
        ("the whole request", Box::new(|head| json(401, head))),
        ("under 200", Box::new(|head| json(200, &sent(head)))),
        ("the whole request under 200", Box::new(|head| json(200, head))),
        ("base64", echo(|key| BASE64_STANDARD.encode(format!("user:{key}:x")))),
        ("base64url", echo(|key| BASE64_URL_SAFE_NO_PAD.encode(format!("a{key}")))),
        ("hex", echo(|key| spelled(key.as_bytes(), |byte| format!("{byte:02X}")))),
        ("percent", echo(|key| spelled(key.as_bytes(), |byte| format!("%{byte:02x}")))),
        ("entities", echo(|key| spelled(key.as_bytes(), |byte| format!("&#x{byte:x};")))),
        ("reversed", echo(|key| key.chars().rev().collect())),
        ("upper and lower", echo(|key| key.to_uppercase() + "-" + &key.to_lowercase())),
        ("its middle", echo(|key| key.get(13..40).unwrap_or_default().to_owned())),
        (
            "its two halves",
            echo(|key| {
                let (one, other) = key.split_at(key.len() / 2);
                format!("{one} and {other}")
            }),
        ),
        (
            "across every limit",
            echo(|key| {
                let dots = |n: usize| "........."[n % 9..].to_owned();
                let rows = (0..2100 / key.len().max(1)).map(dots);
                rows.collect::<Vec<_>>().join(key)
            }),
        ),
        ("far into the body", echo(|key| "a ".repeat(32_740) + key)),
        (
            "escaped by JSON",
            Box::new(|head| {
                let key = spelled(sent(head).as_bytes(), |byte| format!("\\u{byte:04X}"));
                answer(401, "", &format!(r#"{{"error":{{"code":"{key}","message":"{key}"}}}}"#))
            }),
        ),
        (
            "as a page",
            Box::new(|head| {
                answer(403, "", &format!("<html><a href='?k={0}'>{0}</a>", sent(head)))
            }),
        ),
        (
            "broken JSON",
            Box::new(|head| answer(401, "", &format!("{{\"error\": \"{}", sent(head)))),
        ),
        ("in every header", Box::new(|head| answer(401, &headers(&sent(head)), "{}"))),
        (
            "in a redirect",
            Box::new(|head| {
                answer(
                    302,
                    &format!("location: https://{0}.example/{0}?key={0}#{0}\r\n", sent(head)),
                    "",
                )
            }),
        ),
    ]
}

fn headers(key: &str) -> String {
    let names = [
        "server",
        "via",
        "www-authenticate",
        "x-request-id",
        "cf-ray",
        "allow",
        "date",
        "retry-after",
        "x-amzn-trace-id",
    ];
    let lines =
        names.map(|name| format!("{name}: Basic {key} realm=\"{key}\"\r\nset-cookie: {key}=1\r\n"));
    let long = format!("x-cache: {}{key}\r\n", "-".repeat(240));
    lines.concat() + &long
}
