//! Requirements beyond the diagnosis: scopes, a balance, strictness, and whose faults count.

use super::causes::of;
use super::group::REFUSED;
use crate::heygen::endpoint;
use crate::record::Record;
use crate::record::cause::{Cause, Side, Verdict};
use crate::record::class::Class;
use crate::record::diagnosis::{Diagnosis, Note, NoteId};
use crate::record::exit::Exit;
use crate::record::probe::{Credential, variant};
use crate::text::lower_first;

/// All that the user requires beyond the diagnosis.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    /// Scopes and balances that the key must have.
    pub require: Vec<Requirement>,
    /// A key that works only in part is not enough.
    pub strict: bool,
    /// The sides whose faults count; every side where none is given.
    pub fail_on: Vec<Side>,
}

/// Something that a key must have.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirement {
    /// A scope.
    Scope(String),
    /// A balance that the wallet must reach.
    Balance(f64),
}

/// Something that was required and isn't so.
struct Unmet {
    /// The shortfall, in one sentence.
    says: String,
    /// The next step, where the diagnosis doesn't say it already.
    step: Option<String>,
}

/// Applies requirements: sets the record's exit code, and notes what was not met. A key that works
/// otherwise than it was required to works in part.
pub fn apply(record: &mut Record, requirements: &Requirements) {
    let mut unmet: Vec<Unmet> =
        requirements.require.iter().filter_map(|requirement| unmet(record, requirement)).collect();
    let diagnosis = &record.diagnosis;
    let works = diagnosis.exit_code == Exit::Works.code();
    if requirements.strict && diagnosis.verdict == Verdict::Limited {
        unmet.push(Unmet {
            says: "`--strict` asks for a key without limits.".to_owned(),
            step: None,
        });
    }
    let code = if works && !unmet.is_empty() {
        Exit::Key.code()
    } else if !works && spared(of(diagnosis.cause).side, &requirements.fail_on) {
        Exit::Works.code()
    } else {
        diagnosis.exit_code
    };
    let spared = !works && code == Exit::Works.code();
    record.diagnosis.exit_code = code;
    if works && !unmet.is_empty() {
        limit(&mut record.diagnosis, &unmet);
    }
    let notes = &mut record.diagnosis.notes;
    notes.retain(|note| ![NoteId::RequirementUnmet, NoteId::NotCounted].contains(&note.id));
    notes.extend(
        unmet.into_iter().map(|unmet| Note { id: NoteId::RequirementUnmet, message: unmet.says }),
    );
    if spared {
        notes.push(Note {
            id: NoteId::NotCounted,
            message: "This fault is on a side that `--fail-on` leaves out, so the exit code is 0."
                .into(),
        });
    }
}

/// The exit code of a key that was decided with other requirements. What was not met once stays so: a
/// result doesn't tell what that was.
#[must_use]
pub fn recounted(
    (cause, verdict): (Cause, Verdict),
    exit_code: u8,
    requirements: &Requirements,
) -> u8 {
    let row = of(cause);
    let (works, key) = (Exit::Works.code(), Exit::Key.code());
    match verdict {
        Verdict::Limited if requirements.strict || exit_code == key => key,
        Verdict::Healthy | Verdict::Limited => works,
        _ if spared(row.side, &requirements.fail_on) => works,
        _ if exit_code == works => row.exit.code(),
        _ => exit_code,
    }
}

/// The verdict of a key that works, and not as it was required to.
fn limit(diagnosis: &mut Diagnosis, unmet: &[Unmet]) {
    diagnosis.verdict = Verdict::Limited;
    for unmet in unmet {
        diagnosis.headline.push_str("; ");
        diagnosis.headline.push_str(&lower_first(unmet.says.trim_end_matches('.')));
        diagnosis.statement.push(' ');
        diagnosis.statement.push_str(&unmet.says);
    }
    let cause = diagnosis.cause;
    let named = diagnosis.causes.iter_mut().find(|assessed| assessed.cause == cause);
    if let (Some(named), Some(step)) = (named, unmet.iter().find_map(|unmet| unmet.step.clone())) {
        named.next_step = step;
    }
}

fn spared(side: Option<Side>, fail_on: &[Side]) -> bool {
    !fail_on.is_empty() && side.is_some_and(|side| !fail_on.contains(&side))
}

fn unmet(record: &Record, requirement: &Requirement) -> Option<Unmet> {
    let (says, step) = shortfall(record, requirement)?;
    Some(Unmet { says, step: Some(step) })
}

/// The shortfall that a requirement finds, and what to do about it.
fn shortfall(record: &Record, requirement: &Requirement) -> Option<(String, String)> {
    match requirement {
        Requirement::Scope(wanted) => {
            match done(record, wanted) {
                Some(true) => return None,
                Some(false) => {
                    return Some((
                        format!(
                            "The scope `{wanted}` is required, and HeyGen refuses what needs it."
                        ),
                        format!("Add the scope `{wanted}` to the key in HeyGen's API settings."),
                    ));
                }
                None => {}
            }
            let mode = field(record, "scope_mode");
            if mode.as_ref().and_then(|mode| mode.as_str()) == Some("full") {
                return None;
            }
            let scopes = field(record, "scopes");
            let Some(scopes) = scopes.as_ref().and_then(|scopes| scopes.as_array()) else {
                return Some((
                    format!(
                        "The scope `{wanted}` is required, and the key's scopes could not be read."
                    ),
                    format!(
                        "Look in HeyGen's API settings whether the key has the scope `{wanted}`."
                    ),
                ));
            };
            let met =
                scopes.iter().filter_map(|scope| scope.as_str()).any(|scope| covers(scope, wanted));
            (!met).then(|| {
                (
                    format!("The scope `{wanted}` is required, and the key doesn't have it."),
                    format!("Add the scope `{wanted}` to the key in HeyGen's API settings."),
                )
            })
        }
        Requirement::Balance(least) => {
            match field(record, "balance").and_then(|balance| balance.as_f64()) {
                Some(balance) if balance >= *least => None,
                Some(balance) => Some((
                    format!("A balance of {least} is required, and the wallet has {balance:.2}."),
                    format!("Add credit to the API wallet, up to {least} or more."),
                )),
                None => Some((
                    format!("A balance of {least} is required, and no answer names one."),
                    "Look the balance up in HeyGen's billing settings.".to_owned(),
                )),
            }
        }
    }
}

/// The server's own answers where this scope is needed: all accepted, or some refused each time;
/// `None` where nothing was asked, or a failure tells nothing.
fn done(record: &Record, wanted: &str) -> Option<bool> {
    let asked = || {
        record.observations.iter().map(|judged| &judged.observation).filter(|seen| {
            let needs = endpoint::find(&seen.endpoint).and_then(|endpoint| endpoint.scope);
            seen.credential == Credential::Real
                && judged_as_given(&seen.variant)
                && needs == Some(wanted)
        })
    };
    let accepted = asked().any(|seen| seen.class == Class::Ok);
    let refused = asked().any(|seen| REFUSED.contains(&seen.class));
    match (accepted, refused) {
        (_, true) => Some(false),
        (true, false) => Some(true),
        (false, false) => None,
    }
}

/// The key as HeyGen's own tools present it.
fn judged_as_given(id: &str) -> bool {
    variant::is_documented(id) || id == variant::BEARER.id
}

/// A scope that a key has covers one that is wanted; write implies read
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
        judged.observation.class == Class::Ok && judged.observation.credential == Credential::Real
    });
    real.filter_map(|judged| judged.observation.answer()?.body.fields.get(name).cloned())
        .next_back()
}
