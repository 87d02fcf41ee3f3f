//! Headers, bodies, and lines to repeat it with.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::exchanges::sent;
use super::part::Part;
use super::{bullets, exchanges};
use crate::record::class::Class;
use crate::record::curl;
use crate::record::probe::{ApiVersion, Credential, ProbeId};
use crate::record::request::{Header, Value};
use crate::record::wave::Wave;
use crate::record::{Judged, Record};
use crate::render::{Options, label};
use crate::text::{code_span, fenced, markdown, neutralise};

/// Headers that change with every answer.
const VOLATILE_HEADERS: &[&str] = &["content-length", "date"];
/// The most values of one header in the ticket.
const VALUES: usize = 3;
/// The most different bodies of one version in the ticket.
const BODIES: usize = 3;
/// The most curl lines in the ticket; the JSON record has one for every exchange.
const CURL_LINES: usize = 6;

pub(super) fn section(record: &Record, _: &Options) -> Part {
    if record.observations.is_empty() {
        return Part::default();
    }
    let mut headers = format!(
        "Requests:\n\n{}\nAnswers:\n\n{}",
        bullets(&request_headers(record)),
        bullets(&response_headers(record))
    );
    for version in [ApiVersion::V1, ApiVersion::V2, ApiVersion::V3] {
        headers.push_str(&bodies(record, version));
    }
    let (head, rows) = exchanges::all(record);
    Part::from("## Technical details\n".to_owned())
        .with("Headers and error bodies", headers)
        .with("Lines to repeat it with", lines(record))
        .with_lines("Every request", head, rows)
}

/// The headers of the key's first request, or of the first of all.
fn request_headers(record: &Record) -> Vec<String> {
    let seen = || record.observations.iter().map(|judged| &judged.observation);
    let real = seen().find(|seen| seen.credential == Credential::Real);
    let agent = curl::user_agent(&record.environment);
    let request = real.or_else(|| seen().next()).and_then(|seen| seen.request(&agent));
    let headers = request.into_iter().flat_map(|request| request.headers);
    headers
        .map(|Header { name, value }| match value {
            Value::Text(text) => code_span(&format!("{name}: {text}")),
            Value::Credential { scheme, .. } => {
                let shown = format!("{scheme} [the key, not shown]");
                let shown = code_span(&format!("{name}: {}", shown.trim_start()));
                format!("{shown}, or as the variant names it")
            }
        })
        .collect()
}

/// Each header of the allow-list with its values, but for those that say nothing in a list.
fn response_headers(record: &Record) -> Vec<String> {
    let mut headers: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for answer in record.observations.iter().filter_map(|judged| judged.observation.answer()) {
        let telling =
            answer.headers.iter().filter(|(name, _)| !VOLATILE_HEADERS.contains(&name.as_str()));
        for (name, value) in telling {
            *headers.entry(name).or_default().entry(value).or_default() += 1;
        }
    }
    let mut items = Vec::new();
    for (name, values) in headers {
        for (value, n) in values.iter().take(VALUES) {
            items.push(format!("{} ({n}×)", code_span(&format!("{name}: {value}"))));
        }
        if values.len() > VALUES {
            items.push(format!("{}: {} more values", code_span(name), values.len() - VALUES));
        }
    }
    items
}

/// Every different error body of a version, with where it was seen first.
fn bodies(record: &Record, of: ApiVersion) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut more = 0;
    let mut out = String::new();
    for judged in &record.observations {
        let observation = &judged.observation;
        let Some(answer) = observation.answer() else { continue };
        let Some(excerpt) = answer.body.excerpt.as_deref() else { continue };
        if observation.api_version != of
            || judged.observation.class == Class::Ok
            || seen.contains(&excerpt)
        {
            continue;
        }
        seen.push(excerpt);
        if seen.len() > BODIES {
            more += 1;
            continue;
        }
        let path = code_span(&observation.path);
        let _ = write!(out, "\nHTTP {} from {path}:\n\n", answer.status);
        out.push_str(&fenced(excerpt, if excerpt.starts_with('{') { "json" } else { "text" }));
    }
    if more > 0 {
        let _ = write!(out, "\nOther bodies, which are in the JSON record: {more}.\n");
    }
    out
}

/// One line per finding: the exchanges that the verdict rests on.
fn lines(record: &Record) -> String {
    let diagnosis = &record.diagnosis;
    let named: Vec<&ProbeId> = diagnosis
        .named()
        .into_iter()
        .flat_map(|assessed| &assessed.evidence)
        .flat_map(|evidence| &evidence.probes)
        .collect();
    let find = |id: &&ProbeId| sent(record).find(|j| &j.observation.probe == *id);
    let mut told: Vec<&Judged> = named.iter().filter_map(find).collect();
    told.extend(sent(record).filter(|judged| {
        judged.observation.wave == Wave::Controls
            && judged.observation.credential == Credential::Real
    }));
    // A repeat with the same answer is no new finding.
    let mut distinct: Vec<&Judged> = Vec::new();
    for judged in told {
        let alike = |seen: &&Judged| {
            seen.curl == judged.curl && label::outcome(seen) == label::outcome(judged)
        };
        if !distinct.iter().any(alike) {
            distinct.push(judged);
        }
    }
    distinct.truncate(CURL_LINES);
    if distinct.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = distinct
        .iter()
        .map(|judged| {
            let probe = neutralise(&judged.observation.probe.0);
            format!("# {probe}: {}\n{}", label::outcome(judged), neutralise(&judged.curl))
        })
        .collect();
    format!(
        "{}\n\n{}{}",
        curl::differences(&record.network),
        to_be_set(record, &distinct),
        fenced(&lines.join("\n"), "sh")
    )
}

/// The variables in the lines, each with what it has to hold.
fn to_be_set(record: &Record, told: &[&Judged]) -> String {
    let seen = told.iter().map(|judged| &judged.observation);
    let proxy = record.environment.proxy.as_ref();
    let variables: Vec<String> = curl::variables(seen, &record.credential.sources, proxy)
        .into_iter()
        .map(|(name, holds)| format!("{}: {}", code_span(&name), markdown(&holds)))
        .collect();
    if variables.is_empty() {
        return String::new();
    }
    format!("Set these variables first:\n\n{}\n", bullets(&variables))
}
