//! The table of scenarios: one line per file.

use crate::error::Usage;
use crate::text::either;

use super::scenario::Scenario;

macro_rules! scenarios {
    ($($name:literal,)*) => {
        const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../fixtures/scenarios/", $name, ".toml")))),*
        ];
    };
}

scenarios! {
    "support-ticket",
    "healthy",
    "unknown-key",
    "revoked",
    "scoped",
    "forbidden",
    "no-api-plan",
    "suspended",
    "no-credit",
    "empty-wallet",
    "trial-quota",
    "rate-limited",
    "auth-500",
    "outage",
    "flapping",
    "edge-block",
    "captive-portal",
    "legacy-gone",
    "key-missing",
    "key-empty",
    "placeholder-docs",
    "placeholder-unexpanded",
    "placeholder-undefined",
    "quoted-key",
    "bearer-pasted",
    "assignment-pasted",
    "newline-in-file",
    "two-lines",
    "zero-width",
    "byte-order-mark",
    "foreign-letter",
    "trailing-blanks",
    "truncated-key",
    "doubled-key",
    "double-encoded",
    "encoded-current",
    "decoded-by-library",
    "decoded-and-deleted",
    "old-key-works",
    "decoded-works",
    "elevenlabs-key",
    "openai-key",
    "oauth-as-key",
    "session-token",
    "session-cookie",
    "liveavatar-key",
    "oauth-stored",
    "oauth-expired",
    "oauth-unknown",
    "deleted-other-words",
    "regenerated-mid-run",
    "expired-silently",
    "echo-whole",
    "echo-start",
    "reference-number",
    "other-source-works",
    "empty-variable-first",
    "deactivated",
    "expired-says-so",
    "expired-by-date",
    "clock-hour",
    "clock-day",
    "slow-answers",
    "no-self-endpoint",
    "expires-soon",
    "low-balance",
    "title-case-gateway",
    "heavy-lists",
    "endless-list",
    "legacy-404",
    "legacy-page",
    "legacy-redirect",
    "legacy-deprecated",
    "legacy-refuses",
    "legacy-fails",
    "burst-only",
    "brief-429",
    "agent-blocked",
    "browsers-only",
    "disguised-body",
    "blocked-after-forty",
    "unknown-then-blocked",
    "read-only-key",
    "scope-list",
    "scoped-undescribed",
    "wallet-in-credits",
    "forbidden-generic",
    "phone-verification",
    "subscription-required",
    "no-api-access-code",
    "plan-forbids",
    "suspended-unpaid",
    "suspended-blocked",
    "credit-other-words",
    "trial-limit-402",
    "monthly-quota",
    "rate-limited-silently",
    "rate-limited-address",
    "rate-limited-by-edge",
    "real-key-500",
    "keyed-504",
    "keyed-hang",
    "flapping-fifth",
    "flapping-tenth",
    "only-v2-accepts",
    "only-v1-accepts",
    "outage-gateway-page",
    "outage-empty",
    "outage-database",
    "inconclusive-409",
    "inconclusive-422",
    "edge-json",
    "edge-country",
    "edge-challenge",
    "header-stripped",
    "key-taken-out",
    "login-redirect",
    "moved-elsewhere",
    "portal-page",
    "portal-511",
    "web-app",
    "other-api-hub",
    "other-api-payments",
    "other-api-local",
    "other-api-avatars",
    "accepts-anything",
    "accepts-any-key",
    "gateway-401",
    "garbage",
    "greeting",
    "plain-to-tls-alert",
    "plain-to-tls-page",
    "deep-json",
    "deep-refusal",
    "huge-page",
    "endless-answer",
    "self-signed",
    "wrong-name",
    "certificate-expired",
    "certificate-not-yet",
    "tls-to-plain",
    "intercepted",
    "intercepted-and-trusted",
    "intercepted-page",
    "name-unknown",
    "name-misspelled",
    "port-refused",
    "reset",
    "closed-without-answer",
    "truncated-answers",
    "proxy-in-between",
    "proxy-login",
    "proxy-forbids",
    "hang",
    "too-slow",
    "silent-handshake",
    "dripping",
    "browsers-only-unknown",
    "other-environment",
    "forbidden-at-times",
    "suspended-at-times",
    "revoked-at-times",
    "anyone-at-times",
    "only-v2-uncontrolled",
    "described-as-revoked",
    "described-as-revoked-and-works",
    "revoked-says-v2",
    "denied-words",
    "other-api-strings",
    "failing-for-a-moment",
    "failing-half",
}

/// The names of all scenarios, in the order in which they are listed.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The scenario of this name.
///
/// # Errors
/// When there is none; the hint names those that are spelled alike.
pub fn load(name: &str) -> Result<Scenario, Usage> {
    let Some((_, text)) = FILES.iter().find(|(known, _)| *known == name) else {
        return Err(unknown(name));
    };
    Scenario::parse(text).map_err(|error| {
        Usage::new(
            format!("Scenario `{name}` can't be read: {error}"),
            "This is a bug: please report it.",
        )
    })
}

fn unknown(name: &str) -> Usage {
    // Whoever pastes a key where a name belongs must not find it in a log.
    let harmless = name.len() <= 32 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let message = if harmless {
        format!("There is no scenario `{name}`.")
    } else {
        "There is no scenario of that name.".to_owned()
    };
    Usage::new(message, hint(&nearest(name)))
}

fn nearest(name: &str) -> Vec<&'static str> {
    let mut scored: Vec<_> =
        names().map(|known| (strsim::jaro_winkler(name, known), known)).collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take_while(|(score, _)| *score > 0.75).map(|(_, n)| n).take(3).collect()
}

fn hint(nearest: &[&str]) -> String {
    let all = "`heygen-doctor simulate --list` shows all of them.";
    if nearest.is_empty() {
        return all.to_owned();
    }
    let quoted: Vec<_> = nearest.iter().map(|name| format!("`{name}`")).collect();
    format!("Did you mean {}? {all}", either(&quoted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_can_be_read_and_means_one_thing() {
        for (name, text) in FILES {
            let scenario = Scenario::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            for rule in &scenario.rules {
                assert_eq!(rule.contradiction(), None, "{name}: {rule:#?}");
            }
            let extra = scenario.server.extra_members.as_deref().unwrap_or("{}");
            let extra: serde_json::Value = serde_json::from_str(extra).unwrap();
            assert!(extra.is_object(), "{name}: extra_members is no object");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_told_what_it_meant() {
        let error = load("suport-ticket").unwrap_err();
        assert_eq!(error.message, "There is no scenario `suport-ticket`.");
        assert!(error.hint.starts_with("Did you mean `support-ticket`"), "{}", error.hint);
    }

    #[test]
    fn what_may_be_a_key_is_not_repeated() {
        let error = load("sk_V2_hgu_kSYNTHETIC0_SyntheticKeyForTestsOnly00000000").unwrap_err();
        assert_eq!(error.message, "There is no scenario of that name.");
    }
}
