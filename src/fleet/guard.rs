//! Watches over the controls of a fleet: what is said of its keys holds as long as they stay the same.

use std::collections::BTreeMap;

use crate::record::class::Class;
use crate::record::observation::Observation;

/// So many keys that an edge blocks are no matter of one key.
const BLOCKS: usize = 3;

/// What is said then.
const BLOCKED: &str = "An edge in front of the API blocks requests with keys";

/// What HeyGen's API never says to a request without a valid key: whoever does is somebody else, or ill,
/// and gets no keys.
const NEVER: [Class; 8] = [
    Class::Ok,
    Class::Redirect,
    Class::EdgeBlock,
    Class::NotHeygen,
    Class::ProxyAuth,
    Class::Malformed,
    Class::ServerError,
    Class::EdgeError,
];

/// Compares each answer to a control with the first one.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    first: BTreeMap<(String, String), Class>,
    blocks: usize,
    troubles: usize,
}

/// What a look at the controls shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// They are answered as before: what was said of keys since the last look holds.
    Good,
    /// Something is wrong for the first time: wait, and look again.
    Pause(String),
    /// It is wrong again: nothing more may be asked.
    End(String),
}

impl Guard {
    /// Looks at the answers to all controls, each with what tells apart those of one probe; `good` are those
    /// to keys that worked before, where they were asked again.
    pub fn look(&mut self, seen: &[(String, Observation)], good: &[Observation]) -> Look {
        if seen.iter().all(|(_, seen)| seen.answer().is_none()) {
            let why = seen.first().map_or_else(String::new, |(_, it)| format!(" (`{}`)", it.class));
            return self.trouble(format!("No control was answered{why}"));
        }
        if let Some((_, seen)) = seen.iter().find(|(_, seen)| NEVER.contains(&seen.class)) {
            let what = format!("The control `{}` got `{}`", seen.probe, seen.class);
            return self
                .trouble(format!("{what}, which HeyGen's API doesn't say without a valid key"));
        }
        let changed = seen.iter().find_map(|(of, seen)| {
            // Too many requests say nothing of the server, only of their number.
            if seen.class == Class::RateLimited {
                return None;
            }
            let question = (seen.probe.0.clone(), of.clone());
            let before = *self.first.entry(question).or_insert(seen.class);
            (before != seen.class).then(|| {
                format!("The control `{}` got `{}`, and `{before}` before", seen.probe, seen.class)
            })
        });
        match changed.or_else(|| no_longer(good)) {
            Some(what) => self.trouble(what),
            None => Look::Good,
        }
    }

    /// True where HeyGen answers, as far as controls show that: keys may be sent.
    #[must_use]
    pub fn trusts(seen: &[(String, Observation)]) -> bool {
        seen.iter().all(|(_, seen)| !NEVER.contains(&seen.class))
            && seen.iter().any(|(_, seen)| seen.answer().is_some())
    }

    /// A key was answered by the edge instead of the API: too many of them are trouble, whatever the
    /// controls get.
    pub fn blocked(&mut self) -> Option<Look> {
        self.blocks += 1;
        if self.blocks < BLOCKS {
            return None;
        }
        self.blocks = 0;
        Some(self.trouble(BLOCKED.to_owned()))
    }

    fn trouble(&mut self, what: String) -> Look {
        self.troubles += 1;
        if self.troubles > 1 { Look::End(what) } else { Look::Pause(what) }
    }
}

