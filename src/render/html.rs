//! For a browser: one page that needs nothing beside it, with the record inside.

mod causes;
mod exchanges;
mod heard;
mod heat;
mod latency;
pub(super) mod shell;
mod verdict;
mod waterfall;
pub(super) mod words;

use maud::{Markup, html};

use crate::record::Record;
use crate::render::{json, label};
use crate::text::neutralise;
use exchanges::Depth;

/// The most bytes of a page. One that would be longer tells its exchanges in a line each.
const MOST: usize = 400 << 10;

pub(super) fn render(record: &Record) -> String {
    let whole = page(record, Depth::Whole);
    if whole.len() <= MOST { whole } else { page(record, Depth::Lines) }
}

fn page(record: &Record, depth: Depth) -> String {
    let diagnosis = &record.diagnosis;
    let title = format!(
        "HeyGen API key: {} ({})",
        label::verdict(diagnosis.verdict).to_lowercase(),
        diagnosis.cause
    );
    let body = html! {
        (verdict::header(record))
        main {
            (verdict::next_step(record))
            (verdict::why(record))
            (verdict::also(record))
            (heard::section(record))
            (verdict::facts(record))
            (heat::section(record))
            (latency::section(record))
            (causes::section(record))
            (waterfall::section(record))
            (exchanges::section(record, depth))
        }
        (footer(record))
    };
    shell::page(&title, &body, "record", &json::line(record))
}

fn footer(record: &Record) -> Markup {
    let version = neutralise(&record.tool.version);
    html! {
        footer {
            p { "Made by heygen-doctor " (version) ". No key is in this page: it was searched for every form of it before it was written." }
            p { "The whole record is inside. " code { "heygen-doctor check --from THIS-FILE" } " judges it again and sends nothing." }
        }
    }
}
