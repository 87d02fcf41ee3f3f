//! The scenario files: none is forgotten, none holds anything that could be a real key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use heygen_doctor::judge::causes::of;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Standing;
use heygen_doctor::simulate::{Scenario, load, names};

fn all() -> impl Iterator<Item = Scenario> {
    names().map(|name| load(name).unwrap())
}

#[test]
fn every_file_is_a_scenario_of_its_own_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenarios");
    let files: BTreeSet<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let table: BTreeSet<_> = names().map(str::to_owned).collect();
    assert_eq!(files, table);
    for name in names() {
        assert_eq!(load(name).unwrap().name, name);
    }
}

#[test]
fn labels_agree_with_the_contract() {
    for Scenario { name, title, story, expect, .. } in all() {
        assert!(title.ends_with('.') && !title.contains('\n'), "{name}: the title is a sentence");
        assert!(story.trim_end().ends_with('.'), "{name}: the story is told in sentences");
        assert_eq!(expect.verdict, of(expect.cause).verdict, "{name}");
        // A key that works in part fails where more was required.
        let required =
            expect.args.iter().any(|arg| ["--strict", "--require"].contains(&arg.as_str()));
        let exit = if required && expect.exit_code == 3 { 3 } else { exit_code(expect.cause) };
        assert_eq!(expect.exit_code, exit, "{name}");
        assert!(!expect.confidence.is_empty(), "{name}");
        if let Some(plain) = &expect.plain {
            assert!(!expect.args.is_empty(), "{name}: the same run has one label");
            assert_eq!(plain.exit_code, exit_code(plain.cause), "{name}");
        }
        assert!(["quick", "adaptive", "full"].contains(&expect.profile.as_str()), "{name}");
        for note in &expect.notes {
            assert!(NOTES.contains(&note.as_str()), "{name}: {note}");
        }
    }
}

#[test]
fn every_cause_has_two_stories_at_least() {
    let causes: Vec<_> = all().map(|scenario| scenario.expect.cause).collect();
    assert!(causes.len() >= 70, "only {} scenarios", causes.len());
    for cause in Cause::ALL {
        let stories = causes.iter().filter(|known| **known == cause).count();
        assert!(stories >= 2, "{cause}: {stories}");
    }
}

#[test]
fn labels_claim_no_more_than_the_evidence_can_bear() {
    for scenario in all() {
        let others = scenario.keyring().others().len();
        let Scenario { name, expect, .. } = scenario;
        let confirmed = expect.confidence.contains(&Standing::Confirmed);
        let bearable = match expect.cause {
            // The same answer as a control: only a key that is accepted can tell more.
            Cause::KeyUnrecognized => others > 0,
            // Losing one spelling and passing the other is an experiment; all else is agreement.
            Cause::HeaderStripped => {
                ["title-case-gateway", "documented-spelling-lost"].contains(&name.as_str())
            }
            Cause::Inconclusive => false,
            _ => true,
        };
        assert!(!confirmed || bearable, "{name}");
        assert!(!expect.confidence.contains(&Standing::RuledOut), "{name}");
        assert!(expect.wrong.is_none_or(|reason| reason.ends_with('.')), "{name}");
    }
}

#[test]
fn stories_are_told_apart_by_their_words() {
    let titles: BTreeSet<_> = all().map(|scenario| scenario.title).collect();
    let keys: Vec<_> =
        all().filter_map(|scenario| scenario.key.filter(|key| key.len() > 20)).collect();
    assert_eq!(titles.len(), names().count());
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
}

/// Written down once more, since it is the contract and not the code that labels agree with.
fn exit_code(cause: Cause) -> u8 {
    match cause {
        Cause::Healthy | Cause::InsufficientScope | Cause::BalanceEmpty => 0,
        Cause::KeyMissing
        | Cause::KeyPlaceholder
        | Cause::KeyMalformed
        | Cause::KeyEncoded
        | Cause::KeyWrongKind
        | Cause::KeyUnrecognized
        | Cause::KeyRevoked
        | Cause::PermissionDenied
        | Cause::ApiAccessNotEnabled
        | Cause::AccountSuspended
        | Cause::CreditExhausted
        | Cause::QuotaExceeded => 3,
        Cause::Timeout => 4,
        _ => 1,
    }
}

