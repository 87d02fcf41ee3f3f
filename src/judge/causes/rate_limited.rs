//! There were too many requests.

use super::{Hypothesis, Support};
use crate::heygen::endpoint::ME;
use crate::judge::case::{Case, TRANSIENT};
use crate::judge::keywords::{self, Family};
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::text::span;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Account),
    verdict: Verdict::Blocked,
    exit: Exit::Wrong,
    title: "Too many requests",
    headline: "HeyGen is limiting the rate of requests",
    meaning: "HeyGen answered 429 because too many requests were sent in a short time. It says nothing against the key.",
    told_apart: "The code names a rate, and single requests after a pause are accepted, or weren't tried.",
    next_step: "Run `heygen-doctor check` again in a few minutes, with your program paused.",
    for_support: Support::Asked("Please say which limit applies to this account."),
    doc_url: Some("https://developers.heygen.com/docs/error-codes"),
    weigh: Some(weigh),
};

/// 1. No answer came: untested. The key is never throttled: ruled out. It is accepted in between: ruled out, a note tells of it.
/// 2. `users/me` is throttled for everyone: likely.
/// 3. Only the key is throttled while a made-up one is refused: confirmed, and the key is recognised.
/// 4. The same, and the words speak of a quota: possible.
/// 5. Everyone is throttled: likely, by address.
fn weigh(case: &Case<'_>) -> Weighed {
    let weighed = standing(case);
    match wait(case) {
        Some(seconds) => weighed
            .named(format!("HeyGen is limiting the rate of requests: wait {}", span(seconds)))
            .next(format!(
                "Run `heygen-doctor check` again after {}, with your program paused.",
                span(seconds)
            )),
        None => weighed,
    }
}

/// The longest wait that an answer asks for, in seconds.
fn wait(case: &Case<'_>) -> Option<u64> {
    let throttled = case.everyone().of(&[Class::RateLimited]);
    let asked = throttled
        .iter()
        .filter_map(|seen| seen.answer()?.headers.get("retry-after")?.trim().parse::<u64>().ok());
    asked.max()
}

fn standing(case: &Case<'_>) -> Weighed {
    let real = case.real().not_of(&[Class::Unsendable]);
    let everyone = if real.is_empty() { case.none().and(&case.made_up()) } else { real.clone() };
    let throttled = everyone.of(&[Class::RateLimited]);
    if everyone.answered().is_empty() {
        return Weighed::untested("No answer came.");
    }
    if throttled.is_empty() {
        return Weighed::ruled_out(&everyone, "No request was answered with 429.");
    }
    let decided = everyone.not_of(TRANSIENT);
    if everyone.at(ME).all_of(&[Class::RateLimited]) && !case.controls_at_me_answered() {
        return Weighed::likely().because(
            &throttled.and(&decided),
            "`users/me` is throttled for everyone, whatever another endpoint answers.",
        );
    }
    if !decided.is_empty() {
        return Weighed::ruled_out(
            &decided,
            "Other requests with the key were answered, so the limit isn't the cause.",
        );
    }
    let named = throttled.filter(|seen| keywords::says(seen, Family::Quota));
    let told_apart = case.tells_apart(&throttled);
    if told_apart && named.len() == throttled.len() {
        return Weighed::possible()
            .because(&throttled, "The key is answered with 429.")
            .against(&named, "The words speak of a quota, which waiting a moment doesn't cure.");
    }
    if told_apart && !real.is_empty() {
        return Weighed::confirmed().because(
            &throttled.and(&case.made_up()),
            "The key is throttled while a made-up key is refused: it is recognised.",
        );
    }
    let controls = case.none().and(&case.made_up()).of(&[Class::RateLimited]);
    Weighed::likely().because(&throttled.and(&controls), "The key and the controls are throttled alike: the limit is on this address, or on everyone.")
}
