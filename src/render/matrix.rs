//! Endpoints against the ways to present a key: the heart of the experiment, as data.

use std::ops::Range;

use crate::heygen::endpoint::{self, UNKNOWN_ROUTE};
use crate::record::facts::Source;
use crate::record::observation::Observation;
use crate::record::probe::ApiVersion;
use crate::record::probe::Credential;
use crate::record::{Judged, Record};
use crate::render::label;
use crate::render::style::{Tone, class_tone};
use crate::text::neutralise;

/// Rows that are alike are told together from this many on.
const ALIKE: usize = 3;

/// The head of the column of controls that are told together.
pub(crate) const CONTROLS: &str = "controls";

pub(crate) struct Matrix {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// One way to present a key, or several that were answered alike.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) credential: Credential,
    pub(crate) variants: Vec<String>,
    pub(crate) label: String,
}

/// One endpoint, or several of a version that were answered alike.
pub(crate) struct Row {
    pub(crate) version: ApiVersion,
    pub(crate) paths: Vec<String>,
    pub(crate) cells: Vec<Option<Cell>>,
}

#[derive(Clone, PartialEq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
    /// A control that was not answered as HeyGen must.
    pub(crate) odd: bool,
}

impl Matrix {
    /// Everything that was asked once; repeats of a timing pattern are told elsewhere.
    pub(crate) fn of(record: &Record) -> Self {
        let once = |judged: &&Judged| {
            judged.observation.pattern.is_none() && !judged.observation.is_lost()
        };
        let asked: Vec<&Judged> = record.observations.iter().filter(once).collect();
        let columns = columns(&asked, &record.credential.sources);
        let mut endpoints: Vec<&Observation> = Vec::new();
        for judged in &asked {
            if !endpoints.iter().any(|seen| seen.endpoint == judged.observation.endpoint) {
                endpoints.push(&judged.observation);
            }
        }
        endpoints.sort_by_key(|seen| std::cmp::Reverse(version_rank(seen.api_version)));
        let rows = endpoints
            .into_iter()
            .map(|seen| Row {
                version: seen.api_version,
                paths: vec![path(seen)],
                cells: columns.iter().map(|column| cell(&asked, seen, column)).collect(),
            })
            .collect();
        Self { columns, rows }
    }

    /// Tells rows of the same version together where they are alike.
    pub(crate) fn with_rows_joined(mut self) -> Self {
        let mut joined: Vec<Row> = Vec::new();
        for row in std::mem::take(&mut self.rows) {
            let alike = |seen: &&mut Row| seen.version == row.version && seen.cells == row.cells;
            match joined.iter_mut().find(alike) {
                Some(seen) => seen.paths.extend(row.paths),
                None => joined.push(row),
            }
        }
        self.rows = joined.into_iter().flat_map(split_small).collect();
        // The shortest path names the row: the table stays narrow.
        for row in &mut self.rows {
            row.paths.sort_by_key(String::len);
        }
        self
    }

    /// Tells ways to present the key together where they were answered alike; the first, which
    /// is the documented one, stays on its own.
    pub(crate) fn with_columns_joined(mut self) -> Self {
        let mut kept: Vec<usize> = Vec::new();
        for index in 0..self.columns.len() {
            let alike = kept.iter().copied().skip(1).find(|&seen| {
                self.columns[seen].credential == Credential::Real
                    && self.columns[index].credential == Credential::Real
                    && self.rows.iter().all(|row| row.cells[seen] == row.cells[index])
            });
            match alike {
                Some(seen) => {
                    let variants = std::mem::take(&mut self.columns[index].variants);
                    self.columns[seen].variants.extend(variants);
                    let count = self.columns[seen].variants.len();
                    self.columns[seen].label = format!("{count} others");
                }
                None => kept.push(index),
            }
        }
        for row in &mut self.rows {
            row.cells = kept.iter().map(|&index| row.cells[index].clone()).collect();
        }
        self.columns.retain(|column| !column.variants.is_empty());
        self
    }

    /// Tells the controls together where they were answered alike.
    pub(crate) fn with_controls_joined(mut self) -> Self {
        let controls: Vec<usize> =
            (0..self.columns.len()).filter(|&at| self.columns[at].is_control()).collect();
        let [one, other] = controls[..] else { return self };
        let alike = |row: &Row| match (&row.cells[one], &row.cells[other]) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        if self.rows.iter().all(alike) {
            for row in &mut self.rows {
                let cell = row.cells.remove(other);
                row.cells[one] = row.cells[one].take().or(cell);
            }
            self.columns.remove(other);
            CONTROLS.clone_into(&mut self.columns[one].label);
        }
        self
    }

