//! The ticket: the outline that support knows, filled from the record. Where nobody but the reader can do
//! anything about it, a page that says so.

mod account;
mod causes;
mod coverage;
mod exchanges;
mod findings;
mod footer;
mod heard;
mod insights;
mod part;
mod requests;
mod technical;
mod unneeded;

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::record::Record;
use crate::record::diagnosis::Diagnosis;
use crate::render::{Options, label};
use crate::text::markdown;

pub use account::left_to_fill;
use part::Part;
pub use unneeded::is_needed;

/// Every section, in the order of the ticket.
const SECTIONS: &[fn(&Record, &Options) -> Part] = &[
    account::subject,
    exchanges::opening,
    account::account,
    account::summary,
    coverage::section,
    findings::section,
    insights::section,
    technical::section,
    causes::section,
    requests::requested,
    requests::alternatives,
    account::environment,
    account::previous,
    footer::section,
];

pub(super) fn render(record: &Record, options: &Options) -> String {
    let sections = match () {
        () if record.heard.is_some() => heard::SECTIONS,
        () if is_needed(record) => SECTIONS,
        () => unneeded::SECTIONS,
    };
    let parts = sections.iter().map(|section| section(record, options)).collect();
    part::compose(parts, options.ticket.plain)
}

/// `the key was base64-decoded (key_encoded, confirmed)`, as the verdict is everywhere.
fn finding(record: &Record) -> String {
    let Diagnosis { cause, confidence, headline, .. } = &record.diagnosis;
    format!("{} (`{cause}`, {})", markdown(headline), label::standing(*confidence))
}

/// A table; cells are Markdown already.
fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n", header.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(header.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

/// A list of bullets; items are Markdown already.
fn bullets(items: &[String]) -> String {
    items.iter().fold(String::new(), |out, item| out + "- " + item + "\n")
}

/// A time of day, in UTC with milliseconds.
fn time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
