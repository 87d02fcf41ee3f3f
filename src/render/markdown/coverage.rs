//! The coverage: requests, and how often the answer was as expected.

use std::collections::BTreeSet;

use super::exchanges::sent;
use super::part::Part;
use super::{bullets, table};
use crate::record::Record;
use crate::record::probe::ApiVersion;
use crate::render::matrix::{Cell, Matrix};
use crate::render::told::{controls, cut_off, key_rate, not_sent, repeats};
use crate::render::{Options, label};
use crate::text::{code_span, count, first_few, list, markdown};

/// The most probes that are named for one reason; the JSON record has all.
const LEFT_OUT: usize = 3;

pub(super) fn section(record: &Record, _: &Options) -> Part {
    let out = format!("## Forensic results\n\n{}", bullets(&counts(record)));
    let matrix = if record.observations.is_empty() { String::new() } else { matrix(record) + "\n" };
    let reasons = bullets(&reasons(record));
    Part::from(out).with("What was asked, why, and what came back", matrix + &reasons)
}

pub(super) fn counts(record: &Record) -> Vec<String> {
    let cut = &record.run.unanswered;
    let endpoints: BTreeSet<&str> = sent(record)
        .map(|judged| judged.observation.endpoint.as_str())
        .chain(cut.iter().map(|cut| cut.endpoint.as_str()))
        .collect();
    let methods: BTreeSet<&str> = sent(record)
        .map(|judged| judged.observation.method.as_str())
        .chain(cut.iter().map(|cut| cut.method.as_str()))
        .collect();
    let methods: Vec<String> = methods.into_iter().map(code_span).collect();
    let rate = key_rate(record, |real| {
        let percent = (real.accepted * 200 + real.asked) / (2 * real.asked);
        format!("{} of {} ({percent} %)", real.accepted, real.asked)
    });
    let asked = match endpoints.len() {
        0 => String::new(),
        n => format!(" to {} with {}", count(n, "endpoint"), list(&methods)),
    };
    let took = label::duration(record.run.duration_ms);
    let mut items = vec![
        format!("Calls: {}{asked} in {}", count(record.summary.requests, "request"), took),
        format!("Key recognized, with the documented header on live endpoints: {rate}"),
        format!("Controls: {}; statuses: {}", controls(record), statuses(record)),
    ];
    items.extend(cut_off(&record.run).map(|told| format!("Cut off: {told}")));
    items.extend(repeats(record).map(|told| format!("Repeats: {}", markdown(told))));
    items
}

/// Why each step was sent, and why the rest was not.
fn reasons(record: &Record) -> Vec<String> {
    let mut items = Vec::new();
    let steps = record.run.steps.iter().filter(|step| step.requests > 0);
    items.extend(
        steps.map(|step| {
            format!("Why {}: {}", count(step.requests, "request"), markdown(&step.why))
        }),
    );
    for (probes, why) in not_sent(&record.run) {
        let probes = probes.into_iter().map(code_span).collect();
        items.push(format!("Not sent: {} ({})", first_few(probes, LEFT_OUT), markdown(why)));
    }
    items
}

fn statuses(record: &Record) -> String {
    let told: Vec<String> = record
        .summary
        .by_status
        .iter()
        .map(|(status, n)| format!("{status} ({})", times(*n)))
        .collect();
    if told.is_empty() { "no answer at all".to_owned() } else { list(&told) }
}

pub(super) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{n} times"),
    }
}

fn matrix(record: &Record) -> String {
    let matrix = Matrix::of(record).with_rows_joined().with_columns_joined().with_controls_joined();
    let mut header = vec!["Version".to_owned(), "Endpoint".to_owned()];
    header.extend(matrix.columns.iter().map(|column| markdown(&column.label)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = matrix
        .rows
        .iter()
        .map(|row| {
            let name = match row.paths.as_slice() {
                [first, rest @ ..] if !rest.is_empty() => {
                    format!("{} and {} more", code_span(first), rest.len())
                }
                paths => code_span(&paths.concat()),
            };
            let mut cells = vec![version(row.version).to_owned(), name];
            cells.extend(row.cells.iter().map(|told| cell(told.as_ref())));
            cells
        })
        .collect();
    let mut out = table(&header, &rows);
    if !matrix.controls().is_empty() {
        out.push_str("\nControls: no key, and a made-up one; HeyGen must refuse both.");
    }
    if matrix.has_unknown_route() {
        out.push_str(" `<random>` is a path that can't exist, which HeyGen answers with 404.");
    }
    if matrix.any_odd() {
        out.push_str(" A control in bold was not answered so.");
    }
    out.push('\n');
    let joined = matrix.columns.iter().filter(|column| column.variants.len() > 1);
    let told: Vec<String> = joined
        .filter(|column| !column.is_control())
        .map(|column| {
            let names: Vec<String> = column.variants.iter().map(|id| code_span(id)).collect();
            format!("\n{}, answered alike: {}.\n", column.label, list(&names))
        })
        .collect();
    out + &told.concat()
}

fn cell(cell: Option<&Cell>) -> String {
    match cell {
        None => "–".to_owned(),
        Some(cell) if cell.odd => format!("**{}**", cell.text),
        Some(cell) => cell.text.clone(),
    }
}

pub(super) const fn version(version: ApiVersion) -> &'static str {
    match version {
        ApiVersion::V1 => "V1",
        ApiVersion::V2 => "V2",
        ApiVersion::V3 => "V3",
    }
}
