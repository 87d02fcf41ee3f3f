//! For a browser.

use maud::{Markup, html};

use super::{Line, about, asides, shown, tables, title};
use crate::compare::Comparison;
use crate::render::Options;
use crate::render::html::shell;
use crate::render::html::words::{code, prose};
use crate::render::json;
use crate::text::neutralise;

pub(super) fn render(comparison: &Comparison, options: &Options) -> String {
    let tables = tables(comparison, options);
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
            @for (title, lines) in &tables {
                section { h2 { (title) } (table(title, comparison, lines)) }
            }
            section {
                h2 { "Beside that" }
                ul { @for told in asides(comparison, &tables) { li { (prose(&told)) } } }
            }
        }
        footer { p { "Made by heygen-doctor compare. The comparison is inside as JSON; nothing was sent." } }
    };
    let title = format!("HeyGen API key: {}", title(comparison.conclusion).to_lowercase());
    shell::page(&title, &body, "comparison", &json::line(comparison))
}

fn table(title: &str, comparison: &Comparison, lines: &[Line<'_>]) -> Markup {
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
                    @for line in lines {
                        tr {
                            th scope="row" { (code(&line.row.name)) (line.others()) }
                            @for value in &line.row.values { td { (shown(value.as_ref())) } }
                        }
                    }
                }
            }
        }
    }
}
