//! The scenario files.

use crate::error::Usage;
use crate::text::either;

use super::scenario::Scenario;

/// Name and text of every file under `fixtures/scenarios`, by name; `fixtures/build.rs` lists them.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The most bytes of a name that is compared with the known ones: the time grows with its square.
const MAX_COMPARED: usize = 64;

/// The names of all scenarios, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The scenario of this name, in whatever letter case.
///
/// # Errors
/// When there is none; the hint names those that are spelled alike.
pub fn load(name: &str) -> Result<Scenario, Usage> {
    let Some((_, text)) = FILES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
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
    if name.len() > MAX_COMPARED {
        return Vec::new();
    }
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
    fn a_long_name_is_compared_with_none() {
        let error = load(&"healthy".repeat(100_000)).unwrap_err();
        assert!(error.hint.starts_with("`heygen-doctor simulate --list`"), "{}", error.hint);
    }

    #[test]
    fn the_letter_case_of_a_name_does_not_matter() {
        assert_eq!(load("Healthy").unwrap().name, load("healthy").unwrap().name);
    }

    #[test]
    fn what_may_be_a_key_is_not_repeated() {
        let error = load("sk_V2_hgu_kSYNTHETIC0_SyntheticKeyForTestsOnly00000000").unwrap_err();
        assert_eq!(error.message, "There is no scenario of that name.");
    }
}
