//! The record of a watch: what its last round shows, beside what all of them came to.

use super::causes::{of, statement};
use crate::heygen::endpoint::ME;
use crate::record::Record;
use crate::record::cause::{Cause, Side};
use crate::record::diagnosis::{Diagnosis, Evidence, Standing};
use crate::record::probe::Credential;
use crate::record::watched::{Conclusion, Watched};

/// The record of the last round, with all rounds beside it. A key that is accepted and refused in turns
/// neither works nor is unknown, whatever the last answer was.
#[must_use]
pub fn watched(mut record: Record, watched: Watched) -> Record {
    let is_of_the_network = of(record.diagnosis.cause).side == Some(Side::Network);
    if watched.conclusion == Conclusion::Flapping && !is_of_the_network {
        let asked = record.observations.iter().map(|judged| &judged.observation);
        let asked = asked.filter(|seen| seen.credential == Credential::Real && seen.endpoint == ME);
        let evidence = Evidence {
            probes: asked.map(|seen| seen.probe.clone()).collect(),
            text: format!(
                "Accepted in {} of {} rounds and refused in the others, in turns: it changed {} times.",
                watched.accepted,
                watched.accepted + watched.refused,
                watched.flips.len()
            ),
        };
        name_flapping(&mut record.diagnosis, &evidence);
    }
    Record { watch: Some(watched), ..record }
}

fn name_flapping(diagnosis: &mut Diagnosis, evidence: &Evidence) {
    let (cause, row) = (Cause::InconsistentAuth, of(Cause::InconsistentAuth));
    diagnosis.causes.retain(|assessed| assessed.cause != Cause::Inconclusive);
    for assessed in &mut diagnosis.causes {
        if assessed.cause == cause {
            assessed.standing = Standing::Likely;
            (assessed.evidence, assessed.against) = (vec![evidence.clone()], Vec::new());
            row.next_step.clone_into(&mut assessed.next_step);
        } else if assessed.standing >= Standing::Likely {
            assessed.standing = Standing::Possible;
            assessed.against.push(evidence.clone());
        }
    }
    diagnosis.causes.sort_by_key(|assessed| std::cmp::Reverse(assessed.standing));
    (diagnosis.cause, diagnosis.verdict, diagnosis.confidence) =
        (cause, row.verdict, Standing::Likely);
    row.headline.clone_into(&mut diagnosis.headline);
    diagnosis.exit_code = row.exit.code();
    diagnosis.statement = statement(diagnosis);
}
