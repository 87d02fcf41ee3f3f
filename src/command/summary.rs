//! The lines of `report` on stderr once its documents are written: standard output may be a file.

use crate::command::output::Place;
use crate::record::Record;
use crate::render::{Format, Options, is_needed, left_to_fill, render};
use crate::text::list;

/// The finding, the documents that were written, and the fields that are left to fill in.
pub(super) fn of(record: &Record, places: &[Place], options: &Options) -> String {
    let mut lines = Vec::new();
    if !places.iter().any(|place| matches!(place.format, Format::Human | Format::Brief)) {
        let quiet = Options { quiet: true, colour: false, ..options.clone() };
        lines.push(render(Format::Human, record, &quiet).trim_end().to_owned());
    }
    for Place { format, file } in places {
        let document = match format {
            Format::Human | Format::Brief => continue,
            Format::Json => "The record",
            Format::Html => "The page",
            Format::Markdown if is_needed(record) => "The ticket",
            Format::Markdown => "A page that says why no ticket is needed",
            Format::Har => "The HTTP Archive",
            Format::Junit => "The test report",
            Format::Openmetrics => "The metrics",
            Format::Github => "The annotation",
        };
        let place = match file {
            Some(file) => format!("is in `{file}`"),
            None => "went to standard output".to_owned(),
        };
        lines.push(format!("{document} {place}."));
    }
    let open = left_to_fill(&options.ticket);
    let ticket = places.iter().any(|place| place.format == Format::Markdown);
    if ticket && is_needed(record) && !open.is_empty() {
        lines.push(format!(
            "Left to fill in, with these flags or where the ticket has `_[…]_`: {}.",
            list(&open)
        ));
    }
    let text = lines.join("\n");
    if options.unicode { text } else { text.replace('…', "...") }
}
