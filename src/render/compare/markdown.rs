//! For an issue or an e-mail.

use std::fmt::Write as _;

use super::{ROWS, about, asides, more, shown, tables, title};
use crate::compare::{Comparison, Row};
use crate::text::{code_span, markdown};

pub(super) fn render(comparison: &Comparison) -> String {
    let mut out = format!(
        "## {}\n\n{}\n\n## Runs\n\n",
        title(comparison.conclusion),
        markdown(&comparison.statement)
    );
    for run in &comparison.runs {
        let _ = writeln!(out, "- {}: {}", code_span(&run.name), markdown(&about(run)));
    }
    for (title, rows) in tables(comparison) {
        let _ = write!(out, "\n## {title}\n\n");
        table(&mut out, comparison, rows);
    }
    out.push_str("\n## Beside that\n\n");
    for told in asides(comparison) {
        let _ = writeln!(out, "- {}", markdown(&told));
    }
    out
}

fn table(out: &mut String, comparison: &Comparison, rows: &[Row]) {
    let names: Vec<String> = comparison.runs.iter().map(|run| code_span(&run.name)).collect();
    let _ = writeln!(out, "| | {} |\n|{}", names.join(" | "), " --- |".repeat(names.len() + 1));
    for row in rows.iter().take(ROWS) {
        let values: Vec<String> =
            row.values.iter().map(|value| code_span(&shown(value.as_ref()))).collect();
        let _ = writeln!(out, "| {} | {} |", code_span(&row.name), values.join(" | "));
    }
    if let Some(more) = more(rows) {
        let _ = write!(out, "\n{more}\n");
    }
}
