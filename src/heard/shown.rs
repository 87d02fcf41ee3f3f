//! What may be shown of a request and of its answer.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{MOST_OF_BODY, Reply, Sent};
use crate::answer::{self, Wire};
use crate::classify::classify;
use crate::record::class::Class;
use crate::record::facts::Kind;
use crate::record::heard::{Answered, Presented};
use crate::record::observation::Outcome;

/// What stands in the place of a value.
const MASK: &str = "[redacted]";
/// The most characters of a value that are shown.
const LONGEST: usize = 256;
/// The most headers that are shown.
const MOST: usize = 64;
/// Headers whose values are secrets whatever they look like.
const SECRET: [&str; 4] = ["cookie", "set-cookie", "proxy-authorization", "x-csrf-token"];

/// Each header with its value as it may be shown.
pub(super) fn headers(
    sent: &Sent,
    presented: &[Presented],
    clean: &mut impl FnMut(&str) -> String,
) -> Vec<(String, String)> {
    let credential = |name: &str| presented.iter().find(|one| one.header == *name);
    let shown = sent.headers.iter().take(MOST).map(|(name, value)| {
        let text = String::from_utf8_lossy(value);
        let is_secret = SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret));
        let value = match credential(name) {
            // A stand-in is told, since it is what is wrong.
            Some(one) if one.kind == Kind::Placeholder || text.trim().is_empty() => clean(&text),
            Some(one) if one.scheme.is_empty() => MASK.to_owned(),
            Some(one) => format!("{} {MASK}", one.scheme),
            None if is_secret => MASK.to_owned(),
            None => named(name, &text, clean),
        };
        (clean(name), value.chars().take(LONGEST).collect())
    });
    shown.collect()
}

/// A value, cleaned beside its name, which may tell that it is a secret.
fn named(name: &str, text: &str, clean: &mut impl FnMut(&str) -> String) -> String {
    let line = clean(&format!("{name}: {text}"));
    line.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(MASK).to_owned()
}

/// Path and query, without the values that are credentials.
pub(super) fn target(target: &str, clean: &mut impl FnMut(&str) -> String) -> String {
    clean(target).chars().take(LONGEST * 2).collect()
}

/// The answer, and what it means.
pub(super) fn answered(reply: &Reply, clean: &mut impl FnMut(&str) -> String) -> Answered {
    let status = reply.status.and_then(|status| StatusCode::from_u16(status).ok());
    let mut answered = Answered {
        by: reply.by,
        status: reply.status,
        fault: None,
        class: None,
        retry_after: None,
        code: None,
        message: None,
    };
    let Some(status) = status else { return answered };
    let headers: HeaderMap = reply.headers.iter().filter_map(header).collect();
    let wait = headers.get(http::header::RETRY_AFTER);
    answered.retry_after = wait.and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
    let wire = Wire {
        http_version: String::new(),
        remote_addr: None,
        connection: None,
        status,
        headers: &headers,
        bytes: &reply.body,
        truncated: reply.body.len() >= MOST_OF_BODY,
        cut_short: None,
    };
    let answer = answer::read(wire, &mut |text, _| clean(text));
    answered.code.clone_from(&answer.code);
    answered.message.clone_from(&answer.message);
    // A trace may leave the body out, and then only a status that says all by itself is a class.
    let tells = !reply.body.is_empty() || !(status.is_success() || status.as_u16() == 403);
    answered.class = tells.then(|| classify(&Outcome::Answer(Box::new(answer))));
    if answered.class.is_none() && status.is_success() {
        answered.class = Some(Class::Ok);
    }
    answered
}

fn header((name, value): &(String, Vec<u8>)) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    Some((name, HeaderValue::from_bytes(value).ok()?))
}
