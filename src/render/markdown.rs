//! The ticket: the outline that support knows, filled from the record.

mod account;
mod causes;
mod coverage;
mod findings;
mod footer;
mod insights;
mod requests;
mod technical;

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::judge::causes::of;
use crate::record::Record;
use crate::record::diagnosis::Diagnosis;
use crate::render::{Options, label};
use crate::text::markdown;

/// Every section, in the order of the ticket.
const SECTIONS: &[fn(&Record, &Options) -> String] = &[
    account::opening,
    account::subject,
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
    let sections: Vec<String> = SECTIONS
        .iter()
        .map(|section| section(record, options).trim_end().to_owned())
        .filter(|section| !section.is_empty())
        .collect();
    sections.join("\n\n") + "\n"
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
    format!("`{}`", time.format("%Y-%m-%dT%H:%M:%S%.3fZ"))
}

/// The user's text, or a placeholder that can be seen.
fn given(value: Option<&String>, placeholder: &str) -> String {
    value.map_or_else(|| format!("_[{placeholder}]_"), |value| markdown(value))
}

fn next_step(diagnosis: &Diagnosis) -> &str {
    diagnosis.named().map_or(of(diagnosis.cause).next_step, |named| &named.next_step)
}
