//! The coverage: requests, and how often the answer was as expected.

use std::collections::BTreeSet;

use super::account::sent;
use super::{bullets, table};
use crate::record::Record;
use crate::record::probe::ApiVersion;
use crate::render::matrix::{Cell, Matrix};
use crate::render::told::{controls, cut_off, key_rate, not_sent, repeats};
use crate::render::{Options, label};
use crate::text::{code_span, count, first_few, list, markdown};

/// The most probes that are named for one reason; the JSON record has all.
const LEFT_OUT: usize = 3;

pub(super) fn section(record: &Record, _: &Options) -> String {
    let mut out = format!("## Forensic results\n\n### Coverage\n\n{}", bullets(&counts(record)));
    if !record.observations.is_empty() {
        out.push_str("\n### Matrix\n\n");
        out.push_str(&matrix(record));
    }
    out
}

fn counts(record: &Record) -> Vec<String> {
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
    let mut items = vec![
        format!(
            "Calls: {} in {}",
            count(record.summary.requests, "request"),
            label::duration(record.run.duration_ms)
        ),
        match endpoints.len() {
            0 => "Endpoints: none".to_owned(),
            n => format!("Endpoints: {n}, with {}", list(&methods)),
        },
        format!("Success rate of the key in the documented header on current endpoints: {rate}"),
        format!("Controls: {}", controls(record)),
        format!("Statuses: {}", statuses(record)),
    ];
    items.extend(cut_off(&record.run).map(|told| format!("Cut off: {told}")));
    items.extend(repeats(record).map(|told| format!("Identical repeats: {}", markdown(told))));
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
    let matrix = Matrix::of(record).with_rows_joined();
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
    out.push_str("\n`no key` and `made-up key` are controls: HeyGen must refuse them.");
    out.push_str(" `<random>` is a path that can't exist, which HeyGen answers with 404.");
    if matrix.any_odd() {
        out.push_str(" A control in bold was not answered so.");
    }
    out.push('\n');
    out
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
