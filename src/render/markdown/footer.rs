//! When, how long, how much, and how far to trust it.

use super::bullets;
use super::part::Part;
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::render::{Options, label};
use crate::text::{code_span, count, markdown};

pub(super) fn section(record: &Record, _: &Options) -> Part {
    let run = &record.run;
    let redaction = &record.redaction;
    let items = [
        format!(
            "Made on {} UTC by {}, run {}, profile {}",
            run.finished_at.format("%Y-%m-%d %H:%M:%S"),
            code_span(&format!("{} {}", record.tool.name, record.tool.version)),
            code_span(&run.id),
            code_span(run.profile.as_str())
        ),
        format!("Confidence: {}", confidence(record)),
        format!(
            "Redaction: {} replaced, self-check {}",
            count(redaction.replaced, "occurrence"),
            markdown(&redaction.self_check)
        ),
    ];
    format!("---\n\n{}", bullets(&items)).into()
}

/// The standing, and why it is no higher.
fn confidence(record: &Record) -> String {
    let why = match record.diagnosis.confidence {
        Standing::Confirmed => "a control test bears it out.",
        Standing::Likely if record.diagnosis.cause == Cause::Healthy => {
            "every answer agrees; `--profile full` asks for more of them."
        }
        Standing::Likely => "it fits a pattern; no control test has confirmed it.",
        Standing::Possible => "other causes explain what was seen as well.",
        Standing::Untested | Standing::RuledOut => "too little was seen to tell.",
    };
    format!("**{}**: {why}", label::standing(record.diagnosis.confidence))
}
