//! What a browser's developer tools copy: the pane of headers, and `fetch(…)`.

use serde_json::Value;

use super::{Unreadable, urls};
use crate::heard::{MOST_OF_BODY, Reply, Sent};
use crate::record::heard::{Answerer, Via};

/// True for the text of the pane of headers.
pub(super) fn is_headers(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let name = line.strip_prefix(':').unwrap_or(line).split(':').next().unwrap_or_default();
        name == "Request URL" || (line.starts_with(':') && matches!(name, "authority" | "path"))
    })
}

/// The request of a pane of headers: each name with its value behind it, or on the next line.
///
/// # Errors
/// When no address is in it.
pub(super) fn read_headers(text: &str, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let mut sent = Sent { method: "GET".to_owned(), ..Sent::new(Via::File) };
    let mut reply: Option<Reply> = None;
    let mut is_response = false;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    while let Some(line) = lines.next() {
        match line.trim_end_matches(':') {
            "Response Headers" => is_response = true,
            "Request Headers" => is_response = false,
            "General" | "Raw" | "Parsed" | "Provisional headers are shown" => {}
            _ => {
                let Some((name, value)) = pair(line, &mut lines) else { continue };
                match (name.as_str(), is_response) {
                    ("Request URL", _) => address(&mut sent, &value),
                    ("Request Method" | ":method", _) => sent.method = value,
                    ("Status Code", _) => reply = status(&value),
                    (":authority", _) => sent.host = value,
                    (":path", _) => sent.target = value,
                    (name, true) => {
                        if let Some(reply) = &mut reply {
                            reply.headers.push((name.to_owned(), value.into_bytes()));
                        }
                    }
                    (name, false) if name.starts_with(':') || name.contains(' ') => {}
                    (name, false) => sent.headers.push((name.to_owned(), value.into_bytes())),
                }
            }
        }
    }
    sent.answered = reply;
    if sent.host.is_empty() {
        let wanted = "`Request URL` or `:authority` with the address";
        return Err(Unreadable::at(text.as_bytes(), 0, wanted));
    }
    // The pane shows no body.
    sent.body_known = sent.method == "GET";
    take(sent);
    Ok(())
}

fn pair<'a>(line: &str, lines: &mut impl Iterator<Item = &'a str>) -> Option<(String, String)> {
    let (mark, rest) = line.strip_prefix(':').map_or(("", line), |rest| (":", rest));
    if let Some((name, value)) = rest.split_once(": ") {
        return Some((format!("{mark}{name}"), value.to_owned()));
    }
    let name = format!("{mark}{}", rest.trim_end_matches(':'));
    Some((name, lines.next()?.to_owned()))
}

fn address(sent: &mut Sent, url: &str) {
    if let Some(parts) = urls::parts(url, true) {
        sent.noted = parts.noted();
        (sent.host, sent.target) = (parts.host, parts.target);
    }
}

fn status(value: &str) -> Option<Reply> {
    let status = value.get(..3)?.parse().ok()?;
    Some(Reply {
        by: Answerer::Heygen,
        status: Some(status),
        headers: Vec::new(),
        body: Vec::new(),
    })
}

/// The requests of calls of `fetch` as browsers copy them: the URL, then an object in JSON.
///
/// # Errors
/// When the arguments of a call can't be read.
pub(super) fn read_fetch(text: &str, take: &mut dyn FnMut(Sent)) -> Result<(), Unreadable> {
    let mut any = false;
    for (at, call) in text.match_indices("fetch(") {
        let start = at + call.len();
        let rest = &text[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let url = values.next().and_then(Result::ok);
        let behind = rest[values.byte_offset()..].trim_start().strip_prefix(',');
        let options = match behind {
            Some(behind) => {
                let mut values = serde_json::Deserializer::from_str(behind).into_iter::<Value>();
                let wanted = "an object in JSON, as browsers copy it";
                let unread = || Unreadable::at(text.as_bytes(), text.len() - behind.len(), wanted);
                values.next().and_then(Result::ok).ok_or_else(unread)?
            }
            None => Value::Null,
        };
        let sent = url.as_ref().and_then(Value::as_str).and_then(|url| fetched(url, &options));
        let wanted = "a URL in double quotes";
        take(sent.ok_or_else(|| Unreadable::at(text.as_bytes(), start, wanted))?);
        any = true;
    }
    if any { Ok(()) } else { Err(Unreadable::at(text.as_bytes(), 0, "`fetch(` with a URL")) }
}

fn fetched(url: &str, options: &Value) -> Option<Sent> {
    let parts = urls::parts(url, true)?;
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    let pairs = options.get("headers").and_then(Value::as_object);
    let headers = pairs
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.as_bytes().to_vec())));
    let mut body = text("body").unwrap_or_default().as_bytes().to_vec();
    let body_bytes = body.len() as u64;
    body.truncate(MOST_OF_BODY);
    Some(Sent {
        method: text("method").unwrap_or("GET").to_ascii_uppercase(),
        noted: parts.noted(),
        host: parts.host,
        target: parts.target,
        headers: headers.collect(),
        body,
        body_bytes,
        ..Sent::new(Via::File)
    })
}
