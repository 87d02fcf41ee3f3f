//! Whether the wallet is empty.

use super::Hypothesis;
use super::case::{Case, ME};
use super::weighed::Weighed;
use crate::record::cause::Cause;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis { cause: Cause::BalanceEmpty, weigh };

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
