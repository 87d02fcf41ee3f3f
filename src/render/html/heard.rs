//! What another program sent, request by request.

use maud::{Markup, html};

use super::words::{code, prose};
use crate::record::Record;
use crate::render::heard::{how_much, lines};

pub(super) fn section(record: &Record) -> Markup {
    let Some(told) = how_much(record) else { return html! {} };
    html! {
        section {
            h2 { "What was sent" }
            p { (prose(&told)) "." }
            ol {
                @for line in lines(record) {
                    li {
                        (code(&line.request)) br;
                        (prose(&line.key)) br;
                        (prose(&line.answer))
                        @if !line.findings.is_empty() { ": " (prose(&line.findings.join(", "))) }
                    }
                }
            }
        }
    }
}
