//! What the judgement comes to, as data.

use serde::{Deserialize, Serialize};

use crate::record::cause::{Cause, Side, Verdict};
use crate::record::probe::ProbeId;
use crate::text::named_enum;

named_enum! {
    /// How firmly a cause stands.
    pub enum Standing {
        /// An observation speaks against it that it can't explain.
        RuledOut = "ruled_out",
        /// Nothing was asked that could tell.
        Untested = "untested",
        /// Compatible with everything seen.
        Possible = "possible",
        /// Agrees with a pattern that its rivals explain less well.
        Likely = "likely",
        /// An experiment that could have come out otherwise speaks for it.
        Confirmed = "confirmed",
    }
}

/// The judgement on a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnosis {
    /// What it comes to.
    pub verdict: Verdict,
    /// The cause.
    pub cause: Cause,
    /// The standing of that cause.
    pub confidence: Standing,
    /// The finding in one sentence.
    pub statement: String,
    /// The exit code of `check`.
    pub exit_code: u8,
    /// Every cause with its standing, the named one first.
    pub causes: Vec<Assessment>,
    /// What else is worth knowing.
    pub notes: Vec<Note>,
}

/// One cause, assessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assessment {
    /// The cause.
    pub cause: Cause,
    /// How firmly it stands.
    pub standing: Standing,
    /// Who can do something about it.
    pub side: Option<Side>,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
    /// What speaks against it.
    pub against: Vec<Evidence>,
    /// One exact, harmless next step.
    pub next_step: String,
    /// Where to read on.
    pub doc_url: String,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The probes that show it; empty for what was found without sending.
    pub probes: Vec<ProbeId>,
    /// What they show, in one sentence.
    pub text: String,
}

/// Something that rides along without being the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// The stable name, for example `legacy_retired`.
    pub id: String,
    /// What it is, in one sentence.
    pub message: String,
}
