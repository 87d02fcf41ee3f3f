//! Whether the value is a base64 layer off.

use super::case::Case;
use super::experiment::Opened;
use super::group::Group;
use super::weighed::Weighed;
use super::{Hypothesis, offline};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyEncoded, weigh };

/// 1. Accepted as given: ruled out.
/// 2. Refused as given and accepted with one base64 layer more or less, where a made-up key is
///    refused: confirmed. Without such a control, or with no refusal as given: likely.
/// 3. The shape is one layer off and no experiment was made: likely; made and refused: ruled out.
/// 4. No experiment was made: untested.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "The key is accepted as it is.");
    }
    let encoded = case.opened_by(variant::BASE64);
    let decoded = case.opened_by(variant::DECODED);
    for (experiment, form, step) in [
        (
            &encoded,
            "base64-encoded",
            "Send the base64 form: `printf %s \"$HEYGEN_API_KEY\" | base64 -w0` gives it.",
        ),
        (
            &decoded,
            "base64-decoded",
            "Send the decoded form: `printf %s \"$HEYGEN_API_KEY\" | base64 -d` gives it.",
        ),
    ] {
        if let Some(weighed) = experiment.weigh(&real, &format!("The {form} key")) {
            return weighed.next(step);
        }
    }
    let refused =
        [&encoded, &decoded].into_iter().find(|experiment| experiment.outcome == Opened::No);
    match (offline::message(case, offline::LAYERED), refused) {
        (_, Some(experiment)) => Weighed::ruled_out(
            &experiment.asked,
            "One base64 layer more or less is refused as well.",
        ),
        (Some(message), None) if offline::has_key(case) => {
            Weighed::likely().because(&Group::default(), message)
        }
        _ if case.cut_off() => Weighed::untested("No answer to another encoding came."),
        _ => Weighed::untested("The shape suggests no other encoding, so none was tried."),
    }
}
