//! The key findings, by subject.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::bullets;
use super::coverage::{times, version};
use super::exchanges::sent;
use super::part::Part;
use crate::record::Record;
use crate::record::class::Class;
use crate::record::facts::{Network, StatusPage};
use crate::record::observation::Fault;
use crate::record::probe::Credential;
use crate::render::patterns::patterns;
use crate::render::told::untold;
use crate::render::{Options, label};
use crate::text::{address, code_span, count, first_few, list, markdown};

/// The most ways to present a key that are named together.
const WAYS: usize = 3;

/// The most that is told of one subject at once.
const ITEMS: usize = 2;

pub(super) fn section(record: &Record, _: &Options) -> Part {
    let (mut lines, mut folded) = (Vec::new(), String::new());
    let unlooked =
        if record.run.partial { "Not looked at, or not to the end." } else { "Not looked at." };
    for (title, of_subject, none) in [
        ("Network", network(&record.network), unlooked),
        ("Authentication methods", methods(record), "The key was not sent."),
        ("Error pattern", errors(record), "No request was answered with an error."),
        ("Rate limiting", limits(record), "Not looked at."),
        ("Key format", format(record), "No key was found."),
    ] {
        lines.push(match of_subject.as_slice() {
            [] => format!("**{title}:** {none}"),
            // One more takes no more room than to say so.
            [first @ .., _, _] if first.len() >= ITEMS => {
                let _ = write!(folded, "{title}:\n\n{}\n", bullets(&of_subject[ITEMS..]));
                let more = of_subject.len() - ITEMS;
                format!(
                    "**{title}:** {}; {more} more in the details",
                    of_subject[..ITEMS].join("; ")
                )
            }
            all => format!("**{title}:** {}", all.join("; ")),
        });
    }
    Part::from(format!("## Key findings\n\n{}", bullets(&lines))).with("More key findings", folded)
}

fn network(network: &Network) -> Vec<String> {
    let mut items = Vec::new();
    if let Some(dns) = &network.dns {
        let host = code_span(&dns.host);
        items.push(match &dns.fault {
            Some(fault) => format!("DNS: {host} didn't resolve: {}", code_span(&fault.detail)),
            None => format!(
                "DNS: {host} resolved to {} in {:.0} ms",
                match dns.addresses.len() {
                    1 => "1 address".to_owned(),
                    n => format!("{n} addresses"),
                },
                dns.ms
            ),
        });
    }
    for attempt in &network.connections {
        let to = code_span(&address(&attempt.address));
        items.push(match (&attempt.fault, attempt.connect_ms, attempt.tls_ms) {
            (Some(fault), ..) => format!("Connection to {to}: {}", fault_text(fault)),
            (None, Some(connect), Some(tls)) => {
                format!("Connection to {to}: TCP in {connect:.0} ms, TLS in {tls:.0} ms")
            }
            (None, Some(connect), None) => format!("Connection to {to}: TCP in {connect:.0} ms"),
            (None, None, _) => format!("Connection to {to}: not finished"),
        });
    }
    if let Some(tls) = &network.tls {
        let trust = match (tls.trusted_here, tls.trusted_publicly) {
            (true, true) => "trusted here and by the public roots",
            (true, false) => "trusted here, but **not** by the public roots",
            (false, true) => "**not** trusted here, but by the public roots",
            (false, false) => "**not** trusted",
        };
        let leaf = tls.chain.first().map_or_else(String::new, |leaf| {
            format!(", certificate of {} by {}", code_span(&leaf.subject), code_span(&leaf.issuer))
        });
        let spoken: Vec<String> =
            tls.version.iter().chain(&tls.alpn).map(|text| code_span(text)).collect();
        items.push(format!("TLS: {}, {trust}{leaf}", spoken.join(", ")));
    }
    // `Date` counts whole seconds, and a record of an older version may hold parts of one.
    items.extend(network.clock_skew_s.map(|skew| match skew.round() {
        0.0 => "Clock: the server's and this machine's agree to about a second".to_owned(),
        skew => format!("Clock: the server's minus this machine's is about {skew:+.0} s"),
    }));
    items.extend(network.status_page.as_ref().map(status_page));
    items
}

fn status_page(page: &StatusPage) -> String {
    if let Some(problem) = &page.problem {
        return format!("Status page: not read: {}", markdown(problem));
    }
    let state = page.component.as_deref().map_or("unknown".to_owned(), code_span);
    let incidents: Vec<String> = page.incidents.iter().map(|name| code_span(name)).collect();
    if incidents.is_empty() {
        format!("Status page: the API is {state}, no open incident")
    } else {
        format!("Status page: the API is {state}; open: {}", list(&incidents))
    }
}

fn fault_text(fault: &Fault) -> String {
    format!("failed ({}): {}", label::fault_word(fault.fault), code_span(&fault.detail))
}

