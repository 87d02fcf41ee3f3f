//! For a browser.

use maud::{Markup, html};

use super::{ROWS, about, asides, more, shown, tables, title};
use crate::compare::{Comparison, Row};
use crate::render::html::shell;
use crate::render::html::words::{code, prose};
use crate::render::json;
use crate::text::neutralise;

pub(super) fn render(comparison: &Comparison) -> String {
    let body = html! {
        header {
            div.verdict {
                h1 { (title(comparison.conclusion)) }
                p { (prose(&comparison.statement)) }
            }
        }
        main {
            section {
                h2 { "Runs" }
                dl { @for run in &comparison.runs { dt { (neutralise(&run.name)) } dd { (prose(&about(run))) } } }
            }
            @for (title, rows) in tables(comparison) {
                section { h2 { (title) } (table(title, comparison, rows)) }
            }
            section {
                h2 { "Beside that" }
                ul { @for told in asides(comparison) { li { (prose(&told)) } } }
            }
        }
        footer { p { "Made by heygen-doctor compare. The comparison is inside as JSON; nothing was sent." } }
    };
    let title = format!("HeyGen API key: {}", title(comparison.conclusion).to_lowercase());
    shell::page(&title, &body, "comparison", &json::line(comparison))
}

fn table(title: &str, comparison: &Comparison, rows: &[Row]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table {
                caption { (title) ", run by run" }
                thead {
                    tr {
                        th scope="col" { "What" }
                        @for run in &comparison.runs { th scope="col" { (neutralise(&run.name)) } }
                    }
                }
                tbody {
                    @for row in rows.iter().take(ROWS) {
                        tr {
                            th scope="row" { (code(&row.name)) }
                            @for value in &row.values { td { (shown(value.as_ref())) } }
                        }
                    }
                }
            }
        }
        @if let Some(more) = more(rows) { p.quiet { (more) } }
    }
}
