//! The matrix: rows are endpoints, columns are the ways to present a key, and the controls.

use comfy_table::{
    CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};
use textwrap::core::display_width;

use crate::heygen::endpoint::UNKNOWN_ROUTE;
use crate::record::Record;
use crate::record::probe::ApiVersion;
use crate::record::probe::Credential;
use crate::render::label;
use crate::render::matrix::{CONTROLS, Column, Matrix, Row};
use crate::render::page::Page;
use crate::render::patterns::patterns;
use crate::render::style::{Style, Tone};
use crate::text::{count, list};

const INDENT: usize = 2;
/// Between two columns: the padding of a cell, and a blank in place of a line.
const GAP: usize = 2;
const LETTERS: &[&str] = &[
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

/// The most rows in the usual view; `-v` shows all.
const ROWS: usize = 6;
/// The same where the columns don't fit beside each other.
const FEW: usize = 3;

/// The usual view: only where the key was answered in more than one way, or a control as it must not be.
/// False if there is nothing to see.
pub(super) fn brief(page: &mut Page, record: &Record) -> bool {
    let mut matrix = Matrix::of(record).with_rows_joined();
    let tells = matrix.tells();
    if tells {
        matrix.leave_out_the_expected();
        let all = matrix.rows.len();
        matrix.rows.truncate(ROWS);
        matrix = matrix.with_controls_joined();
        let (fitting, left_out) = fitting(matrix, page);
        matrix = fitting;
        let mut told = vec![brief_legend(&matrix, page.style)];
        page.blank();
        let (drawn, columns) = draw(page, matrix, false);
        let more = [(all - drawn.rows.len(), "more row"), (left_out, "more column")];
        let more = more.iter().filter(|(number, _)| *number > 0);
        let more: Vec<_> = more.map(|(number, what)| count(*number, what)).collect();
        if !more.is_empty() {
            told.push(format!("{}: `-v`.", list(&more)));
        }
        told.splice(0..0, columns);
        page.text(INDENT, Some(Tone::Quiet), &told.join(" "));
    }
    let differing: Vec<_> = patterns(record).into_iter().filter(|one| !one.uniform).collect();
    let drawn = tells || !differing.is_empty();
    if !differing.is_empty() {
        page.blank();
    }
    for pattern in differing {
        page.hanging(&format!("{}:", pattern.name), Tone::Warn, &pattern.text);
    }
    drawn
}

/// As many columns as stand beside each other, and how many don't.
fn fitting(matrix: Matrix, page: &Page) -> (Matrix, usize) {
    let mut joined = matrix.slice(0..matrix.columns.len()).with_columns_joined();
    let all = joined.columns.len();
    letter(&mut joined.columns);
    let fits = |end: &usize| fits(&lines(&joined.slice(0..*end), page.style, false), page.width);
    match (FEW..=all).rev().find(fits) {
        Some(end) if end < all => (matrix.with_columns_joined().slice(0..end), all - end),
        _ => (matrix, 0),
    }
}

/// Every endpoint, every way to present the key, and every timing pattern.
pub(super) fn whole(page: &mut Page, record: &Record) {
    if record.observations.is_empty() {
        return;
    }
    page.heading("What was asked, and what came back");
    page.blank();
    let (matrix, legend) = draw(page, Matrix::of(record), true);
    page.blank();
    for pattern in patterns(record) {
        let tone = if pattern.uniform { Tone::Quiet } else { Tone::Warn };
        page.labelled(&format!("  {}: ", pattern.name), tone, &pattern.whole());
    }
    if let Some(legend) = legend {
        page.text(INDENT, Some(Tone::Quiet), &legend);
    }
    page.text(INDENT, Some(Tone::Quiet), &controls_legend(&matrix, page.style));
}

/// Writes the table as wide as it can be, and tells what its columns stand for where they had to be
/// joined or shortened.
fn draw(page: &mut Page, mut matrix: Matrix, spaced: bool) -> (Matrix, Option<String>) {
    let mut lines = lines(&matrix, page.style, spaced);
    let mut legend = None;
    if !spaced || !fits(&lines, page.width) {
        matrix = matrix.with_columns_joined();
        legend = joined_legend(&matrix.columns);
        lines = self::lines(&matrix, page.style, spaced);
    }
    if !fits(&lines, page.width) {
        legend = Some(letter(&mut matrix.columns));
        let lines = self::lines(&matrix, page.style, spaced);
        if !spaced && !fits(&lines, page.width) {
            matrix.rows.truncate(FEW);
        }
    }
    // What doesn't fit beside each other stands below each other.
    let (mut first, style, width) = (0, page.style, page.width);
    while first < matrix.columns.len() {
        let slice = |end| self::lines(&matrix.slice(first..end), style, spaced);
        let fitting = (first + 1..=matrix.columns.len()).rev();
        let end = fitting.into_iter().find(|end| fits(&slice(*end), width)).unwrap_or(first + 1);
        if first > 0 {
            page.blank();
        }
        for line in slice(end) {
            page.line(&format!("{}{line}", " ".repeat(INDENT)));
        }
        first = end;
    }
    (matrix, legend)
}

fn brief_legend(matrix: &Matrix, style: Style) -> String {
    let controls = match matrix.controls()[..] {
        [] => "",
        [CONTROLS] => "Controls: no key, and a made-up one; both must be refused. ",
        _ => "`no key` and `made-up key` must be refused. ",
    };
    let odd = if matrix.any_odd() { "`!`: answered otherwise. " } else { "" };
    let identity = if matrix.has_unknown_route() {
        format!("`{}` must be unknown (404). ", UNKNOWN_ROUTE.path)
    } else {
        String::new()
    };
    format!("{controls}{identity}{odd}`{}`: not asked.", style.pick("—", "-"))
}

fn controls_legend(matrix: &Matrix, style: Style) -> String {
    let dash = style.pick("—", "-");
    let odd = if matrix.any_odd() { " A control with `!` was not answered so." } else { "" };
    let identity = if matrix.has_unknown_route() {
        format!(" `{}` can't exist, so HeyGen answers 404.", UNKNOWN_ROUTE.path)
    } else {
        String::new()
    };
    let known = if matrix.columns.iter().any(|c| c.credential == Credential::KnownGood) {
        " `known good key` is the one of `--control-env`: HeyGen must accept it."
    } else {
        ""
    };
    format!(
        "`no key` and `made-up key` are controls: HeyGen must refuse them.{known}{identity}{odd} `{dash}`: not asked."
    )
}

/// Which ways to present the key stand behind a joined column.
fn joined_legend(columns: &[Column]) -> Option<String> {
    let told: Vec<String> = columns
        .iter()
        .filter(|column| column.credential == Credential::Real && column.variants.len() > 1)
        .map(|column| {
            let names: Vec<String> = column.variants.iter().map(|id| label::variant(id)).collect();
            format!("{}, answered alike: {}.", column.label, list(&names))
        })
        .collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Puts letters where labels don't fit, and tells what they stand for.
fn letter(columns: &mut [Column]) -> String {
    let mut told = Vec::new();
    for (column, letter) in columns.iter_mut().zip(LETTERS) {
        let names: Vec<String> = match column.credential {
            Credential::Real => column.variants.iter().map(|id| label::variant(id)).collect(),
            _ => vec![column.label.clone()],
        };
        told.push(format!("{letter} = {}", list(&names)));
        (*letter).clone_into(&mut column.label);
    }
    format!("{}.", told.join("; "))
}

fn fits(lines: &[String], width: usize) -> bool {
    let widest = lines.iter().map(|line| display_width(line)).max().unwrap_or(0);
    widest + INDENT <= width
}

fn lines(matrix: &Matrix, style: Style, spaced: bool) -> Vec<String> {
    let rule = if style.unicode { '─' } else { '-' };
    let look = TableStyle::new()
        .header_separator(LineStyle::none().fill(rule).junction(rule))
        .header_lines(ContentLineStyle::none())
        .content_lines(ContentLineStyle::none());
    let mut table = Table::new();
    table.load_style(look).set_content_arrangement(ContentArrangement::Disabled);
    let mut header = vec![String::from("Endpoint")];
    header.extend(matrix.columns.iter().map(|column| stacked(&column.label)));
    table.set_header(header);
    let mut version: Option<ApiVersion> = None;
    let mut rows = Vec::new();
    for row in &matrix.rows {
        if spaced && version.is_some_and(|seen| seen != row.version) {
            rows.push(Vec::new());
        }
        version = Some(row.version);
        rows.push(cells(row, style, spaced));
    }
    for row in &rows {
        table.add_row(row.iter().map(|(_, text)| text));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
        column.set_cell_alignment(CellAlignment::Left);
    }
    let widths = table.column_max_content_widths();
    let mut lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    // The rows are one line each, below the header.
    let above = lines.len() - rows.len();
    for (line, row) in lines[above..].iter_mut().zip(&rows) {
        paint(line, row, &widths, style);
    }
    lines
}

/// The texts of a row, each with its tone.
fn cells(row: &Row, style: Style, spaced: bool) -> Vec<(Option<Tone>, String)> {
    let path = match row.paths.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && spaced => {
            format!("{first} and {} more", rest.len())
        }
        [first, rest @ ..] if !rest.is_empty() => format!("{first} +{}", rest.len()),
        paths => paths.concat(),
    };
    let mut cells = vec![(None, path)];
    cells.extend(row.cells.iter().map(|cell| match cell {
        None => (Some(Tone::Quiet), style.pick("—", "-").to_owned()),
        Some(cell) if cell.odd => (Some(cell.tone), format!("{} !", cell.text)),
        Some(cell) => (Some(cell.tone), cell.text.clone()),
    }));
    cells
}

/// Colours the cells of a finished line: colours must not count when a table is laid out.
fn paint(line: &mut String, row: &[(Option<Tone>, String)], widths: &[u16], style: Style) {
    let mut at = 0;
    for ((tone, text), width) in row.iter().zip(widths) {
        let place = at..at + text.len();
        if line.get(place.clone()) != Some(text) {
            return;
        }
        let painted = tone.map_or_else(|| text.clone(), |tone| style.paint(tone, text));
        line.replace_range(place, &painted);
        at += painted.len() + (usize::from(*width) + GAP).saturating_sub(display_width(text));
    }
}

/// A label on several short lines, broken where it has a hyphen or a blank.
fn stacked(label: &str) -> String {
    const NARROW: usize = 11;
    let mut lines: Vec<String> = Vec::new();
    for piece in label.split_inclusive(['-', ' ', '_']) {
        match lines.last_mut() {
            Some(line) if line.len() + piece.trim_end().len() <= NARROW => line.push_str(piece),
            _ => lines.push(piece.to_owned()),
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}
