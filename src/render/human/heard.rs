//! What another program sent: a few lines for each request.

use crate::record::Record;
use crate::record::heard::Heard;
use crate::render::heard::lines;
use crate::render::page::Page;
use crate::render::style::Tone;
use crate::text::{count, neutralise};

/// The most requests in the usual view.
const FEW: usize = 6;

/// The first few requests. False if there is none.
pub(super) fn brief(page: &mut Page, record: &Record) -> bool {
    let all = record.heard.as_ref().map_or(0, Vec::len);
    if all == 0 {
        return false;
    }
    page.blank();
    requests(page, record, FEW);
    if all > FEW {
        page.text(
            2,
            Some(Tone::Quiet),
            &format!("{}; `-v` lists them", count(all - FEW, "more request")),
        );
    }
    true
}

/// All of them, at the highest level with their headers.
pub(super) fn whole(page: &mut Page, record: &Record, verbose: u8) {
    let Some(heard) = &record.heard else { return };
    page.heading("What was sent");
    requests(page, record, heard.len());
    if verbose > 1 {
        for (at, one) in heard.iter().enumerate() {
            headers(page, at, one);
        }
    }
}

fn requests(page: &mut Page, record: &Record, most: usize) {
    for (at, line) in lines(record, most).into_iter().enumerate() {
        page.labelled(&format!("  {:<3}", at + 1), Tone::Strong, &line.request);
        page.labelled("     ", Tone::Quiet, &line.key);
        page.labelled("     ", Tone::Quiet, &line.answer);
        if !line.findings.is_empty() {
            page.labelled("   ! ", Tone::Warn, &line.findings.join(", "));
        }
    }
}

fn headers(page: &mut Page, at: usize, heard: &Heard) {
    page.heading(&format!("Headers of request {}", at + 1));
    for (name, value) in &heard.headers {
        page.labelled("    ", Tone::Quiet, &neutralise(&format!("{name}: {value}")));
    }
}