/// What is wrong where no key is accepted any more that was. One of several may have been deleted.
fn no_longer(good: &[Observation]) -> Option<String> {
    let is_settled = |seen: &&Observation| seen.class != Class::RateLimited;
    let last = good.iter().rfind(is_settled)?;
    let still = good.iter().any(|seen| seen.class.shows_acceptance());
    (!still).then(|| match last.class {
        Class::EdgeBlock => BLOCKED.to_owned(),
        class => format!("A key that worked in this run got `{class}` now"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(answers: &[(&str, &str)]) -> Vec<(String, Observation)> {
        let one = |(probe, class): &(&str, &str)| {
            let outcome = if *class == "timeout" {
                serde_json::json!({"kind": "fault", "fault": "timeout", "detail": "late"})
            } else {
                serde_json::json!({
                    "kind": "answer", "http_version": "HTTP/1.1", "status": 401, "headers": {},
                    "body": {"kind": "json", "bytes": 2}, "envelope": "v3",
                })
            };
            let observation = serde_json::from_value(serde_json::json!({
                "probe": probe, "wave": 2, "endpoint": "v3.users-me",
                "api_version": "v3", "method": "GET", "path": "/v3/users/me",
                "credential": "none", "variant": "x-api-key",
                "sent_at": "2026-11-27T00:00:00Z",
                "timing_ms": {"start": 0.0, "ttfb": 1.0, "total": 1.0},
                "outcome": outcome, "class": class,
            }));
            (String::new(), observation.unwrap())
        };
        answers.iter().map(one).collect()
    }

    const GOOD: [(&str, &str); 2] = [("a", "unauthenticated"), ("b", "route_not_found")];

    #[test]
    fn a_change_pauses_at_first_and_then_ends() {
        let mut guard = Guard::default();
        assert_eq!(guard.look(&seen(&GOOD), &[]), Look::Good);
        assert_eq!(guard.look(&seen(&[("a", "rate_limited"), GOOD[1]]), &[]), Look::Good);
        let changed = seen(&[("a", "forbidden"), GOOD[1]]);
        let Look::Pause(why) = guard.look(&changed, &[]) else { panic!() };
        assert_eq!(why, "The control `a` got `forbidden`, and `unauthenticated` before");
        assert_eq!(guard.look(&seen(&GOOD), &[]), Look::Good, "it may have been for a moment");
        assert!(matches!(guard.look(&changed, &[]), Look::End(_)));
    }

    #[test]
    fn whoever_is_not_heygen_gets_no_keys() {
        for class in ["ok", "not_heygen", "redirect", "edge_block", "server_error"] {
            let look = Guard::default().look(&seen(&[GOOD[1], ("a", class)]), &[]);
            let Look::Pause(why) = look else { panic!("{class}") };
            assert!(why.starts_with(&format!("The control `a` got `{class}`, which")), "{why}");
        }
    }

    #[test]
    fn silence_is_trouble_and_an_edge_that_blocks_too() {
        let mut guard = Guard::default();
        assert!(matches!(guard.look(&seen(&[("a", "timeout")]), &[]), Look::Pause(_)));
        let mut guard = Guard::default();
        assert_eq!(guard.look(&seen(&GOOD), &[]), Look::Good);
        assert_eq!([guard.blocked(), guard.blocked()], [None, None]);
        assert_eq!(guard.look(&seen(&GOOD), &[]), Look::Good, "two may be a matter of two keys");
        assert_eq!(guard.blocked(), Some(Look::Pause(BLOCKED.to_owned())));
        assert_eq!(guard.look(&seen(&GOOD), &[]), Look::Good);
        assert_eq!([guard.blocked(), guard.blocked()], [None, None]);
        assert_eq!(guard.blocked(), Some(Look::End(BLOCKED.to_owned())));
    }

    #[test]
    fn when_no_key_that_worked_is_accepted_any_more_that_is_trouble() {
        let again = |classes: &[&str]| -> Vec<Observation> {
            let answers: Vec<_> = classes.iter().map(|class| ("real", *class)).collect();
            seen(&answers).into_iter().map(|(_, seen)| seen).collect()
        };
        let controls = seen(&GOOD);
        for good in [&["ok"][..], &["unauthenticated", "ok"], &["rate_limited"], &[]] {
            assert_eq!(Guard::default().look(&controls, &again(good)), Look::Good, "{good:?}");
        }
        let mut guard = Guard::default();
        let Look::Pause(why) = guard.look(&controls, &again(&["timeout", "unauthenticated"]))
        else {
            panic!()
        };
        assert_eq!(why, "A key that worked in this run got `unauthenticated` now");
        assert!(matches!(guard.look(&controls, &again(&["server_error"])), Look::End(_)));
    }
}
