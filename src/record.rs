//! The run record: the public JSON form, version 1. What is here is frozen.

pub mod cause;
pub mod class;
pub mod curl;
pub mod diagnosis;
pub mod exit;
pub mod facts;
pub mod heard;
pub mod listened;
pub mod observation;
pub mod probe;
pub mod read;
pub mod request;
pub mod tools;
pub mod watched;
pub mod wave;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::class::Class;
use crate::record::diagnosis::Diagnosis;
use crate::record::facts::{CredentialInfo, Environment, Network, RunInfo};
use crate::record::heard::Heard;
use crate::record::observation::Observation;
use crate::record::watched::Watched;

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
    /// The network as the doctor's own sockets saw it.
    pub network: Network,
    /// Every exchange.
    pub observations: Vec<Judged>,
    /// Counts.
    pub summary: Summary,
    /// The judgement.
    pub diagnosis: Diagnosis,
    /// The rounds before, where the key was watched: all else is about the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<Watched>,
    /// The requests of another program, where they were listened to or read: nothing else was asked then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Vec<Heard>>,
    /// The redactor's account.
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

/// One exchange beside what was expected of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Judged {
    /// The exchange.
    #[serde(flatten)]
    pub observation: Observation,
    /// The classes that a working key, or a well-behaved control, would get here.
    pub expected: Vec<Class>,
    /// The same request as a curl line, with a variable such as `$HEYGEN_API_KEY` for each
    /// credential in each form; a comment where no line can repeat it.
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
    /// The number of observations of each class.
    pub by_class: BTreeMap<Class, usize>,
    /// The number of answers with each HTTP status.
    pub by_status: BTreeMap<u16, usize>,
}

/// The real key in the documented header on current endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RealKey {
    /// The number of requests with it.
    pub asked: usize,
    /// The number of them in which it was accepted.
    pub accepted: usize,
}

/// The controls: no key, a made-up key, a path that can't exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Controls {
    /// The number of controls that were asked.
    pub asked: usize,
    /// The number of them that were answered as HeyGen must.
    pub as_they_must: usize,
}

/// The redactor's account of what it took out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Redaction {
    /// The number of occurrences.
    pub replaced: usize,
    /// The number of occurrences in each form.
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
