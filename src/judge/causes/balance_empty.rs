//! The wallet is empty.

use super::{Hypothesis, Support};
use crate::heygen::endpoint::ME;
use crate::judge::case::Case;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::exit::Exit;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Limited,
    exit: Exit::Works,
    title: "Empty wallet",
    headline: "the key works, but the wallet is empty",
    meaning: "The key is accepted and can read. The API wallet holds nothing, so calls that make videos are likely to be refused with 402, unless automatic reload is on. A web plan's credits don't count for API keys.",
    told_apart: "The account's own answer gives the balance. No video was made, so the refusal itself wasn't seen.",
    next_step: "Add credit to the API wallet, or check that automatic reload is on.",
    for_support: Support::Nothing(
        "Nothing is needed from HeyGen, unless the balance in the dashboard differs from the one in this report.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// 1. The profile names no balance: untested.
/// 2. The wallet holds something: ruled out.
/// 3. The balance is zero or less, and a made-up key is refused on the same path: confirmed, the
///    server says the number. Without that control: likely.
fn weigh(case: &Case<'_>) -> Weighed {
    let Some(balance) = case.field(ME, "balance").and_then(serde_json::Value::as_f64) else {
        return Weighed::untested("No answer names a balance.");
    };
    let me = case.accepted_anyhow().at(ME);
    if balance > 0.0 {
        return Weighed::ruled_out(&me, "The wallet isn't empty.");
    }
    let weighed =
        if case.made_up_refused_beside(&me) { Weighed::confirmed() } else { Weighed::likely() };
    weighed.because(&me, "The key is accepted, and the profile gives a balance of zero.")
}
