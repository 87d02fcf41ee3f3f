//! The API fails for everyone.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, FAILED};
use crate::judge::timeline;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::exit::Exit;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Heygen),
    verdict: Verdict::Broken,
    exit: Exit::Wrong,
    title: "Outage of HeyGen's API",
    headline: "HeyGen's API is failing for everyone",
    meaning: "The API fails for all requests, with a key and without. It says nothing about the key.",
    told_apart: "The controls fail like the real key. HeyGen's status page may or may not show it yet.",
    next_step: "Wait, watch status.heygen.com, and repeat `heygen-doctor check`; the key needn't be changed.",
    for_support: Support::Asked(
        "Please look into the failures at the times in the table: they don't depend on the key.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. Without a key the API answers: ruled out.
/// 2. With and without a key everything fails, for the control could have been answered:
///    likely at first; still so a moment later: confirmed. Nothing with a key was answered: likely.
/// 3. Three quarters of what carries a key fail, and part of the rest: likely. Less: possible.
fn weigh(case: &Case<'_>) -> Weighed {
    let none = case.none().answered();
    let failed = none.of(FAILED);
    if failed.is_empty() {
        return if none.is_empty() {
            Weighed::untested("No answer to a request without a key came.")
        } else {
            Weighed::ruled_out(
                &none,
                format!("Requests without a key are answered with {}.", none.statuses()),
            )
        };
    }
    let keyed = case.real().and(&case.made_up()).answered();
    if failed.len() == none.len() && keyed.is_empty() {
        return Weighed::likely().because(&failed, "Every request without a key fails with 5xx.");
    }
    if failed.len() == none.len() && keyed.all_of(FAILED) {
        let lasts = timeline::lasts(&failed.and(&keyed));
        let weighed = if lasts { Weighed::confirmed() } else { Weighed::likely() };
        return weighed.because(
            &failed.and(&keyed).and(&case.unknown_route().of(FAILED)),
            "Requests fail with 5xx whether they carry a key or not.",
        );
    }
    let answered = keyed.not_of(FAILED);
    if keyed.of(FAILED).len() * 4 > keyed.len() * 3 {
        return Weighed::likely()
            .because(
                &failed.and(&keyed.of(FAILED)),
                "Most requests fail with 5xx, with and without a key.",
            )
            .against(&answered, "Some were answered.");
    }
    Weighed::possible()
        .because(&failed, "Some requests without a key fail with 5xx.")
        .against(&answered, "Others were answered.")
}
