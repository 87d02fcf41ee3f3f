//! The run record: the public JSON form, version 1. What is here is frozen.

pub mod cause;
pub mod class;
pub mod curl;
pub mod diagnosis;
pub mod exit;
pub mod facts;
pub mod observation;
pub mod probe;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::class::Class;
use crate::record::diagnosis::Diagnosis;
use crate::record::facts::{CredentialInfo, Environment, Network, RunInfo};
use crate::record::observation::Observation;

/// The version of this form.
pub const SCHEMA_VERSION: u32 = 1;

/// One run, whole and redacted: everything a renderer may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Record {
    /// Always 1.
    pub schema_version: u32,
    /// The program that made it.
    pub tool: Tool,
    /// The run.
    pub run: RunInfo,
    /// The key, without the key.
    pub credential: CredentialInfo,
    /// The machine.
    pub environment: Environment,
    /// What the doctor's own sockets saw.
    pub network: Network,
    /// Every exchange.
    pub observations: Vec<Judged>,
    /// Counts.
    pub summary: Summary,
    /// The judgement.
    pub diagnosis: Diagnosis,
    /// What was taken out.
    pub redaction: Redaction,
}

/// The program that made a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tool {
    /// `heygen-doctor`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// One exchange with its class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Judged {
    /// What was seen.
    #[serde(flatten)]
    pub observation: Observation,
    /// What it means, taken alone.
    pub class: Class,
    /// What a working key, or a well-behaved control, would get here.
    pub expected: Vec<Class>,
    /// The same request as a curl line, with `$HEYGEN_API_KEY` for the key.
    pub curl: String,
}

/// Counts over the observations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    /// Requests sent to the base URL. Those that were under way when the run ended are among
    /// them, although they may not have left; those that no HTTP client can send, and controls
    /// that were sent for another key, are not.
    pub requests: usize,
    /// The real key in the documented header on current endpoints.
    pub real_key: RealKey,
    /// The controls.
    pub controls: Controls,
    /// How often each class was seen.
    pub by_class: BTreeMap<Class, usize>,
    /// How often each HTTP status was seen.
    pub by_status: BTreeMap<u16, usize>,
}

/// The real key in the documented header on current endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RealKey {
    /// How often it was asked.
    pub asked: usize,
    /// How often it was accepted.
    pub accepted: usize,
}

/// The controls: no key, a made-up key, a path that can't exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Controls {
    /// How often a control was asked.
    pub asked: usize,
    /// How often it was answered as HeyGen must.
    pub as_they_must: usize,
}

/// What the redactor took out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Redaction {
    /// How many occurrences.
    pub replaced: usize,
    /// How many of each form.
    pub by_form: BTreeMap<String, usize>,
    /// `passed` when the finished record was scanned and nothing was found.
    pub self_check: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/record.schema.json");

    /// `UPDATE_DOCS=1 cargo test` writes it anew.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a switch of the test")]
    fn the_published_schema_is_that_of_the_record() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Record)).unwrap() + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(PUBLISHED, &schema).unwrap();
        }
        let published = std::fs::read_to_string(PUBLISHED).unwrap();
        assert!(published == schema, "run `UPDATE_DOCS=1 cargo test`");
    }
}
