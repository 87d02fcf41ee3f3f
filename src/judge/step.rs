//! The next step that fits a case, where the general one of its cause doesn't.

use super::case::Case;
use super::{advice, said};
use crate::record::cause::{Cause, Side};
use crate::record::diagnosis::{Assessment, Standing};
use crate::record::facts::{About, CredentialInfo, Finding, FindingId};

/// The step, most exact first; `None` where the general one does.
pub(super) fn of(case: &Case<'_>, assessed: &Assessment) -> Option<String> {
    use_the_other(case, assessed.side)
        .or_else(|| log_in_again(case, assessed.cause))
        .or_else(|| other_line(case, assessed.cause))
        .or_else(|| mend(assessed.cause, case))
        .or_else(|| advised(case, assessed))
}

/// The finding about the key that a cause rests on.
pub(super) fn mistake(cause: Cause, credential: &CredentialInfo) -> Option<&Finding> {
    let about: &[About] = match cause {
        Cause::KeyPlaceholder => &[About::Placeholder],
        Cause::KeyMalformed => &[About::Damage, About::Copying],
        Cause::KeyEncoded => &[About::Layers],
        Cause::KeyWrongKind => &[About::Foreign],
        _ => return None,
    };
    credential.findings.iter().find(|finding| about.contains(&finding.id.about()))
}

/// A login that is refused is renewed, whatever the reason: it isn't listed among the keys.
fn log_in_again(case: &Case<'_>, cause: Cause) -> Option<String> {
    let ended = [Cause::KeyRevoked, Cause::KeyUnrecognized].contains(&cause);
    (case.is_oauth() && ended).then(|| {
        "Log in again: run `heygen auth login --oauth`, then `heygen-doctor check`.".to_owned()
    })
}

/// Where the file sets the variable more than once, the right key may stand in a line that doesn't count.
fn other_line(case: &Case<'_>, cause: Cause) -> Option<String> {
    let credential = &case.facts.credential;
    let twice = |finding: &&Finding| finding.id == FindingId::EnvFileDuplicate;
    let finding = credential.findings.iter().find(twice)?;
    let used = credential.source.as_deref()?;
    let cure = finding.step.as_deref().filter(|cure| cure.contains(&format!("`{used}`")))?;
    (cause == Cause::KeyUnrecognized).then(|| case.then_check(cure))
}

/// Where the answer behind a cause names its reason, the step is about that.
fn advised(case: &Case<'_>, assessed: &Assessment) -> Option<String> {
    let stands = assessed.standing >= Standing::Possible && !assessed.evidence.is_empty();
    let said = stands.then(|| said::of(case.facts.observations.iter(), assessed)).flatten()?;
    advice::of(assessed.cause, assessed.side, &said)
}

/// Where the mistake is known, its cure is the step.
fn mend(cause: Cause, case: &Case<'_>) -> Option<String> {
    if cause == Cause::KeyMissing && case.facts.run.simulated.is_some() {
        return Some("Nothing to do: this scenario has no key.".to_owned());
    }
    let cure = mistake(cause, &case.facts.credential)?.step.as_deref()?;
    Some(case.then_check(cure))
}

/// Where the key of another source works, the step is to use that one.
fn use_the_other(case: &Case<'_>, side: Option<Side>) -> Option<String> {
    let (works, used) = case.conflict().filter(|_| side == Some(Side::Caller))?;
    Some(match case.facts.run.simulated {
        // These places stand in the scenario, not in the reader's folder.
        Some(_) => "Use the other key of this scenario, which works.".to_owned(),
        None => {
            format!("Put the key from `{works}`, which works, in the place of the one in `{used}`.")
        }
    })
}
