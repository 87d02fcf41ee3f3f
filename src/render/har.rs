//! HTTP Archive 1.2: every exchange, for tools that draw them. A word stands for each credential.

use std::net::SocketAddr;

use chrono::SecondsFormat;
use http::StatusCode;
use serde_json::{Value, json};

use super::label;
use crate::record::Record;
use crate::record::curl::user_agent;
use crate::record::observation::{Answer, Observation, Outcome, Timing};
use crate::record::probe::{Credential, Encoding};
use crate::record::request::{self, Request};

/// What no one measured, or what doesn't apply (HAR 1.2).
const ABSENT: i8 = -1;

pub(super) fn render(record: &Record) -> String {
    let seen = record.observations.iter().map(|judged| &judged.observation);
    let mut sent: Vec<&Observation> = seen.filter(|seen| seen.was_sent()).collect();
    // A record has the order of the plan, an archive that of sending.
    sent.sort_by_key(|seen| seen.sent_at);
    let entries: Vec<Value> = sent.into_iter().filter_map(|seen| entry(record, seen)).collect();
    let comment = format!("{}; the key is never in it", record.diagnosis.statement);
    let log = json!({ "log": {
        "version": "1.2",
        "creator": { "name": record.tool.name, "version": record.tool.version },
        "entries": entries,
        "comment": comment,
    }});
    super::json::page(&log)
}

/// An exchange; none where this version doesn't know how the request was sent.
fn entry(record: &Record, seen: &Observation) -> Option<Value> {
    let request = seen.request(&user_agent(&record.environment))?;
    let url = format!("{}{}", record.run.base_url.trim_end_matches('/'), request.target);
    let version = seen.answer().map_or("unknown", |answer| answer.http_version.as_str());
    let mut entry = json!({
        "startedDateTime": seen.sent_at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "time": seen.timing_ms.total,
        "request": asked(&request, &url, version),
        "response": response(&seen.outcome),
        "cache": {},
        "timings": timings(&seen.timing_ms),
        "_heygenDoctor": {
            "probe": seen.probe, "wave": seen.wave, "class": seen.class, "credential": seen.credential,
        },
    });
    // Through a proxy, the address that is known is the proxy's.
    let direct = seen.answer().filter(|_| record.environment.proxy.is_none());
    let address = direct.and_then(|answer| answer.remote_addr.as_deref());
    if let Some(address) = address.and_then(|text| text.parse::<SocketAddr>().ok()) {
        entry["serverIPAddress"] = json!(address.ip());
        entry["connection"] = json!(address.port().to_string());
    }
    Some(entry)
}

fn asked(request: &Request, url: &str, version: &str) -> Value {
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        json!({ "name": name, "value": value })
    });
    let headers = request
        .headers
        .iter()
        .map(|header| json!({ "name": header.name, "value": shown(&header.value) }));
    json!({
        "method": request.method,
        "url": url,
        "httpVersion": version,
        "cookies": [],
        "headers": headers.collect::<Vec<_>>(),
        "queryString": pairs.collect::<Vec<_>>(),
        "headersSize": ABSENT,
        "bodySize": request.body_bytes,
    })
}

/// A header's value, with a word where a credential stood.
fn shown(value: &request::Value) -> String {
    match value {
        request::Value::Text(text) => text.clone(),
        request::Value::Credential { scheme, of, form } => {
            let form = match form {
                Encoding::AsGiven => "",
                Encoding::Repaired => ", repaired",
                Encoding::Base64Encoded => ", in base64",
                Encoding::Base64Decoded => ", decoded from base64",
            };
            let whose = match of {
                Credential::Real => "key".to_owned(),
                of => label::credential(*of, &[]),
            };
            format!("{scheme} [{whose}{form}]").trim_start().to_owned()
        }
    }
}

fn response(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Answer(answer) => answered(answer),
        // Browsers write a request without an answer so.
        Outcome::Fault(fault) => json!({
            "status": 0, "statusText": "", "httpVersion": "unknown", "cookies": [], "headers": [],
            "content": { "size": 0, "mimeType": "x-unknown" },
            "redirectURL": "", "headersSize": ABSENT, "bodySize": ABSENT,
            "_error": label::fault_word(fault.fault),
        }),
    }
}

fn answered(answer: &Answer) -> Value {
    let reason =
        StatusCode::from_u16(answer.status).ok().and_then(|status| status.canonical_reason());
    let headers =
        answer.headers.iter().map(|(name, value)| json!({ "name": name, "value": value }));
    let header = |name: &str| answer.headers.get(name).map_or("", String::as_str);
    let mime = if header("content-type").is_empty() { "x-unknown" } else { header("content-type") };
    let mut content = json!({ "size": answer.body.bytes, "mimeType": mime });
    if let Some(text) = &answer.body.excerpt {
        content["text"] = json!(text);
    }
    json!({
        "status": answer.status,
        "statusText": reason.unwrap_or_default(),
        "httpVersion": answer.http_version,
        "cookies": [],
        "headers": headers.collect::<Vec<_>>(),
        "content": content,
        "redirectURL": header("location"),
        "headersSize": ABSENT,
        "bodySize": ABSENT,
    })
}

/// The phases. A record tells the making of a connection and the wait for the first byte together.
fn timings(timing: &Timing) -> Value {
    // To the microsecond: more digits are noise of the arithmetic.
    let rounded = |ms: f64| (ms.max(0.0) * 1e3).round() / 1e3;
    let absent = |ms: Option<f64>| ms.map_or_else(|| json!(ABSENT), |ms| json!(rounded(ms)));
    // In HAR the handshake of TLS is a part of the connecting.
    let connect = timing.connect.map(|ms| ms + timing.tls.unwrap_or_default());
    let made = timing.dns.unwrap_or_default() + connect.unwrap_or_default();
    json!({
        "blocked": ABSENT,
        "dns": absent(timing.dns),
        "connect": absent(connect),
        "ssl": absent(timing.tls),
        "send": 0,
        "wait": rounded(timing.ttfb - made),
        "receive": rounded(timing.total - timing.ttfb),
    })
}
