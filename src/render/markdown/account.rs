//! The head of the ticket: the finding, who asks, and from where.

use std::fmt::Write as _;

use super::{bullets, finding, given, next_step, table, time};
use crate::judge::causes::of;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::facts::{Source, Unanswered};
use crate::record::observation::Observation;
use crate::record::probe::{Credential, ProbeId};
use crate::record::wave::Wave;
use crate::record::{Judged, Record};
use crate::render::told::{cut_off, no_fingerprint, said};
use crate::render::{Options, label};
use crate::text::{address, code_span, count, list, markdown};

/// The most exchanges in the first table: enough to search for.
const ROWS: usize = 12;

pub(super) fn opening(record: &Record, _: &Options) -> String {
    let verdict = label::verdict(record.diagnosis.verdict);
    let statement = markdown(&record.diagnosis.statement);
    let mut out = format!("**{verdict}:** {statement}\n");
    if let Some(said) = said(record, &code_span, &code_span) {
        let _ = write!(out, "\nThe server says: {said}\n");
    }
    for caution in cautions(record) {
        let _ = write!(out, "\n> **{caution}**\n");
    }
    let shown = telling(record);
    let cut_off = cut_off(&record.run);
    if let Some(cut_off) = &cut_off {
        let _ = write!(out, "\n{cut_off}\n");
    }
    if shown.is_empty() && cut_off.is_none() {
        out.push_str("\nNo request was sent.\n");
        return out;
    }
    let mut rows: Vec<Vec<String>> = shown
        .iter()
        .map(|judged| {
            let seen = &judged.observation;
            vec![
                time(seen.sent_at),
                code_span(&format!("{} {}", seen.method, seen.path)),
                format!(
                    "{}, {}",
                    label::credential(seen.credential, &record.credential.sources),
                    code_span(&seen.variant)
                ),
                code_span(&label::outcome(judged)),
                seen.answer().and_then(|a| a.code.as_deref()).map_or("–".to_owned(), code_span),
                key_id(record, judged).map_or("unknown".to_owned(), |id| code_span(&id)),
            ]
        })
        .collect();
    let room = ROWS.saturating_sub(rows.len());
    let sources = &record.credential.sources;
    let cut_off = record.run.unanswered.iter().take(room);
    rows.extend(cut_off.map(|cut| unanswered(cut, sources)));
    out.push('\n');
    out.push_str(&table(
        &["Time (UTC)", "Request", "Sent with", "Status", "Code", "Key id"],
        &rows,
    ));
    let rest = sent(record).count() - shown.len();
    if rest > 0 {
        let _ = write!(out, "\nThese are the key requests; {rest} more are counted below.\n");
    }
    out.push_str(&failures(record).unwrap_or_default());
    out
}

/// Where the same request was accepted at one time and not at another: each time that it failed.
fn failures(record: &Record) -> Option<String> {
    let flapping = record.diagnosis.cause == Cause::InconsistentAuth;
    let named = record.diagnosis.named().filter(|_| flapping)?;
    let times: Vec<String> = sent(record)
        .map(|judged| &judged.observation)
        .filter(|seen| seen.credential == Credential::Real && seen.class != Class::Ok)
        .filter(|seen| named.evidence.iter().any(|piece| piece.probes.contains(&seen.probe)))
        .map(|seen| time(seen.sent_at))
        .collect();
    let failed = count(times.len(), "time");
    (!times.is_empty()).then(|| format!("\nIt failed {failed}, sent at {}.\n", list(&times)))
}

/// A request that was under way when the run ended, as a row of the first table.
fn unanswered(cut: &Unanswered, sources: &[Source]) -> Vec<String> {
    vec![
        time(cut.begun_at),
        code_span(&format!("{} {}", cut.method, cut.path)),
        format!("{}, {}", label::credential(cut.credential, sources), code_span(&cut.variant)),
        "cut off".to_owned(),
        "–".to_owned(),
        "unknown".to_owned(),
    ]
}

fn cautions(record: &Record) -> Vec<String> {
    let mut cautions = Vec::new();
    if let Some(scenario) = &record.run.simulated {
        let scenario = code_span(scenario);
        cautions.push(format!("Simulated: the scenario {scenario}. HeyGen was not asked."));
    }
    if record.run.partial {
        let by = label::ended_by(&record.run);
        cautions.push(format!("Partial: {by} before everything was answered."));
    }
    cautions
}

/// Every exchange that there was: a value that can't be sent makes none.
pub(super) fn sent(record: &Record) -> impl Iterator<Item = &Judged> {
    record.observations.iter().filter(|judged| judged.observation.was_sent())
}

/// The exchanges that the verdict rests on, then the first ones, in the order of the plan.
pub(super) fn telling(record: &Record) -> Vec<&Judged> {
    let named: Vec<&ProbeId> = record
        .diagnosis
        .named()
        .into_iter()
        .flat_map(|assessed| assessed.evidence.iter().chain(&assessed.against))
        .flat_map(|evidence| &evidence.probes)
        .collect();
    let once = |judged: &&Judged| judged.observation.pattern.is_none();
    let mut shown: Vec<&Judged> = Vec::new();
    for judged in sent(record) {
        let told = shown.iter().any(|seen| same_exchange(seen, judged));
        if named.contains(&&judged.observation.probe) && !told && shown.len() < ROWS {
            shown.push(judged);
        }
    }
    for judged in sent(record).filter(once) {
        let has = shown.iter().any(|seen| seen.observation.probe == judged.observation.probe);
        if !has && judged.observation.wave == Wave::Controls && shown.len() < ROWS {
            shown.push(judged);
        }
    }
    let chosen = |judged: &&Judged| shown.iter().any(|seen| std::ptr::eq(*seen, *judged));
    record.observations.iter().filter(chosen).collect()
}

