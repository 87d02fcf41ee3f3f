//! The matrix as a heat map: each cell says in words and by a sign what its colour says.

use maud::{Markup, html};

use super::words::{code, look};
use crate::record::Record;
use crate::render::label;
use crate::render::matrix::{Cell, Matrix, Row};
use crate::text::list;

pub(super) fn section(record: &Record) -> Markup {
    let matrix = Matrix::of(record).with_rows_joined().with_columns_joined().with_controls_joined();
    if matrix.rows.is_empty() {
        return html! {};
    }
    let joined: Vec<String> = matrix
        .columns
        .iter()
        .filter(|column| column.variants.len() > 1 && !column.is_control())
        .map(|column| {
            let names: Vec<String> = column.variants.iter().map(|id| label::variant(id)).collect();
            format!("{}, answered alike: {}.", column.label, list(&names))
        })
        .collect();
    html! {
        section {
            h2 { "What was asked, and what came back" }
            div.scroll tabindex="0" role="region" aria-label="Endpoints against ways to present the key" {
                table.heat {
                    caption { "Each endpoint against each way to present the key" }
                    thead {
                        tr {
                            th scope="col" { "Endpoint" }
                            @for column in &matrix.columns { th scope="col" { (column.label) } }
                        }
                    }
                    tbody { @for row in &matrix.rows { (line(row)) } }
                }
            }
            p.quiet {
                "✓ accepted · ✗ refused · ! something else, or mixed answers · – not asked. "
                @if !matrix.controls().is_empty() { "Controls are no key, and a made-up one: HeyGen must refuse both. " }
                @if matrix.has_unknown_route() { code { "<random>" } " is a path that can't exist, which HeyGen answers with 404. " }
                @if matrix.any_odd() { "A control marked “not as expected” was not answered so." }
            }
            @for told in joined { p.quiet { (told) } }
        }
    }
}

fn line(row: &Row) -> Markup {
    let (first, rest) = row.paths.split_first().map_or(("", &[][..]), |(f, r)| (f.as_str(), r));
    html! {
        tr {
            th scope="row" {
                (code(first))
                @if !rest.is_empty() {
                    details {
                        summary { "and " (rest.len()) " more, answered alike" }
                        ul { @for path in rest { li { (code(path)) } } }
                    }
                }
            }
            @for told in &row.cells { (cell(told.as_ref())) }
        }
    }
}

fn cell(cell: Option<&Cell>) -> Markup {
    let Some(cell) = cell else { return html! { td.quiet { "–" } } };
    let (class, sign) = look(cell.tone);
    html! {
        td.(class) {
            (sign) " " (cell.text)
            @if cell.odd { " (not as expected)" }
        }
    }
}