/// How each way to present the key was answered, told once for all that were answered alike.
fn methods(record: &Record) -> Vec<String> {
    let mut variants: Vec<(&str, Results)> = Vec::new();
    for judged in &record.observations {
        let seen = &judged.observation;
        if seen.credential != Credential::Real || seen.pattern.is_some() || seen.is_lost() {
            continue;
        }
        let at = variants.iter().position(|(name, _)| *name == seen.variant).unwrap_or_else(|| {
            variants.push((&seen.variant, Results::new()));
            variants.len() - 1
        });
        variants[at].1.entry(label::result(judged)).or_default().insert(version(seen.api_version));
    }
    let mut groups: Vec<(Vec<String>, Results)> = Vec::new();
    for (name, results) in variants {
        match groups.iter_mut().find(|(_, seen)| *seen == results) {
            Some((names, _)) => names.push(label::presentation(name)),
            None => groups.push((vec![label::presentation(name)], results)),
        }
    }
    let answered = groups.into_iter().map(|(names, results)| {
        let told: Vec<String> = results
            .into_iter()
            .map(|(result, versions)| {
                let versions: Vec<&str> = versions.into_iter().rev().collect();
                format!("{result} on {}", list(&versions))
            })
            .collect();
        format!("{}: {}", first_few(names, WAYS), told.join("; "))
    });
    answered.chain(cut_off(record)).collect()
}

/// The ways to present the key that were under way when the run ended.
fn cut_off(record: &Record) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for cut in record.run.unanswered.iter().filter(|cut| cut.credential == Credential::Real) {
        let name = label::presentation(&cut.variant);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| {
        format!("{}: may have been sent, no answer before the end of the run", names.join("; "))
    })
}

/// Answers, with the versions that gave them.
type Results = BTreeMap<String, BTreeSet<&'static str>>;

fn errors(record: &Record) -> Vec<String> {
    let mut counts: BTreeMap<(String, String), (usize, bool)> = BTreeMap::new();
    for judged in sent(record).filter(|judged| judged.observation.class != Class::Ok) {
        let seen = &judged.observation;
        let said = match seen.answer() {
            Some(answer) => {
                let code = answer.code.as_deref().map_or("no code".to_owned(), code_span);
                let message = answer.message.as_deref().map_or("no message".to_owned(), code_span);
                format!("HTTP {}, {code}, {message}", answer.status)
            }
            None => label::result(judged),
        };
        let control = matches!(seen.credential, Credential::None | Credential::MadeUp);
        let whose = if control { "a control" } else { "a key" };
        let to = format!("{} with {whose}", version(seen.api_version));
        let (n, right) = counts.entry((to, said)).or_insert((0, control));
        *n += 1;
        *right &= judged.expected.contains(&judged.observation.class);
    }
    counts
        .into_iter()
        .map(|((to, said), (n, right))| {
            let right = if right { ", as it must be" } else { "" };
            format!("{to}: {said}, {}{right}", times(n))
        })
        .collect()
}

fn limits(record: &Record) -> Vec<String> {
    let requests = count(record.summary.requests, "request");
    let limited = record.summary.by_status.get(&429);
    let mut items = match limited {
        Some(n) => vec![format!("{n} of {requests} answered with 429")],
        None if !record.summary.by_status.is_empty() => {
            vec![format!("no answer of {requests} was 429")]
        }
        None if record.summary.requests > 0 => vec![format!("no answer to {requests} came")],
        None => Vec::new(),
    };
    items.extend(
        patterns(record)
            .into_iter()
            .map(|pattern| format!("{}: {}", code_span(&pattern.name), pattern.whole())),
    );
    items
}

fn format(record: &Record) -> Vec<String> {
    let credential = &record.credential;
    let mut items = Vec::new();
    if let Some(shape) = &credential.shape {
        let length =
            credential.length.map_or_else(String::new, |n| format!("; {}", count(n, "byte")));
        items.push(format!("Shape: {}{length}", code_span(shape)));
    }
    if let Some(kind) = &credential.kind {
        items.push(format!("Kind: {}", code_span(kind.as_str())));
    }
    if let Some(made) = credential.created_at {
        items.push(format!("Time inside the key: {}", made.format("%Y-%m-%d %H:00 UTC")));
    }
    if let Some(source) = &credential.source {
        items.push(format!("Found in {}", code_span(source)));
    }
    for other in credential.sources.iter().filter(|source| !source.used) {
        if let Some(fingerprint) = &other.fingerprint {
            let place = code_span(&other.source);
            items.push(format!("Not used: {place} holds {}", code_span(fingerprint)));
        }
    }
    if let Some(why) = &credential.withheld {
        items.push(format!("Not sent: {}", markdown(why)));
    }
    for finding in credential.findings.iter().filter(|found| untold(record, &found.message)) {
        items.push(format!("{}: {}", code_span(finding.id.as_str()), markdown(&finding.message)));
    }
    items
}
