//! Something in front of the API blocks the request.

use super::{Hypothesis, Support};
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::observation::BodyKind;
use crate::record::probe::{Credential, variant};

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Network),
    verdict: Verdict::Blocked,
    exit: Exit::Wrong,
    title: "Block in front of the API",
    headline: "something in front of the API blocks it",
    meaning: "A firewall or a filter refuses the requests before they reach HeyGen's API: by address, by country, or by program. The key was never checked.",
    told_apart: "The same block comes for the real key, a made-up key, and no key, and it isn't in the form of HeyGen's API.",
    next_step: "Run `heygen-doctor check` from another network, for example a phone's hotspot, and compare.",
    for_support: Support::Asked(
        "Please check whether your edge blocks the address that the requests came from, at the times in the table.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. Another user agent gets through: ruled out, a note tells of it.
/// 2. The control without a key is answered: ruled out, unless only keyed requests meet a web page.
/// 3. Everyone meets the same block: likely; confirmed if another user agent was
///    tried and meets it too, and the block is a web page.
fn weigh(case: &Case<'_>) -> Weighed {
    let none = case.none();
    let blocked = none.of(BLOCKS);

    if case.agent_blocked() {
        return Weighed::ruled_out(
            &blocked,
            "Only our user agent is blocked; the request gets through under another.",
        );
    }
    let keyed = case.real().and(&case.made_up()).answered();
    if none.answered().is_empty() && keyed.is_empty() {
        return Weighed::untested("No answer came.");
    }
    if blocked.is_empty() {
        // A page that meets only the made-up key is no block of the real one.
        let pages = keyed.of(&[Class::EdgeBlock]);
        let both =
            case.real().any_of(&[Class::EdgeBlock]) && case.made_up().any_of(&[Class::EdgeBlock]);
        return if both {
            Weighed::likely().because(
                &pages,
                "Requests with any key, a made-up one too, are blocked outside the API's form.",
            )
        } else if case
            .real()
            .of(&[Class::EdgeBlock])
            .iter()
            .any(|seen| seen.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html))
        {
            Weighed::likely().because(&pages, "A web page refuses the key: HTML is never the API.")
        } else if none.answered().is_empty() {
            Weighed::untested("No answer to a request without a key came.")
        } else {
            Weighed::ruled_out(
                &none,
                format!("Requests without a key get through ({}).", none.statuses()),
            )
        };
    }
    let let_through = none.and(&keyed).not_of(BLOCKS).not_of(TRANSIENT);
    if !let_through.is_empty() {
        return Weighed::possible()
            .because(&blocked, "Some requests are blocked.")
            .against(&let_through, "Others get through.");
    }
    if let Some(refusals) = case.foreign_refusals() {
        return Weighed::ruled_out(&refusals, "An API refuses here, in a form of its own.");
    }
    let agents = case
        .ask(Credential::None, variant::UA_CURL.id)
        .and(&case.ask(Credential::None, variant::UA_BROWSER.id));
    // A page is never the API. Anything else may be another API that refuses everyone.
    let pages = blocked
        .iter()
        .all(|seen| seen.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html));
    let tried = agents.all_of(BLOCKS) && pages;
    let weighed = if tried { Weighed::confirmed() } else { Weighed::likely() };
    weighed.because(
        &blocked.and(&keyed).and(&agents),
        "The controls meet the same block as the key, so it isn't about the key.",
    )
}

/// Answers that a block in front of the API may give.
const BLOCKS: &[Class] = &[Class::EdgeBlock, Class::Forbidden];
