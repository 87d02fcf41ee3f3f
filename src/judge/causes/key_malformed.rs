//! The value holds more or less than the key: blanks, quotes, a missing end.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, NO_KEY};
use crate::judge::experiment::Opened;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::About;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Damaged key",
    headline: "the value is not exactly the key",
    meaning: "The value holds more than the key: spaces, a line break, quotes, an invisible character, or a pasted prefix such as `Bearer `. What arrives may then be another value than the key.",
    told_apart: "The repaired value is sent beside the value as given. It is confirmed only if the repaired one is accepted where the given one is refused.",
    next_step: "Fix what `heygen-doctor key` names where the key is stored, then run `heygen-doctor check` again.",
    for_support: Support::Nothing("Nothing is needed from HeyGen if the repaired key is accepted."),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. There is no key: untested. Nothing about the value is spoiled, or it is accepted as it is: ruled out.
/// 2. The repaired value is accepted where the given one and a made-up one are refused: confirmed;
///    without such a control: likely.
/// 3. No HTTP client can send the value, or a known shape is cut or doubled: likely.
/// 4. The repaired value is refused as well: likely all the same, for a failed repair doesn't clear
///    a damaged value. Blanks at its ends are taken off by every HTTP client: possible then.
fn weigh(case: &Case<'_>) -> Weighed {
    if !case.has_key() {
        return Weighed::untested(NO_KEY);
    }
    let Some(message) = case.looks(&[About::Damage, About::Copying]) else {
        return Weighed::ruled_out(&Group::default(), "The key is well-formed.");
    };
    let real = case.real();
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "The value is accepted as it is.");
    }
    let repaired = case.opened_by(variant::REPAIRED);
    let base = |mut weighed: Weighed| {
        let looks = Weighed::likely().because(&Group::default(), message);
        weighed.evidence.splice(0..0, looks.evidence);
        weighed
    };
    if let Some(weighed) = repaired.weigh(&real, "The repaired value") {
        return base(weighed);
    }
    match repaired.outcome {
        _ if real.all_of(&[Class::Unsendable]) => base(Weighed::likely())
            .because(&real, "No HTTP client can put the value as given into a header."),
        _ if case.looks(&[About::Copying]).is_some() => base(Weighed::likely()),
        Opened::No if case.only_blanks() => base(Weighed::possible())
            .against(&repaired.asked, "The repaired value is refused as well."),
        Opened::No => base(Weighed::likely())
            .against(&repaired.asked, "The repaired value is refused as well."),
        _ => base(Weighed::likely()),
    }
}
