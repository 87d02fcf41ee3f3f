//! The line that a key comes to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::judge::causes::of;
use crate::record::cause::{Cause, Verdict};
use crate::record::diagnosis::{Diagnosis, Standing};
use crate::record::observation::to_the_millisecond;

/// One key, decided: a line of the output, which is the state of a run as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its name, as the input has it; what could act in a terminal is written out.
    pub name: String,
    /// The fingerprint of the key, where there is one.
    pub fingerprint: Option<String>,
    /// The verdict of its examination.
    pub verdict: Verdict,
    /// The cause.
    pub cause: Cause,
    /// How firmly that stands.
    pub confidence: Standing,
    /// The exit code of `check` with this key.
    pub exit_code: u8,
    /// The requests that were sent for it.
    pub requests: usize,
    /// When it was decided (UTC).
    #[serde(serialize_with = "to_the_millisecond")]
    pub decided_at: DateTime<Utc>,
    /// The next step.
    pub next_step: String,
    /// When the key ends, where HeyGen says so (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

/// The next step for a key that nothing is claimed about.
const ASK_AGAIN: &str = "Run `heygen-doctor fleet` again with `--resume`: the controls changed while this key was asked, so nothing is claimed about it.";

impl Decided {
    /// The line of a key with this diagnosis.
    #[must_use]
    pub fn new(name: String, fingerprint: Option<String>, diagnosis: &Diagnosis) -> Self {
        Self {
            name,
            fingerprint,
            verdict: diagnosis.verdict,
            cause: diagnosis.cause,
            confidence: diagnosis.confidence,
            exit_code: diagnosis.exit_code,
            requests: 0,
            decided_at: DateTime::UNIX_EPOCH,
            next_step: diagnosis.named().map(|it| it.next_step.clone()).unwrap_or_default(),
            expires_at: None,
        }
    }

    /// The same key, about which nothing is claimed any more.
    #[must_use]
    pub fn withdrawn(&self) -> Self {
        let row = of(Cause::Inconclusive);
        Self {
            verdict: row.verdict,
            cause: Cause::Inconclusive,
            confidence: Standing::Possible,
            exit_code: row.exit.code(),
            next_step: ASK_AGAIN.to_owned(),
            ..self.clone()
        }
    }

    /// It needn't be asked again.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.cause != Cause::Inconclusive
    }
}
