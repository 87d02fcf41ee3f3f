//! Whether something in front of the API blocks the request.

use super::Hypothesis;
use super::case::{Case, PASSING};
use super::weighed::Weighed;
use crate::record::cause::Cause;
use crate::record::class::Class;
use crate::record::observation::BodyKind;
use crate::record::probe::{Credential, variant};

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::BlockedAtEdge, weigh };

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
        let pages = keyed.of(&[Class::EdgeBlock]);
        let both =
            case.real().any_of(&[Class::EdgeBlock]) && case.made_up().any_of(&[Class::EdgeBlock]);
        return if both {
            Weighed::likely().because(
                &pages,
                "Requests with any key, a made-up one too, are blocked outside the API's form.",
            )
        } else if pages.0.iter().any(|seen| {
            seen.observation.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html)
        }) {
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
    let let_through = none.and(&keyed).not_of(BLOCKS).not_of(PASSING);
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
    let pages = blocked.0.iter().all(|seen| {
        seen.observation.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html)
    });
    let tried = agents.all_of(BLOCKS) && pages;
    let weighed = if tried { Weighed::confirmed() } else { Weighed::likely() };
    weighed.because(
        &blocked.and(&keyed).and(&agents),
        "The controls meet the same block as the key, so it isn't about the key.",
    )
}

const BLOCKS: &[Class] = &[Class::EdgeBlock, Class::Forbidden];
