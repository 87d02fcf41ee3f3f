//! What another program sent, request by request.

use maud::{Markup, html};

use super::words::{code, prose};
use crate::record::Record;
use crate::render::heard::{beyond, how_much, lines};
use crate::text::upper_first;

/// The most requests that are listed.
const MOST: usize = 100;

pub(super) fn section(record: &Record) -> Markup {
    let Some(told) = how_much(record) else { return html! {} };
    html! {
        section {
            h2 { "What was sent" }
            p { (prose(&told)) "." }
            ol {
                @for line in lines(record, MOST) {
                    li {
                        (code(&line.request)) br;
                        (prose(&line.key)) br;
                        (prose(&line.answer))
                        @if !line.findings.is_empty() {
                            br; b { (prose(&upper_first(&line.findings.join(", ")))) }
                        }
                    }
                }
            }
            @if let Some(told) = beyond(record, MOST) { p { (prose(&told)) } }
        }
    }
}
