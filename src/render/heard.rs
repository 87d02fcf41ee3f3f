//! What another program sent, in words that every format uses.

use crate::record::Record;
use crate::record::facts::Profile;
use crate::record::heard::{Answerer, Flaw, Form, Heard, Presented, Slip};
use crate::render::flaw::words;
use crate::text::{count, neutralise};

/// A request in a few words; all of them are data still to be quoted.
pub(crate) struct Line {
    /// Method, host and path.
    pub(crate) request: String,
    /// Where the credential stands, and whose it is.
    pub(crate) key: String,
    /// Who answered what.
    pub(crate) answer: String,
    /// What is wrong with it.
    pub(crate) findings: Vec<&'static str>,
}

/// The first requests of a record.
pub(crate) fn lines(record: &Record, most: usize) -> Vec<Line> {
    record.heard.iter().flatten().take(most).map(line).collect()
}

/// How many requests are behind the first ones, and where they are.
pub(crate) fn beyond(record: &Record, most: usize) -> Option<String> {
    let more = record.heard.as_ref()?.len().checked_sub(most).filter(|more| *more > 0)?;
    Some(format!("{} in the record: `--json=FILE`.", count(more, "more request")))
}

/// How much was heard, in place of how much was asked.
pub(crate) fn how_much(record: &Record) -> Option<String> {
    let requests = count(record.heard.as_ref()?.len(), "request");
    let told = match record.run.profile {
        Profile::Listen => format!("{requests} heard"),
        _ => format!("{requests} read, nothing was sent"),
    };
    Some(match record.run.left_out {
        0 => told,
        more => format!("{told}; {} left out and not judged", count(more, "more request")),
    })
}

/// One request.
pub(crate) fn line(heard: &Heard) -> Line {
    let keys: Vec<String> = heard.credentials.iter().map(|one| key(one, heard)).collect();
    // That HTTP/2 is offered stands beside the header whose spelling would change.
    let findings = heard.findings.iter().filter(|it| **it != Flaw::Request(Slip::OffersHttp2));
    let is_ours = heard.client.as_ref().is_some_and(|client| client.name == env!("CARGO_PKG_NAME"));
    let ours = if is_ours { " (asked by the doctor itself)" } else { "" };
    Line {
        request: neutralise(&format!("{} {}{}{ours}", heard.method, heard.host, heard.target)),
        key: if keys.is_empty() { "no credential".to_owned() } else { keys.join("; ") },
        answer: answer(heard),
        findings: findings.map(|flaw| words(*flaw)).collect(),
    }
}

fn key(one: &Presented, heard: &Heard) -> String {
    let place = match one.scheme.as_str() {
        "" => one.header.clone(),
        scheme => format!("{}: {scheme}", one.header),
    };
    let is_basic = one.scheme.eq_ignore_ascii_case("basic") && one.fingerprint.is_none();
    let what = match (one.form, &one.source) {
        (_, Some(source)) if is_basic => {
            format!("a user and a password, with the key from {source} in it")
        }
        (Form::Unknown, None) if is_basic => "a user and a password".to_owned(),
        (Form::AsKnown, Some(source)) => format!("the key from {source}"),
        (Form::OtherSource, Some(source)) => format!("another key, from {source}"),
        (Form::Trimmed, Some(source)) => format!("the key from {source}, trimmed"),
        (form, Some(source)) => format!("the key from {source}, {form}"),
        (Form::Placeholder, None) => "no key".to_owned(),
        (_, None) => "a key that isn't found here".to_owned(),
    };
    let fingerprint = one.fingerprint.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    let lower = one.header.to_ascii_lowercase();
    let is_changed =
        heard.has(Slip::OffersHttp2) && lower != one.header && one.form != Form::Placeholder;
    let over_http2 = if is_changed { format!(" (over HTTP/2 `{lower}`)") } else { String::new() };
    neutralise(&format!("{what}{fingerprint} in `{place}`{over_http2}"))
}

fn answer(heard: &Heard) -> String {
    let Some(answered) = &heard.answered else { return "answer not known".to_owned() };
    let status = match (answered.status, answered.class) {
        (Some(status), Some(class)) => format!("{status} {class}"),
        (Some(status), None) => status.to_string(),
        (None, _) => return "no answer".to_owned(),
    };
    match answered.by {
        Answerer::Double => format!("{status} (simulated)"),
        Answerer::Heygen | Answerer::Nobody => status,
    }
}
