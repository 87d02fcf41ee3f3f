//! Whether blanks, quotes, or the like spoil the value.

use super::case::Case;
use super::experiment::Opened;
use super::group::Group;
use super::weighed::Weighed;
use super::{Hypothesis, offline};
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::KeyMalformed, weigh };

/// 1. There is no key: untested. Nothing about the value is spoiled, or it is accepted as it is: ruled out.
/// 2. The repaired value is accepted where the given one and a made-up one are refused: confirmed;
///    without such a control: likely.
/// 3. No HTTP client can send the value, or a known shape is cut or doubled: likely.
/// 4. The repaired value is refused as well: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    if !offline::has_key(case) {
        return Weighed::untested(offline::NO_KEY);
    }
    let Some(message) = offline::message(case, offline::SPOILED) else {
        return Weighed::ruled_out(&Group::default(), "Nothing in the value looks spoiled.");
    };
    let real = case.real();
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "The value is accepted as it is.");
    }
    let repaired = case.opened_by(variant::REPAIRED);
    let base = |mut weighed: Weighed| {
        let looks = Weighed::likely().because(&Group::default(), message.clone());
        weighed.evidence.splice(0..0, looks.evidence);
        weighed
    };
    if let Some(weighed) = repaired.weigh(&real, "The repaired value") {
        return base(weighed);
    }
    match repaired.outcome {
        _ if real.all_of(&[Class::Unsendable]) => base(Weighed::likely())
            .because(&real, "No HTTP client can put the value as given into a header."),
        _ if !case.findings(&["key_truncated", "key_doubled"]).is_empty() => {
            base(Weighed::likely())
        }
        Opened::No => base(Weighed::possible())
            .against(&repaired.asked, "The repaired value is refused as well."),
        _ => base(Weighed::likely()),
    }
}