const NOTES: &[&str] = &[
    "clock_skew",
    "env_file_bom",
    "env_file_duplicate",
    "env_file_readers",
    "env_shadowed",
    "key_near_name",
    "setting_unusable",
    "key_conflict",
    "key_old",
    "key_blanks",
    "legacy_retired",
    "legacy_deprecated",
    "burst_throttled",
    "low_balance",
    "expires_soon",
    "key_read_only",
    "key_described_as_ended",
    "status_page_incident",
    "base_url_override",
    "proxy_in_use",
    "tls_intercepted",
    "user_agent_blocked",
    "changed_mid_run",
    "keyed_probing_stopped",
    "legacy_refuses",
];

#[test]
fn every_key_is_obviously_synthetic() {
    for scenario in all() {
        let placeholder = scenario.expect.cause == Cause::KeyPlaceholder;
        let keys = scenario.key.iter().chain(scenario.elsewhere.iter().map(|other| &other.key));
        for key in keys.filter(|key| !key.is_empty()) {
            assert!(placeholder || is_synthetic(key, 3), "{}: {key}", scenario.name);
        }
        let file =
            format!("{}/fixtures/scenarios/{}.toml", env!("CARGO_MANIFEST_DIR"), scenario.name);
        let text = fs::read_to_string(file).unwrap();
        let machine: Machine = toml::from_str(&text).unwrap();
        for held in machine.env.values().chain(machine.file.iter().map(|file| &file.text)) {
            assert_eq!(real_looking(held), Vec::<&str>::new(), "{}", scenario.name);
        }
        let words = text.split(|c: char| c.is_whitespace() || c == '"');
        // A packed body is compressed bytes, not a key.
        let packed = |word: &str| text.contains(&format!("base64 = \"{word}\""));
        // The name of a product, `Some-Application-Gateway/v2`.
        let part = |part: &str| part.len() < 4 || part.bytes().all(|b| b.is_ascii_alphabetic());
        let named = |word: &str| word.contains('-') && word.split(['-', '/']).all(part);
        for word in words.filter(|word| !packed(word) && !named(word)) {
            let long = (33..=400).contains(&word.len())
                && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=+/".contains(&b));
            assert!(placeholder || !long || is_synthetic(word, 3), "{}: {word}", scenario.name);
        }
    }
}

/// The part of a scenario that a machine's places are made of.
#[derive(serde::Deserialize)]
struct Machine {
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    file: Vec<Held>,
}

#[derive(serde::Deserialize)]
struct Held {
    #[serde(default)]
    text: String,
}

/// What could be a real key in a variable or a file: longer than a word, and no name of a variable.
fn real_looking(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-+/".contains(c));
    let is_name = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    words.filter(|word| word.len() >= 16 && !is_name(word) && !is_synthetic(word, 3)).collect()
}

#[test]
fn a_key_that_could_be_real_is_seen_in_variables_and_files() {
    let real = ["qzvtkwpnrhgmbdxl", "Zm9vYmFyYmF6cXV4", "1234567890123456"];
    for key in real {
        for text in
            [key.to_owned(), format!("export A='{key}' # b"), format!("{{\"a\":\"{key}\"}}")]
        {
            assert_eq!(real_looking(&text), [key], "{text}");
        }
    }
    let text = "NEXT_PUBLIC_HEYGEN_API_KEY=at_SyntheticAccessTokenInAVariable0000000031";
    assert_eq!(real_looking(text), Vec::<&str>::new());
}

/// It says so itself, in some layer of base64.
fn is_synthetic(key: &str, layers: usize) -> bool {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let base64 = GeneralPurpose::new(&STANDARD, config.with_decode_allow_trailing_bits(true));
    let plain = key.to_ascii_lowercase();
    if plain.contains("synthetic") || plain.contains("feedface") {
        return true;
    }
    layers > 0
        // A key that was pasted twice has its padding in the middle.
        && key.split("==").chain(key.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c))).any(|part| {
            let decoded =
                base64.decode(part).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            decoded.is_some_and(|inner| !inner.is_empty() && is_synthetic(&inner, layers - 1))
        })
}
