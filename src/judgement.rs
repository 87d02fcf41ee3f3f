//! What the user asks beyond the diagnosis: requirements, strictness, and whose faults count.

use crate::cause::{Side, Verdict};
use crate::class::Class;
use crate::cli::{JudgementArgs, Requirement};
use crate::diagnosis::Note;
use crate::exit::Exit;
use crate::record::Record;

/// Applies a judgement: sets the record's exit code, and notes what was not met.
pub fn apply(record: &mut Record, judgement: &JudgementArgs) {
    let mut unmet: Vec<String> =
        judgement.require.iter().filter_map(|requirement| unmet(record, requirement)).collect();
    let diagnosis = &record.diagnosis;
    let works = diagnosis.exit_code == Exit::Works.code();
    if judgement.strict && diagnosis.verdict == Verdict::Limited {
        unmet.push("`--strict` asks for a key without limits; this one works in part.".into());
    }
    let code = if works && !unmet.is_empty() {
        Exit::Key.code()
    } else if !works && spared(diagnosis.cause.side(), &judgement.fail_on) {
        Exit::Works.code()
    } else {
        diagnosis.exit_code
    };
    let spared = !works && code == Exit::Works.code();
    record.diagnosis.exit_code = code;
    let notes = &mut record.diagnosis.notes;
    notes.retain(|note| !matches!(note.id.as_str(), "requirement_unmet" | "not_counted"));
    notes.extend(unmet.into_iter().map(|message| Note { id: "requirement_unmet".into(), message }));
    if spared {
        notes.push(Note {
            id: "not_counted".into(),
            message: "This fault is on a side that `--fail-on` leaves out, so the exit code is 0."
                .into(),
        });
    }
}

fn spared(side: Option<Side>, fail_on: &[Side]) -> bool {
    !fail_on.is_empty() && side.is_some_and(|side| !fail_on.contains(&side))
}

fn unmet(record: &Record, requirement: &Requirement) -> Option<String> {
    match requirement {
        Requirement::Scope(wanted) => {
            let mode = field(record, "scope_mode");
            if mode.as_ref().and_then(|mode| mode.as_str()) == Some("full") {
                return None;
            }
            let scopes = field(record, "scopes");
            let Some(scopes) = scopes.as_ref().and_then(|scopes| scopes.as_array()) else {
                return Some(format!(
                    "The scope `{wanted}` is required, and the key's scopes could not be read."
                ));
            };
            let met =
                scopes.iter().filter_map(|scope| scope.as_str()).any(|scope| covers(scope, wanted));
            (!met)
                .then(|| format!("The scope `{wanted}` is required, and the key doesn't have it."))
        }
        Requirement::Balance(least) => {
            match field(record, "balance").and_then(|balance| balance.as_f64()) {
                Some(balance) if balance >= *least => None,
                Some(balance) => {
                    Some(format!("A balance of {least} is required; the wallet has {balance}."))
                }
                None => Some(format!("A balance of {least} is required, and no answer names one.")),
            }
        }
    }
}

/// Whether a scope that a key has covers one that is wanted; write implies read
/// (developers.heygen.com/reference/get-current-api-key).
fn covers(has: &str, wanted: &str) -> bool {
    let split = |scope: &str| {
        let (resource, right) = scope.split_once(':').unwrap_or((scope, "*"));
        (resource.to_owned(), right.to_owned())
    };
    let ((has, right), (wanted, needed)) = (split(has), split(wanted));
    (has == "*" || has == wanted)
        && (right == "*" || right == needed || (right == "write" && needed == "read"))
}

fn field(record: &Record, name: &str) -> Option<serde_json::Value> {
    let real = record.observations.iter().filter(|judged| {
        judged.class == Class::Ok && judged.observation.credential == crate::probe::Credential::Real
    });
    real.filter_map(|judged| judged.observation.answer()?.body.fields.get(name).cloned())
        .next_back()
}
