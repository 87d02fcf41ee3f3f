//! For an issue or an e-mail.

use std::fmt::Write as _;

use super::{Line, about, asides, shown, tables, title};
use crate::compare::Comparison;
use crate::render::Options;
use crate::text::{code_span, markdown};

pub(super) fn render(comparison: &Comparison, options: &Options) -> String {
    let mut out = format!(
        "## {}\n\n{}\n\n## Runs\n\n",
        title(comparison.conclusion),
        markdown(&comparison.statement)
    );
    for run in &comparison.runs {
        let _ = writeln!(out, "- {}: {}", code_span(&run.name), markdown(&about(run)));
    }
    let tables = tables(comparison, options);
    for (title, lines) in &tables {
        let _ = write!(out, "\n## {title}\n\n");
        table(&mut out, comparison, lines);
    }
    out.push_str("\n## Beside that\n\n");
    for told in asides(comparison, &tables) {
        let _ = writeln!(out, "- {}", markdown(&told));
    }
    out
}

fn table(out: &mut String, comparison: &Comparison, lines: &[Line<'_>]) {
    let names: Vec<String> = comparison.runs.iter().map(|run| code_span(&run.name)).collect();
    let _ = writeln!(out, "| | {} |\n|{}", names.join(" | "), " --- |".repeat(names.len() + 1));
    for line in lines {
        let values: Vec<String> =
            line.row.values.iter().map(|value| code_span(&shown(value.as_ref()))).collect();
        let _ = writeln!(
            out,
            "| {}{} | {} |",
            code_span(&line.row.name),
            line.others(),
            values.join(" | ")
        );
    }
}
