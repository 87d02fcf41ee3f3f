//! The server knows the key and says no for another reason: what those causes share.

use super::case::Case;
use super::group::{Group, Seen, answered_alike};
use super::timeline;
use super::weighed::Weighed;
use crate::record::class::Class;

/// How a refusal names its reason.
pub(super) struct Reason {
    /// The class that a code decides.
    pub class: Class,
    /// Whether words may decide where no code does.
    pub words: Option<fn(&Seen<'_>) -> bool>,
    /// The reason in the words of a sentence: "credit is missing".
    pub says: &'static str,
}

/// Weighs a reason that only a key that was recognised can meet.
///
/// 1. Nobody is told this reason: ruled out, or untested where nobody looked at the key.
/// 2. The controls are told the same: ruled out, it isn't about the key.
/// 3. The identical request was accepted as well: possible.
/// 4. A code says so, and a made-up key is refused on the same path: confirmed.
/// 5. Only words say so, or the controls were not clear: likely.
pub(super) fn weigh(case: &Case<'_>, reason: &Reason) -> Weighed {
    let real = case.real();
    let by_code = real.of(&[reason.class]);
    let by_words = match reason.words {
        Some(says) if by_code.is_empty() => real.not_of(&[Class::Ok]).answered().filter(says),
        _ => Group::default(),
    };
    let told = by_code.and(&by_words);
    if told.is_empty() {
        return case.ruled_out(&real.answered(), format!("No answer says that {}.", reason.says));
    }
    let controls = case.none().and(&case.made_up());
    if answered_alike(&told, &controls) == Some(true) {
        return Weighed::ruled_out(
            &told.and(&controls),
            "The controls get the same answer, so it isn't about this key.",
        );
    }
    if let Some(contradicted) = timeline::contradicted(case, &told) {
        return contradicted;
    }
    let compared = if case.made_up_beside(&told).is_empty() { "" } else { "; a made-up key isn't" };
    let difference = format!(
        "The key is answered with {} saying that {}{compared}.",
        told.statuses(),
        reason.says
    );
    let known_code = told.0.iter().any(|seen| {
        seen.observation
            .answer()
            .and_then(|answer| crate::heygen::code::find(answer.code.as_deref()?))
            .is_some()
    });
    let weighed = if known_code && case.tells_apart(&told) {
        Weighed::confirmed()
    } else {
        Weighed::likely()
    };
    weighed.because(&told.and(&case.made_up()), difference)
}
