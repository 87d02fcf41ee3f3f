//! When, how long, how much, and how far to trust it.

use super::bullets;
use crate::record::Record;
use crate::record::cause::Cause;
use crate::record::diagnosis::Standing;
use crate::render::{Options, label};
use crate::text::{code_span, count, markdown};

pub(super) fn section(record: &Record, _: &Options) -> String {
    let run = &record.run;
    let redaction = &record.redaction;
    let items = [
        format!(
            "Made on {} UTC by {}, run {}",
            run.finished_at.format("%Y-%m-%d %H:%M:%S"),
            code_span(&format!("{} {}", record.tool.name, record.tool.version)),
            code_span(&run.id)
        ),
        format!(
            "{} in {}, profile {}",
            count(record.summary.requests, "call"),
            label::duration(run.duration_ms),
            code_span(run.profile.as_str())
        ),
        format!("Confidence: {}", confidence(record)),
        format!(
            "Redaction: {} replaced, self-check {}",
            count(redaction.replaced, "occurrence"),
            markdown(&redaction.self_check)
        ),
    ];
    format!("---\n\n{}", bullets(&items))
}

/// The standing, and why it is no higher.
fn confidence(record: &Record) -> String {
    let diagnosis = &record.diagnosis;
    let because = diagnosis
        .named()
        .and_then(|assessed| assessed.evidence.first())
        .map_or_else(String::new, |piece| format!(": {}", markdown(&piece.text)));
    let limit = match diagnosis.confidence {
        Standing::Confirmed => " Confirmed by a control test.",
        Standing::Likely if diagnosis.cause == Cause::Healthy => "",
        Standing::Likely => " It fits a pattern; no control test has confirmed it.",
        Standing::Possible => " Other causes explain what was seen as well.",
        Standing::Untested | Standing::RuledOut => " Too little was seen to tell.",
    };
    format!("**{}**{because}{limit}", label::standing(diagnosis.confidence))
}
