//! The lines of the tables: rows that differ alike are one.

use crate::compare::{Comparison, Row};
use crate::render::Options;

/// A row, and how many others say the same of every run.
pub(super) struct Line<'a> {
    pub(super) row: &'a Row,
    pub(super) alike: usize,
}

impl Line<'_> {
    /// What follows the name of the row.
    pub(super) fn others(&self) -> String {
        match self.alike {
            0 => String::new(),
            more => format!(" and {more} more"),
        }
    }
}

/// What differs, in tables with a column for each run.
pub(super) fn tables<'a>(
    comparison: &'a Comparison,
    options: &Options,
) -> Vec<(&'static str, Vec<Line<'a>>)> {
    let cells =
        if options.verbose > 0 { each(&comparison.cells) } else { alike(&comparison.cells) };
    let all = [("Answers that differ", cells), ("The network", each(&comparison.network))];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn each(rows: &[Row]) -> Vec<Line<'_>> {
    rows.iter().map(|row| Line { row, alike: 0 }).collect()
}

fn alike(rows: &[Row]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for row in rows {
        match lines.iter_mut().find(|line| line.row.values == row.values) {
            Some(line) => line.alike += 1,
            None => lines.push(Line { row, alike: 0 }),
        }
    }
    lines
}