/// True if one row tells both: the identical request with the same answer.
fn same_exchange(one: &Judged, other: &Judged) -> bool {
    let (one, other) = (&one.observation, &other.observation);
    let answer =
        |seen: &Observation| seen.answer().map(|answer| (answer.status, answer.code.clone()));
    one.endpoint == other.endpoint
        && one.variant == other.variant
        && one.credential == other.credential
        && answer(one) == answer(other)
}

/// HeyGen's own id of the key, where an answer gave it.
fn key_id(record: &Record, judged: &Judged) -> Option<String> {
    match judged.observation.credential {
        Credential::Real => {}
        Credential::None => return Some("no key".to_owned()),
        Credential::MadeUp => return Some("made up".to_owned()),
        Credential::KnownGood | Credential::Other(_) => return None,
    }
    record
        .observations
        .iter()
        .filter(|other| other.observation.credential == Credential::Real)
        .filter_map(|other| other.observation.answer())
        .find_map(|answer| answer.body.fields.get("key_id")?.as_str().map(ToOwned::to_owned))
}

pub(super) fn subject(record: &Record, _: &Options) -> String {
    format!("## Subject\n\nHeyGen API key: {}\n", finding(record))
}

pub(super) fn account(record: &Record, options: &Options) -> String {
    let ticket = &options.ticket;
    let credential = &record.credential;
    let mut items = vec![
        format!(
            "Account: {}",
            given(ticket.account_email.as_ref(), "e-mail address of the account")
        ),
        format!("Account id: {}", given(ticket.account_id.as_ref(), "account id")),
        "Space id: _[space id, from the address of the web app]_".to_owned(),
        format!("Plan: {}", given(ticket.plan.as_ref(), "plan")),
    ];
    match &credential.fingerprint {
        Some(fingerprint) => items.push(format!(
            "Key: fingerprint {} (SHA-256, first 12 digits); the key itself is not in this document",
            code_span(fingerprint)
        )),
        None if credential.source.is_some() => {
            items.push(format!("Key: {}", no_fingerprint(credential)));
        }
        None => items.push("Key: none was found".to_owned()),
    }
    format!("## Account information\n\n{}", bullets(&items))
}

pub(super) fn summary(record: &Record, options: &Options) -> String {
    let diagnosis = &record.diagnosis;
    let mut out = String::from("## Issue summary\n\n");
    let mut items = vec![
        format!("Verdict: {}", label::verdict(diagnosis.verdict)),
        format!("Who can fix it: {}", who(diagnosis.cause)),
        format!("Next step: {}", next_step(diagnosis)),
    ];
    if let Some(impact) = &options.ticket.impact {
        items.push(format!("Impact: {}", markdown(impact)));
    } else {
        items.push("Impact: _[what can't be done because of it]_".to_owned());
    }
    out.push_str(&bullets(&items));
    out
}

fn who(cause: Cause) -> &'static str {
    match (cause, of(cause).side) {
        (Cause::Healthy, _) => "nobody needs to",
        (_, None) => "not known yet",
        (_, Some(side)) => label::side(side),
    }
}

pub(super) fn environment(record: &Record, _: &Options) -> String {
    let environment = &record.environment;
    let proxy = environment.proxy.as_ref().map_or_else(
        || "none".to_owned(),
        |proxy| format!("{}, set by {}", code_span(&proxy.url), code_span(&proxy.source)),
    );
    let mut items = vec![
        format!("System: {}, {}", code_span(&environment.os), code_span(&environment.arch)),
        format!("Program: {}", code_span(&environment.tool)),
        format!("Base URL: {}", code_span(&record.run.base_url)),
        format!("Proxy: {proxy}"),
    ];
    if !environment.proxy_variables.is_empty() {
        let names: Vec<String> =
            environment.proxy_variables.iter().map(|name| code_span(name)).collect();
        items.push(format!("Proxy variables that are set: {}", list(&names)));
    }
    if environment.ca_cert {
        items.push("Certificates of `--ca-cert` were trusted, too".to_owned());
    }
    if let Some(overridden) = &environment.base_url_override {
        items.push(format!("Base URL overridden by {}", code_span(overridden)));
    }
    if let Some(dns) = &record.network.dns {
        let addresses: Vec<String> = dns.addresses.iter().map(|a| code_span(&address(a))).collect();
        if !addresses.is_empty() {
            items.push(format!("The name resolved to {}", addresses.join(", ")));
        }
    }
    if let Some(vantage) = &record.run.vantage {
        items.push(format!("Vantage point: {}", code_span(vantage)));
    }
    items.push("Egress address: _[public address of this machine]_".to_owned());
    format!("## Environment\n\n{}", bullets(&items))
}

pub(super) fn previous(_: &Record, options: &Options) -> String {
    let previous = given(options.ticket.previous.as_ref(), "what was tried before this run");
    format!("## Previous attempts\n\nBefore: {previous}\n")
}
