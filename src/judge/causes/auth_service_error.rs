//! HeyGen fails when it checks a key.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, FAILED};
use crate::judge::group::Group;
use crate::judge::timeline;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Heygen),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Failure of HeyGen's login service",
    headline: "HeyGen fails while it checks the key",
    meaning: "Requests that carry a key, even a made-up one, end with a server error. Requests without a key are answered cleanly. The part that checks keys seems to be failing.",
    told_apart: "The requests with a key fail with 5xx and the requests without one are answered with 401, interleaved in the same run.",
    next_step: "Wait, watch status.heygen.com, and repeat `heygen-doctor check`; the key needn't be changed.",
    for_support: Support::Asked(
        "Please look into the failures at the times in the table: requests that carry a key get a server error.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. The key is answered without a 5xx: ruled out.
/// 2. Without a key there is no clean 401: ruled out, then the service as a whole fails.
/// 3. Every request with a key fails, a made-up one too, and those without are refused cleanly:
///    likely at first; still so a moment later: confirmed. Not every one of these: likely.
/// 4. Only this key fails: likely. Only some requests with it fail: possible.
/// 5. Requests with any key time out, those without are answered: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real().answered();
    let keyed = if real.is_empty() { case.made_up().answered() } else { real };
    let failed = keyed.of(FAILED);
    if hangs(case) {
        return Weighed::likely().because(
            &case.real().and(&case.made_up()).and(&case.none()),
            "No request with a key is answered in time, not even a made-up one; without a key the same path is answered at once.",
        );
    }
    if failed.is_empty() {
        return if keyed.is_empty() {
            Weighed::untested("No answer to a key came.")
        } else {
            Weighed::ruled_out(&keyed, "No request with a key was answered with 5xx.")
        };
    }
    let none = case.none();
    if !none.any_of(&[Class::Unauthenticated]) {
        return Weighed::ruled_out(&none, "Requests without a key aren't refused cleanly either.");
    }
    if failed.len() < keyed.len() {
        let others = keyed.not_of(FAILED);
        return Weighed::possible()
            .because(
                &failed,
                format!("{} of {} requests with the key failed.", failed.len(), keyed.len()),
            )
            .against(&others, "Others were answered.");
    }
    beside(&failed, &case.made_up().answered(), &none.answered())
}

/// The standing of a key that always meets 5xx, by what the controls meet.
fn beside(failed: &Group<'_>, made_up: &Group<'_>, none: &Group<'_>) -> Weighed {
    let all = failed.and(made_up).and(none);
    let clean = none.all_of(&[Class::Unauthenticated]);
    if made_up.all_of(FAILED) && clean {
        let lasts = timeline::lasts(failed) && timeline::lasts(made_up);
        let weighed = if lasts { Weighed::confirmed() } else { Weighed::likely() };
        weighed.because(
            &all,
            "Every request with a key, a made-up one too, gets 5xx; without a key the same path answers a clean 401.",
        )
    } else if made_up.any_of(FAILED) || none.any_of(FAILED) {
        Weighed::possible()
            .because(failed, "Requests with this key get 5xx.")
            .against(&made_up.and(none), "The controls fail at times, and at times they don't.")
    } else if made_up.is_empty() {
        Weighed::likely()
            .because(&all, "Requests with this key get 5xx; without one comes a clean 401.")
    } else {
        Weighed::likely().because(
            &failed.and(made_up),
            "Requests with this key get 5xx; a made-up key and no key get a clean 401.",
        )
    }
}

/// Every key, a made-up one too, makes the API hang.
pub(super) fn hangs(case: &Case<'_>) -> bool {
    let slow = |group: Group<'_>| group.all_of(&[Class::Timeout]);
    slow(case.real()) && slow(case.made_up()) && case.none().all_of(&[Class::Unauthenticated])
}
