//! No cause stands firmly enough to be named.

use super::{Hypothesis, Support};
use crate::record::cause::{Cause, Verdict};
use crate::record::diagnosis::{Assessment, Evidence, Standing};
use crate::record::exit::Exit;
use crate::record::facts::{EndedBy, Facts, Profile, RunInfo};
use crate::text::list;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: None,
    verdict: Verdict::Inconclusive,
    exit: Exit::Wrong,
    title: "No single cause",
    headline: "no single cause fits",
    meaning: "What was seen agrees with more than one cause, or too little was seen. The report says what was asked, and what would tell more.",
    told_apart: "No cause explains the observations better than its rivals, or the run ended early.",
    next_step: "Run `heygen-doctor report --profile full --markdown`, which asks everything.",
    for_support: Support::Asked(
        "Please compare the times in the table with what arrived on your side.",
    ),
    doc_url: None,
    weigh: None,
};

/// The assessment that takes the first place where no cause can be named: which ones are open.
pub(super) fn assessment(facts: &Facts, causes: &[Assessment]) -> Assessment {
    let open: Vec<String> = causes
        .iter()
        .filter(|assessment| assessment.standing == Standing::Possible)
        .map(|assessment| assessment.cause.to_string())
        .collect();
    let text = if facts.observations.is_empty() {
        match facts.run.ended_by {
            Some(EndedBy::Deadline) => "The deadline came before any answer.".to_owned(),
            Some(EndedBy::Interrupt) => "The run was stopped before any answer.".to_owned(),
            None => "Nothing was asked.".to_owned(),
        }
    } else if open.is_empty() {
        "No cause agrees with what was seen.".to_owned()
    } else {
        format!("Still possible: {}.", list(&open))
    };
    Assessment {
        cause: Cause::Inconclusive,
        headline: None,
        standing: Standing::Possible,
        side: None,
        evidence: vec![Evidence { probes: Vec::new(), text }],
        against: Vec::new(),
        next_step: ask_more(&facts.run).unwrap_or_else(|| HYPOTHESIS.next_step.to_owned()),
        doc_url: HYPOTHESIS.doc_url.unwrap_or_default().to_owned(),
    }
}

/// The step that would tell more, where asking everything would not or already did not.
fn ask_more(run: &RunInfo) -> Option<String> {
    match run.ended_by {
        Some(EndedBy::Deadline) => {
            let tens = run.duration_ms.div_ceil(10_000).max(6);
            Some(format!("Run it again with `--deadline {}s`: the time was too short.", tens * 20))
        }
        Some(EndedBy::Interrupt) => Some("Run it again, and let it come to its end.".to_owned()),
        None => (run.profile == Profile::Full).then(|| {
            "Send this report to HeyGen's support: everything that can be asked was asked."
                .to_owned()
        }),
    }
}
