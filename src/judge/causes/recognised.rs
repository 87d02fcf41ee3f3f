//! The server knows the key and says no for a reason of its own: the causes that are told by a
//! code, or, where no code is known, by words. One row each.

use super::{Hypothesis, Support};
use crate::heygen::code;
use crate::judge::case::Case;
use crate::judge::group::{Group, answered_alike};
use crate::judge::keywords::{self, Family};
use crate::judge::timeline;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::observation::Observation;

/// By a code that says so, or by words that a made-up key is not told.
pub(super) const ACCOUNT_SUSPENDED: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Suspended account",
    headline: "the account is suspended",
    meaning: "HeyGen has suspended or blocked the account. No key of this account will work until HeyGen lifts it.",
    told_apart: "HeyGen says so with a code of its own (`400631`), or in words, to the real key only.",
    next_step: "Write to HeyGen's support from the account's e-mail address, and attach this report.",
    for_support: Support::Asked(
        "Please say why the account is suspended, and what has to be done to lift it.",
    ),
    doc_url: Some("https://docs.heygen.com/reference/errors"),
    weigh: Some(|case| {
        weigh(
            case,
            &Reason {
                class: Class::Suspended,
                words: Some(|seen| keywords::says(seen, Family::Suspended)),
                says: "the account is suspended",
            },
        )
    }),
};

/// By a code that says so (legacy 400599; V3 `subscription_required`, `plan_upgrade_required`), or
/// by words.
pub(super) const API_ACCESS_NOT_ENABLED: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Account without API access",
    headline: "the account has no API access",
    meaning: "The key is known, but the account's plan doesn't include the API, or not this part of it. Web plans such as Creator or Team don't include the API: it is billed on its own.",
    told_apart: "HeyGen says so with a code of its own: `400599`, `subscription_required`, or `plan_upgrade_required`. It says so to the real key only.",
    next_step: "Check in HeyGen's API settings that this space, not another one, has API access.",
    for_support: Support::Asked(
        "Please confirm whether the space of this key has API access, and since when.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes"),
    weigh: Some(|case| {
        weigh(
            case,
            &Reason {
                class: Class::ApiNotEnabled,
                words: Some(|seen| keywords::says(seen, Family::NoApiAccess)),
                says: "the plan has no access to the API",
            },
        )
    }),
};

/// By a code that names a quota, or by a 429 whose words do and which names no time to wait.
pub(super) const QUOTA_EXCEEDED: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Blocked,
    exit: Exit::Key,
    title: "Quota used up",
    headline: "a quota is used up",
    meaning: "The key is accepted, and a quota is used up, for example the trial's five videos a day. Retrying doesn't cure it, although the status is 429.",
    told_apart: "The code names a quota, not a rate: waiting for `Retry-After` doesn't cure it.",
    next_step: "Wait until the quota is renewed, or choose a plan with a larger one.",
    for_support: Support::Asked(
        "Please say which quota applies to this account, and when it is renewed.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes"),
    weigh: Some(|case| {
        weigh(
            case,
            &Reason {
                class: Class::QuotaExceeded,
                words: Some(names_a_quota),
                says: "a quota is used up",
            },
        )
    }),
};

/// By status 402, or by a code that names credit.
pub(super) const CREDIT_EXHAUSTED: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Credit used up",
    headline: "the credit is used up",
    meaning: "The key is accepted, and the request is refused because the API wallet is used up. API keys are billed from the API wallet; a web plan's credits are another pool.",
    told_apart: "HeyGen answers 402 with a code for credit, to the real key only.",
    next_step: "Add credit to the API wallet in HeyGen's billing settings.",
    for_support: Support::Nothing(
        "Nothing is needed from HeyGen, unless the balance in the dashboard says otherwise.",
    ),
    doc_url: Some("https://developers.heygen.com/docs/error-codes"),
    weigh: Some(|case| {
        weigh(
            case,
            &Reason { class: Class::PaymentRequired, words: None, says: "credit is missing" },
        )
    }),
};

/// A 429 whose words speak of a quota, and which names no time to wait.
fn names_a_quota(seen: &Observation) -> bool {
    let waits = seen.answer().is_some_and(|answer| answer.headers.contains_key("retry-after"));
    seen.class == Class::RateLimited && !waits && keywords::says(seen, Family::Quota)
}

/// How a refusal names its reason.
struct Reason {
    /// The class that a code decides.
    class: Class,
    /// The words that decide where no code does.
    words: Option<fn(&Observation) -> bool>,
    /// The reason in the words of a sentence: "credit is missing".
    says: &'static str,
}

/// Weighs a reason that only a key that was recognised can meet.
///
/// 1. Nobody is told this reason: ruled out, or untested where nobody looked at the key.
/// 2. The controls are told the same: ruled out, it isn't about the key.
/// 3. The identical request was accepted as well: possible.
/// 4. A code says so, and a made-up key is refused on the same path: confirmed.
/// 5. Words say so with the account as their subject, no code says otherwise, and a made-up key is
///    refused on the same path: confirmed.
/// 6. Only other words say so, or the controls were not clear: likely.
fn weigh(case: &Case<'_>, reason: &Reason) -> Weighed {
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
    let compared =
        if case.made_up_beside(&told).is_empty() { "" } else { "; a made-up key doesn't" };
    let difference = format!("The key gets {} for this reason{compared}.", told.statuses());
    let codes = by_code.iter().filter_map(|seen| code::find(seen.answer()?.code.as_deref()?));
    let known_code = codes.into_iter().any(|known| known.class == Some(reason.class));
    let plain_words = by_words.iter().any(|seen| keywords::says_plainly(seen, Family::Suspended));
    // The status 402 beside a code of something else is no code for credit.
    let weighed = if (known_code || plain_words) && case.tells_apart(&told) {
        Weighed::confirmed()
    } else {
        Weighed::likely()
    };
    weighed.because(&told.and(&case.made_up()), difference)
}
