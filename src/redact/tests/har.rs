use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{K1, redactor};
use crate::redact::har;

fn sample() -> Value {
    json!({"log": {"version": "1.2", "entries": [{
        "startedDateTime": "2026-01-02T03:04:05.678Z",
        "time": 12.5,
        "request": {
            "url": format!("https://api.heygen.com/v1/x?api_key={K1}&a=1"),
            "headers": [
                {"name": "X-API-KEY", "value": "short"},
                {"name": "aUTHORIZATION", "value": "Bearer abc"},
                {"name": "Accept", "value": "*/*"},
                {"name": "x-api-key", "value": "$HEYGEN_API_KEY"},
            ],
            "cookies": [{"name": "theme", "value": "dark-synthetic", "httpOnly": false}],
            "queryString": [{"name": "sig", "value": "q"}, {"name": "page", "value": "2"}],
            "postData": {"mimeType": "application/json", "text": format!("{{\"k\":\"{K1}\",\"n\":1}}")},
        },
        "response": {"status": 401, "content": {
            "encoding": "base64",
            "text": BASE64_STANDARD.encode(format!("mail me@example.org about {}", &K1[20..40])),
        }},
    }]}})
}

#[test]
fn a_har_stays_a_har() {
    let text = serde_json::to_vec(&sample()).unwrap();
    let cleaned = har::clean(&text, &redactor(K1)).unwrap();
    let clean: Value = serde_json::from_slice(&cleaned.json).unwrap();
    let entry = &clean["log"]["entries"][0];
    let request = &entry["request"];
    assert_eq!(request["url"], "https://api.heygen.com/v1/x?api_key=[redacted]&a=1");
    let values = |list: &str| -> Vec<_> {
        request[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| pair["value"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(values("headers"), ["[redacted]", "[redacted]", "*/*", "$HEYGEN_API_KEY"]);
    assert_eq!(values("cookies"), ["[redacted]"]);
    assert_eq!(values("queryString"), ["[redacted]", "2"]);
    assert_eq!(request["postData"]["text"], "{\"k\":\"[redacted]\",\"n\":1}");
    let body =
        BASE64_STANDARD.decode(entry["response"]["content"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(body, b"mail [redacted] about [redacted]");
    assert_eq!(entry["startedDateTime"], "2026-01-02T03:04:05.678Z");
    assert_eq!((&entry["time"], &entry["response"]["status"]), (&json!(12.5), &json!(401)));
    assert_eq!(cleaned.ledger.replaced, 8);
    assert_eq!(redactor(K1).find(&cleaned.json), None);
    assert_eq!(har::clean(&cleaned.json, &redactor(K1)).unwrap().json, cleaned.json);
    let ended = [&text[..], b"\n"].concat();
    assert!(har::clean(&ended, &redactor(K1)).unwrap().json.ends_with(b"}\n"));
}

#[test]
fn other_json_is_no_har() {
    for text in ["{}", "[1]", "{\"log\":{\"entries\":1}}", "no json", ""] {
        assert_eq!(har::clean(text.as_bytes(), &redactor(K1)), None);
    }
}
