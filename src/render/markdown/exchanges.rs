//! The exchanges: those that the verdict rests on, each failure of a fault that comes and goes, and all.

use super::part::Part;
use super::{table, time};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::facts::{Source, Unanswered};
use crate::record::observation::Observation;
use crate::record::probe::{Credential, ProbeId, variant};
use crate::record::wave::Wave;
use crate::record::{Judged, Record};
use crate::render::told::cut_off;
use crate::render::{Options, label};
use crate::text::{code_span, count, list};

/// The most exchanges in the first table: enough to search for.
const ROWS: usize = 6;

pub(super) fn opening(record: &Record, _: &Options) -> Part {
    let shown = telling(record);
    let cut_off = cut_off(&record.run);
    let mut out = cut_off.as_ref().map_or_else(String::new, |told| format!("{told}\n\n"));
    if shown.is_empty() && cut_off.is_none() {
        return Part::from("No request was sent.\n".to_owned());
    }
    let id = key_id(record);
    let mut rows: Vec<Vec<String>> = shown.iter().map(|judged| row(record, judged, id)).collect();
    let room = ROWS.saturating_sub(rows.len());
    let sources = &record.credential.sources;
    let cut_off = record.run.unanswered.iter().take(room);
    rows.extend(cut_off.map(|cut| unanswered(cut, sources, id)));
    let mut header = vec!["Time (UTC)", "Request", "Sent with", "Status"];
    header.extend(id.map(|_| "Key id"));
    out.push_str(&table(&header, &rows));
    match failures(record) {
        None => out.into(),
        Some((told, each)) => Part::from(out + &told).with("Each failure, with its ids", each),
    }
}

fn row(record: &Record, judged: &Judged, id: Option<&str>) -> Vec<String> {
    let seen = &judged.observation;
    let code = seen.answer().and_then(|answer| answer.code.as_deref());
    let outcome = label::outcome(judged);
    let mut cells = vec![
        time(seen.sent_at),
        code_span(&seen.path),
        sent_with(seen.credential, &seen.variant, &record.credential.sources),
        code_span(&code.map_or_else(|| outcome.clone(), |code| format!("{outcome} {code}"))),
    ];
    cells.extend(id.map(|id| whose_id(seen.credential, id)));
    cells
}

/// A request that was under way when the run ended, as a row of the first table.
fn unanswered(cut: &Unanswered, sources: &[Source], id: Option<&str>) -> Vec<String> {
    let mut cells = vec![
        time(cut.begun_at),
        code_span(&cut.path),
        sent_with(cut.credential, &cut.variant, sources),
        "cut off".to_owned(),
    ];
    cells.extend(id.map(|id| whose_id(cut.credential, id)));
    cells
}

/// Whose key it was, and how it was presented where that isn't as documented.
fn sent_with(credential: Credential, variant: &str, sources: &[Source]) -> String {
    let whose = match credential {
        Credential::Real => "the key".to_owned(),
        other => label::credential(other, sources),
    };
    if variant::is_documented(variant) || credential == Credential::None {
        whose
    } else {
        format!("{whose}, {}", code_span(variant))
    }
}

fn whose_id(credential: Credential, id: &str) -> String {
    match credential {
        Credential::Real => code_span(id),
        _ => "–".to_owned(),
    }
}

/// HeyGen's own id of the key, where an answer gave it.
pub(super) fn key_id(record: &Record) -> Option<&str> {
    sent(record)
        .filter(|other| other.observation.credential == Credential::Real)
        .filter_map(|other| other.observation.answer())
        .find_map(|answer| answer.body.fields.get("key_id")?.as_str())
}

/// Where the same request was accepted at one time and not at another: each time that it failed, in a
/// sentence, and with the ids of the answers.
fn failures(record: &Record) -> Option<(String, String)> {
    let flapping = record.diagnosis.cause == Cause::InconsistentAuth;
    let named = record.diagnosis.named().filter(|_| flapping)?;
    let failed: Vec<&Judged> = sent(record)
        .filter(|judged| {
            let seen = &judged.observation;
            seen.credential == Credential::Real
                && seen.class != Class::Ok
                && named.evidence.iter().any(|piece| piece.probes.contains(&seen.probe))
        })
        .collect();
    let times: Vec<String> = failed.iter().map(|judged| time(judged.observation.sent_at)).collect();
    let rows: Vec<Vec<String>> = failed
        .iter()
        .map(|judged| {
            let seen = &judged.observation;
            vec![time(seen.sent_at), code_span(&label::outcome(judged)), ids(seen)]
        })
        .collect();
    let told = format!("\nIt failed {}, sent at {}.\n", count(times.len(), "time"), list(&times));
    (!times.is_empty()).then(|| (told, table(&["Time (UTC)", "Status", "Ids"], &rows)))
}

/// The ids that an answer carries.
fn ids(seen: &Observation) -> String {
    let ids = seen.answer().into_iter().flat_map(|answer| &answer.ids);
    let told: Vec<String> = ids.map(|(name, id)| code_span(&format!("{name}: {id}"))).collect();
    if told.is_empty() { "–".to_owned() } else { told.join(", ") }
}

/// Every exchange, one line each: the head of the table, and its lines.
pub(super) fn all(record: &Record) -> (String, Vec<String>) {
    let rows: Vec<Vec<String>> = sent(record)
        .map(|judged| {
            let mut cells = row(record, judged, None);
            cells.push(ids(&judged.observation));
            cells
        })
        .collect();
    let header = ["Time (UTC)", "Request", "Sent with", "Status", "Ids"];
    let head = if rows.is_empty() { String::new() } else { table(&header, &[]) };
    (head, rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect())
}

/// Every exchange that there was: a value that can't be sent makes none.
pub(super) fn sent(record: &Record) -> impl Iterator<Item = &Judged> {
    record.observations.iter().filter(|judged| judged.observation.was_sent())
}

/// The exchanges that the verdict rests on, then the first ones, in the order of the plan.
fn telling(record: &Record) -> Vec<&Judged> {
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
