//! Several records beside each other: what changed, and what that comes to. Pure functions of data.

mod conclusion;
mod latency;
mod rows;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::record::cause::{Cause, Verdict};
use crate::record::diagnosis::Standing;
use crate::record::observation::to_the_millisecond;
use crate::record::{Record, SCHEMA_VERSION};
use crate::text::named_enum;

pub use latency::Latency;
pub use rows::Row;

/// Several records beside each other, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Always 1.
    pub schema_version: u32,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// The reason for it, in whole sentences.
    pub statement: String,
    /// True if every run has the same verdict.
    pub agree: bool,
    /// The runs.
    pub runs: Vec<Run>,
    /// Probes that were answered otherwise in one run than in another.
    pub cells: Vec<Row>,
    /// Probes that were asked in some of the runs only.
    pub asked_in_some: usize,
    /// Facts of the network that differ between the runs.
    pub network: Vec<Row>,
    /// How long the server took in each run after the first one, beside that one.
    pub latency: Vec<Latency>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Run {
    /// Its vantage point, or else the file that its record was read from.
    pub name: String,
    /// The vantage point, where one was named.
    pub vantage: Option<String>,
    /// When it began (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub started_at: DateTime<Utc>,
    /// Origin of the API under test.
    pub base_url: String,
    /// The fingerprint of the key.
    pub fingerprint: Option<String>,
    /// The verdict, as this version judges.
    pub verdict: Verdict,
    /// The cause.
    pub cause: Cause,
    /// The standing of that cause.
    pub confidence: Standing,
    /// The finding as a clause.
    pub headline: String,
}

named_enum! {
    /// What several runs come to.
    pub enum Conclusion {
        /// The same verdict and cause in every run.
        Unchanged = "unchanged",
        /// It failed before, and works since.
        Over = "over",
        /// It worked before, and fails since.
        Began = "began",
        /// Another key made the difference.
        NewKey = "new_key",
        /// It fails at several vantage points and works at others.
        Regional = "regional",
        /// It fails at one vantage point only, for a reason that lies there.
        Machine = "machine",
        /// It can't be told.
        Undecided = "undecided",
    }
}

/// Compares records, each with the name of its file.
#[must_use]
pub fn compare(records: &[(String, Record)]) -> Comparison {
    let runs: Vec<Run> = records.iter().map(|(file, record)| run(file, record)).collect();
    let records: Vec<&Record> = records.iter().map(|(_, record)| record).collect();
    let (conclusion, statement) = conclusion::of(&runs, &records);
    let (cells, asked_in_some) = rows::cells(&records);
    Comparison {
        schema_version: SCHEMA_VERSION,
        conclusion,
        statement,
        agree: runs.windows(2).all(|pair| pair[0].verdict == pair[1].verdict),
        network: rows::network(&records),
        latency: latency::of(&records),
        runs,
        cells,
        asked_in_some,
    }
}

fn run(file: &str, record: &Record) -> Run {
    let vantage = record.run.vantage.clone();
    Run {
        name: vantage.clone().unwrap_or_else(|| file.to_owned()),
        vantage,
        started_at: record.run.started_at,
        base_url: record.run.base_url.clone(),
        fingerprint: record.credential.fingerprint.clone(),
        verdict: record.diagnosis.verdict,
        cause: record.diagnosis.cause,
        confidence: record.diagnosis.confidence,
        headline: record.diagnosis.headline.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/compare.schema.json");

    /// `UPDATE_DOCS=1 cargo test` writes it anew.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a switch of the test")]
    fn the_published_schema_is_that_of_a_comparison() {
        let schema =
            serde_json::to_string_pretty(&schemars::schema_for!(Comparison)).unwrap() + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(PUBLISHED, &schema).unwrap();
        }
        let published = std::fs::read_to_string(PUBLISHED).unwrap();
        assert!(published == schema, "run `UPDATE_DOCS=1 cargo test`");
    }
}
