use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{K1, redactor};
use crate::redact::har;
use crate::redact::stream::Filtered;

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

fn cleaned(har: &[u8]) -> (Vec<u8>, Filtered) {
    let mut clean = Vec::new();
    let filtered = har::filter(har, &mut clean, &redactor(K1)).unwrap();
    (clean, filtered)
}

#[test]
fn a_har_stays_a_har() {
    let text = serde_json::to_vec(&sample()).unwrap();
    let (json, filtered) = cleaned(&text);
    let clean: Value = serde_json::from_slice(&json).unwrap();
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
    assert_eq!(filtered.ledger.replaced, 8);
    assert_eq!(redactor(K1).find(&json), None);
    assert_eq!(cleaned(&json).0, json);
    let ended = [&text[..], b"\n"].concat();
    assert!(cleaned(&ended).0.ends_with(b"}\n"));
}

#[test]
fn whatever_is_no_har_stays_as_it_is() {
    for text in ["{}", "[1]", "{\"log\":{\"entries\":1}}", "no json", "", "]}\"\\"] {
        assert_eq!(cleaned(text.as_bytes()).0, text.as_bytes());
    }
}

/// Pieces are small in tests: a record of several has cuts behind its entries.
#[test]
fn each_entry_of_many_is_cleaned_as_one() {
    let one = sample()["log"]["entries"][0].clone();
    let (first, alone) = cleaned(serde_json::to_string(&one).unwrap().as_bytes());
    let many = json!({"log": {"version": "1.2", "entries": vec![one; 9]}});
    let (clean, filtered) = cleaned(&serde_json::to_vec(&many).unwrap());
    let clean: Value = serde_json::from_slice(&clean).unwrap();
    let first: Value = serde_json::from_slice(&first).unwrap();
    assert_eq!(clean["log"]["entries"], json!(vec![first; 9]));
    assert_eq!(filtered.ledger.replaced, 9 * alone.ledger.replaced);
}

#[test]
fn a_har_is_known_by_how_it_begins() {
    let texts = [
        "{\"log\":{",
        "\u{feff}\n{ \"comment\": 1,\n \"log\" : {\"version\"",
        "{\"log\": {}}",
        "{\"log\":{\n\"entries\": [",
    ];
    for text in texts {
        assert!(har::begins(text.as_bytes()), "{text}");
    }
    for text in [
        "{\"log\":\"a line\\n\",\"stream\":",
        "{\"log\":{\"level\":\"info\"}",
        "[{\"log\":{",
        "x {\"log\":{",
        "{\"a\":{}",
        "",
    ] {
        assert!(!har::begins(text.as_bytes()), "{text}");
    }
}

#[test]
fn an_oauth_code_goes_and_an_error_code_stays() {
    let pair = |value: &str| json!({"name": "code", "value": value});
    let har = json!({"log": {"entries": [{"request": {
        "queryString": [pair("oauthcodevalue12"), pair("quota_exceeded"), pair("400112")],
    }}]}});
    let clean: Value = serde_json::from_slice(&cleaned(har.to_string().as_bytes()).0).unwrap();
    let query = &clean["log"]["entries"][0]["request"]["queryString"];
    assert_eq!(*query, json!([pair("[redacted]"), pair("quota_exceeded"), pair("400112")]));
}
