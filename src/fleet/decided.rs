//! The line that a key comes to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::judge::causes::of;
use crate::record::cause::{Cause, Verdict};
use crate::record::diagnosis::{Diagnosis, Standing};
use crate::record::exit::Exit;
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
    /// The line of a key with this diagnosis, which is in this place.
    #[must_use]
    pub fn new(
        name: String,
        place: &str,
        fingerprint: Option<String>,
        diagnosis: &Diagnosis,
    ) -> Self {
        Self {
            next_step: next_step(&name, place, diagnosis),
            name,
            fingerprint,
            verdict: diagnosis.verdict,
            cause: diagnosis.cause,
            confidence: diagnosis.confidence,
            exit_code: diagnosis.exit_code,
            requests: 0,
            decided_at: DateTime::UNIX_EPOCH,
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

    /// It doesn't work, or not as it is required to.
    #[must_use]
    pub const fn fails(&self) -> bool {
        fails(self.exit_code, self.verdict)
    }

    /// It needn't be asked again.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.cause != Cause::Inconclusive
    }
}

/// Where `--fail-on` leaves out a side, the exit code alone doesn't tell.
const fn fails(exit_code: u8, verdict: Verdict) -> bool {
    exit_code != Exit::Works.code() || !matches!(verdict, Verdict::Healthy | Verdict::Limited)
}

/// The next step, which a person may read without the rest of the line: it names the key where one fails.
fn next_step(name: &str, place: &str, diagnosis: &Diagnosis) -> String {
    let step = diagnosis.named().map(|it| it.next_step.as_str()).unwrap_or_default();
    match diagnosis.cause {
        Cause::KeyMissing => {
            format!("Put the key of `{name}` into {place}, then run `heygen-doctor fleet` again.")
        }
        _ if fails(diagnosis.exit_code, diagnosis.verdict) => {
            // That is where the list is read.
            let step = step.replace("`heygen-doctor check` again", "`heygen-doctor fleet` again");
            format!("For `{name}`: {step}")
        }
        _ => step.to_owned(),
    }
}
