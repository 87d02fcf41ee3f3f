//! What another program sent, in words that every format uses.

use crate::record::Record;
use crate::record::facts::Profile;
use crate::record::heard::{Answerer, Form, Heard, Presented};
use crate::text::{count, neutralise};

/// A request in a few words; all of them are data still to be quoted.
pub(crate) struct Line {
    /// Method, host and path.
    pub(crate) request: String,
    /// Where the credential stands, and whose it is.
    pub(crate) key: String,
    /// Who answered what.
    pub(crate) answer: String,
    /// The ids of the findings.
    pub(crate) findings: Vec<String>,
}

/// Every request of a record.
pub(crate) fn lines(record: &Record) -> Vec<Line> {
    record.heard.iter().flatten().map(line).collect()
}

/// How much was heard, in place of how much was asked.
pub(crate) fn how_much(record: &Record) -> Option<String> {
    let requests = count(record.heard.as_ref()?.len(), "request");
    Some(match record.run.profile {
        Profile::Listen => format!("{requests} heard"),
        _ => format!("{requests} read, nothing was sent"),
    })
}

/// One request.
pub(crate) fn line(heard: &Heard) -> Line {
    let keys: Vec<String> = heard.credentials.iter().map(key).collect();
    let is_ours = heard.client.as_ref().is_some_and(|client| client.name == env!("CARGO_PKG_NAME"));
    let ours = if is_ours { " (asked by the doctor itself)" } else { "" };
    Line {
        request: neutralise(&format!("{} {}{}{ours}", heard.method, heard.host, heard.target)),
        key: if keys.is_empty() { "no credential".to_owned() } else { keys.join("; ") },
        answer: answer(heard),
        findings: heard.findings.iter().map(ToString::to_string).collect(),
    }
}

fn key(one: &Presented) -> String {
    let place = match one.scheme.as_str() {
        "" => one.header.clone(),
        scheme => format!("{}: {scheme}", one.header),
    };
    let what = match (one.form, &one.source) {
        (Form::AsKnown, Some(source)) => format!("the key from {source}"),
        (Form::OtherSource, Some(source)) => format!("another key, from {source}"),
        (Form::Trimmed, Some(source)) => format!("the key from {source}, trimmed"),
        (form, Some(source)) => format!("the key from {source}, {form}"),
        (Form::Placeholder, None) => "no key".to_owned(),
        (_, None) => "a key that isn't found here".to_owned(),
    };
    let fingerprint = one.fingerprint.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    neutralise(&format!("{what}{fingerprint} in `{place}`"))
}

fn answer(heard: &Heard) -> String {
    let Some(answered) = &heard.answered else { return "answer not known".to_owned() };
    let status = match (answered.status, answered.class) {
        (Some(status), Some(class)) => format!("{status} {class}"),
        (Some(status), None) => status.to_string(),
        (None, _) => return "no answer".to_owned(),
    };
    match answered.by {
        Answerer::Double => format!("{status}, by the double"),
        Answerer::Heygen | Answerer::Nobody => status,
    }
}
