//! The whole reasoning: what was asked and why, what stands, what was ruled out and by which answers.

use super::{causes, footer, heard, observations, partial, places, server_says, table};
use crate::record::Record;
use crate::record::facts::{RunInfo, Step};
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::text::{count, neutralise};

pub(super) fn write(page: &mut Page, record: &Record, verbose: u8) {
    server_says(page, record);
    partial(page, &record.run);
    heard::whole(page, record, verbose);
    table::whole(page, record);
    steps(page, &record.run);
    causes::write(page, &record.diagnosis);
    places::key(page, record);
    places::notes(page, record);
    if verbose > 1 {
        observations::write(page, record);
    }
    footer::whole(page, record);
}

/// Why each step of the plan was sent.
fn steps(page: &mut Page, run: &RunInfo) {
    let sent: Vec<&Step> = run.steps.iter().filter(|step| step.requests > 0).collect();
    if sent.is_empty() {
        return;
    }
    page.heading("Why it was asked");
    for step in sent {
        let requests = format!("  {:<14}", count(step.requests, "request"));
        page.labelled(&requests, Tone::Quiet, &neutralise(&step.why));
    }
}
