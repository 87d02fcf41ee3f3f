//! Which of the user's tools would use which key: the answer of `key --tools`, as data.

use serde::Serialize;

/// The tools with what each would use, and where they don't agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tools {
    /// The tools.
    pub tools: Vec<Tool>,
    /// Where they don't agree.
    pub conflicts: Vec<Conflict>,
}

/// One tool, and what it would use here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its name.
    pub tool: String,
    /// Where its key comes from; nothing where it finds none.
    pub source: Option<String>,
    /// The fingerprint of that key.
    pub fingerprint: Option<String>,
    /// The header that it puts the key into: `x-api-key` or `bearer`.
    #[serde(rename = "as")]
    pub sent_as: Option<String>,
    /// The host that it asks, where a variable says so.
    pub base_url: Option<String>,
    /// Why, in one sentence.
    pub why: String,
}

/// Something on which tools don't agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The disagreement in one sentence.
    pub message: String,
    /// The tools that it is about.
    pub tools: Vec<String>,
}