    /// True if there is something to see: the key was answered in more than one way, or a control as it
    /// must not be.
    pub(crate) fn tells(&self) -> bool {
        let mut keyed = self.rows.iter().flat_map(|row| {
            let cells = row.cells.iter().zip(&self.columns);
            cells.filter(|(_, column)| !column.is_control()).filter_map(|(cell, _)| cell.as_ref())
        });
        let first = keyed.next();
        self.any_odd() || keyed.any(|cell| Some(cell) != first)
    }

    /// Some of the columns, with the rows that have anything in them.
    pub(crate) fn slice(&self, columns: Range<usize>) -> Self {
        let rows = self.rows.iter().map(|row| Row {
            cells: row.cells[columns.clone()].to_vec(),
            paths: row.paths.clone(),
            ..*row
        });
        Self {
            rows: rows.filter(|row| row.cells.iter().any(Option::is_some)).collect(),
            columns: self.columns[columns].to_vec(),
        }
    }

    /// Leaves out the path that can't exist, if it was answered so.
    pub(crate) fn leave_out_the_expected(&mut self) {
        let odd = |row: &Row| row.cells.iter().flatten().any(|cell| cell.odd);
        self.rows
            .retain(|row| odd(row) || !row.paths.iter().any(|path| path == UNKNOWN_ROUTE.path));
    }

    /// The heads of the columns of controls.
    pub(crate) fn controls(&self) -> Vec<&str> {
        let controls = self.columns.iter().filter(|column| column.is_control());
        controls.map(|column| column.label.as_str()).collect()
    }

    pub(crate) fn has_unknown_route(&self) -> bool {
        self.rows.iter().any(|row| row.paths.iter().any(|path| path == UNKNOWN_ROUTE.path))
    }

    pub(crate) fn any_odd(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).flatten().any(|cell| cell.odd)
    }
}

impl Column {
    pub(crate) const fn is_control(&self) -> bool {
        matches!(self.credential, Credential::None | Credential::MadeUp)
    }
}

/// Each way to present the key is a column; each control is one, whatever carried it.
fn columns(asked: &[&Judged], sources: &[Source]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for Judged { observation, .. } in asked {
        let own = observation.credential == Credential::Real;
        let column = columns.iter_mut().find(|column| {
            let same = column.variants.contains(&observation.variant);
            column.credential == observation.credential && (same || !own)
        });
        match column {
            Some(column) if column.variants.contains(&observation.variant) => {}
            Some(column) => column.variants.push(observation.variant.clone()),
            None => columns.push(Column {
                credential: observation.credential,
                variants: vec![observation.variant.clone()],
                label: String::new(),
            }),
        }
    }
    columns.sort_by_key(|column| credential_rank(column.credential));
    for column in &mut columns {
        column.label = label_of(column, sources);
    }
    columns
}

fn label_of(column: &Column, sources: &[Source]) -> String {
    match (column.credential, column.variants.as_slice()) {
        (Credential::Real, [id, ..]) => label::variant(id),
        (credential, _) => label::credential(credential, sources),
    }
}

fn cell(asked: &[&Judged], endpoint: &Observation, column: &Column) -> Option<Cell> {
    let answers: Vec<&&Judged> = asked
        .iter()
        .filter(|judged| {
            let seen = &judged.observation;
            seen.endpoint == endpoint.endpoint
                && seen.credential == column.credential
                && column.variants.contains(&seen.variant)
        })
        .collect();
    let first = answers.first()?;
    let mut texts: Vec<String> = Vec::new();
    for judged in &answers {
        let text = label::outcome(judged);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let odd = column.credential != Credential::Real
        && answers.iter().any(|j| {
            let told = !j.expected.is_empty() && !j.observation.class.is_transport();
            told && !j.expected.contains(&j.observation.class)
        });
    let tone = match column.credential {
        _ if odd || texts.len() > 1 => Tone::Warn,
        Credential::None | Credential::MadeUp => Tone::Quiet,
        _ => class_tone(first.observation.class),
    };
    Some(Cell { text: texts.join("/"), tone, odd })
}

fn path(seen: &Observation) -> String {
    match endpoint::find(&seen.endpoint) {
        Some(known) => known.path.to_owned(),
        None => neutralise(seen.path.split('?').next().unwrap_or_default()),
    }
}

/// A few rows that are alike are better shown one by one.
fn split_small(row: Row) -> Vec<Row> {
    if row.paths.len() >= ALIKE {
        return vec![row];
    }
    let Row { version, paths, cells } = row;
    paths.into_iter().map(|path| Row { version, paths: vec![path], cells: cells.clone() }).collect()
}

const fn version_rank(version: ApiVersion) -> u8 {
    match version {
        ApiVersion::V1 => 1,
        ApiVersion::V2 => 2,
        ApiVersion::V3 => 3,
    }
}

const fn credential_rank(credential: Credential) -> (u8, usize) {
    match credential {
        Credential::Real => (0, 0),
        Credential::Other(n) => (1, n),
        Credential::KnownGood => (2, 0),
        Credential::None => (3, 0),
        Credential::MadeUp => (4, 0),
    }
}
