//! The next step that an answer itself calls for: by its code, or by what it speaks of.

use super::said::{self, Said};
use crate::heygen::code;
use crate::record::cause::{Cause, Side};
use crate::text::span;

/// Words of an answer that belong together, and the step that they call for.
struct Topic {
    /// One of these is met, as the beginning of a word.
    subject: &'static [&'static str],
    /// And one of these, unless there are none.
    with: &'static [&'static str],
    step: &'static str,
}

const TOPICS: &[Topic] = &[
    Topic {
        subject: &["phone"],
        with: &["verif", "confirm"],
        step: "Verify the phone number in the account settings at app.heygen.com.",
    },
    Topic {
        subject: &["email", "e-mail", "mailbox"],
        with: &["verif", "confirm"],
        step: "Confirm the account's e-mail address at app.heygen.com.",
    },
    Topic {
        subject: &["invoice", "unpaid", "overdue"],
        with: &[],
        step: "Pay the open invoice in the billing settings at app.heygen.com, or ask the owner of the account to.",
    },
    Topic {
        subject: &["terms", "agreement"],
        with: &["accept", "agree", "sign", "new", "updated"],
        step: "Sign in at app.heygen.com as the owner of the account, and accept the new terms.",
    },
    Topic {
        subject: &["invitation", "invite"],
        with: &[],
        step: "Ask an admin of the workspace to send the invitation again, and accept it.",
    },
    Topic {
        subject: &["single-sign-on", "sign-on", "sso", "two-factor", "2fa", "mfa"],
        with: &[],
        step: "Sign in at app.heygen.com once, as your organization asks for it, then run `heygen-doctor check` again.",
    },
    Topic {
        subject: &["allowlist", "whitelist", "allow-list"],
        with: &[],
        step: "Ask whoever manages the account to add this machine's public address to the allow list.",
    },
];

/// The step where the answer names a reason that nobody here knows.
const AS_IT_SAYS: &str = "Do what the answer asks for, then run `heygen-doctor check` again; where that isn't clear, show the answer to the owner of the space.";

/// The step that this answer calls for under this cause.
///
/// 1. A quota that names its time: wait for it.
/// 2. A code of HeyGen's that says more than the status: its remedy.
/// 3. Words about something that a person can do: that.
/// 4. Another reason, where the cause is only that it isn't permitted: what the answer says.
pub(super) fn of(cause: Cause, side: Option<Side>, said: &Said<'_>) -> Option<String> {
    if side != Some(Side::Account) {
        return None;
    }
    let waits = said.retry_after.and_then(|after| after.trim().parse().ok());
    if let Some(seconds) = waits.filter(|_| cause == Cause::QuotaExceeded) {
        return Some(format!(
            "Wait {}, as the answer asks, or choose a plan with a larger quota.",
            span(seconds)
        ));
    }
    let telling = |code: &&str| said::is_telling(said.status, code);
    if let Some(known) = said.code.filter(telling).and_then(code::find) {
        return Some(known.remedy.to_owned());
    }
    let text = format!("{} {}", said.code.unwrap_or_default(), said.message.unwrap_or_default());
    let text = text.to_lowercase().replace('_', " ");
    let met = |starts: &[&str]| {
        text.split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| starts.iter().any(|start| word.starts_with(start)))
    };
    let topic = TOPICS
        .iter()
        .find(|topic| met(topic.subject) && (topic.with.is_empty() || met(topic.with)));
    let own = cause == Cause::PermissionDenied
        && said.message.is_some_and(|message| said::is_telling(said.status, message));
    topic.map(|topic| topic.step).or(own.then_some(AS_IT_SAYS)).map(ToOwned::to_owned)
}
