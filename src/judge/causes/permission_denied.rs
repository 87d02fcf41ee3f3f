//! The key is known, and isn't permitted.

use super::{Hypothesis, Support};
use crate::heygen::endpoint::ME;
use crate::judge::case::Case;
use crate::judge::keywords::{self, Family};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::observation::BodyKind;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Key without permission",
    headline: "the key is known, but isn't permitted",
    meaning: "HeyGen knows the key and refuses the request for another reason: a member's key on resources of the organization, a policy of the workspace, or a feature that isn't enabled. A new key of the same member won't change it.",
    told_apart: "The real key gets a 403 in the API's own form where a made-up key gets 401. A 403 from something in front of the API looks different.",
    next_step: "Ask the space's owner whether your role may use the API.",
    for_support: Support::Asked(
        "Please say which permission the key lacks for the requests in the table.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes"),
    weigh: Some(weigh),
};

/// 1. No 403, or each is a web page or names another reason (a scope, the plan, a suspension): ruled
///    out, or untested where nobody looked at the key.
/// 2. A made-up key gets anything but 401 there: ruled out.
/// 3. The key is accepted on `users/me`: ruled out.
/// 4. The key gets 403 where a made-up one gets 401: likely; the server may mean more than it says.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    let refused = real.filter(|seen| seen.status() == Some(403));
    let forbidden = refused.of(&[Class::Forbidden, Class::EdgeBlock]).filter(|seen| {
        let is_page = seen.answer().is_some_and(|answer| answer.body.kind == BodyKind::Html);
        !is_page && !OTHERS.iter().any(|family| keywords::says(seen, *family))
    });
    if refused.is_empty() {
        return case.ruled_out(&real.answered(), "The key isn't answered with 403.");
    }
    if forbidden.is_empty() {
        return case.ruled_out(&refused, "Every 403 is a web page or names another reason.");
    }
    if !case.made_up_refused_beside(&forbidden) {
        return case.ruled_out(
            &forbidden.and(&case.made_up()),
            "A made-up key isn't refused with 401, so the 403 isn't about this key.",
        );
    }
    if real.at(ME).any_of(&[Class::Ok]) {
        return Weighed::ruled_out(&real.of(&[Class::Ok]), "The key is accepted where it counts.");
    }
    let lives = case.lives_by_lists();
    if !lives.is_empty() {
        return Weighed::ruled_out(&lives, "Other endpoints of V3 accept the key.");
    }
    Weighed::likely()
        .because(&forbidden.and(&case.made_up()), "The key gets 403 where a made-up one gets 401.")
}

/// Reasons that have a cause of their own.
const OTHERS: [Family; 4] =
    [Family::Revoked, Family::Suspended, Family::NoApiAccess, Family::Scope];
