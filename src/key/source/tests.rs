use std::fs;

use chrono::{DateTime, Utc};
use tempfile::TempDir;

mod order;

use super::*;
use crate::key::Kind;
use crate::record::facts::FindingId;

const USED: &str = "sk_V2_hgu_kSYNTHETIC0_SyntheticKeyForTestsOnly00000000";
const SECOND: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyThatNobodyKnows00000";
const THIRD: &str = "feedface00000000feedfacefeedface-1700000000";

/// A machine with nothing on it yet.
struct Place {
    dir: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Place {
    fn new() -> Self {
        Self { dir: TempDir::new().unwrap(), variables: Vec::new() }
    }

    fn set(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    fn write(self, name: &str, text: &str) -> Self {
        fs::write(self.dir.path().join(name), text).unwrap();
        self
    }

    fn look(&self, change: impl FnOnce(&mut Search<'_>)) -> Result<Keyring, Usage> {
        let env = |name: &str| {
            self.variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into())
        };
        let mut what = Search {
            key_files: Vec::new(),
            stdin: None,
            key_env: None,
            env: &env,
            names: self.variables.iter().map(|(name, _)| (*name).to_owned()).collect(),
            file: &crate::files::read,
            home: None,
            working_dir: self.dir.path().to_owned(),
            config_dir: self.dir.path().to_owned(),
            time: Duration::from_mins(1),
        };
        change(&mut what);
        let Found { keyring, problem } = search(&what);
        problem.map_or(Ok(keyring), Err)
    }

    fn ring(&self) -> Keyring {
        self.look(|_| {}).unwrap()
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_100_000, 0).unwrap()
}

fn used(ring: &Keyring) -> &[u8] {
    ring.used().unwrap().bytes()
}

#[test]
fn every_source_is_looked_at_and_the_first_is_used() {
    let place = Place::new()
        .set("HEYGEN_API_KEY", USED)
        .write(
            ".env",
            &format!(
                "HEYGEN_API_BASE=https://example.com\nexport HEYGEN_API_KEY='{SECOND}' # mine\n"
            ),
        )
        .write("credentials", &format!("{{\"api_key\": \"{THIRD}\"}}"));
    let ring = place.ring();
    assert_eq!(used(&ring), USED.as_bytes());
    assert_eq!(ring.used_source(), Some("HEYGEN_API_KEY"));
    let others: Vec<_> = ring
        .others()
        .into_iter()
        .map(|(at, source, key)| (at, source, key.bytes().to_vec()))
        .collect();
    assert_eq!(
        others,
        [
            (4, ".env", SECOND.as_bytes().to_vec()),
            (6, "~/.heygen/credentials", THIRD.as_bytes().to_vec())
        ]
    );
    let info = ring.info(now(), false);
    let places = [
        "HEYGEN_API_KEY",
        "HYPERFRAMES_API_KEY",
        "HEYGEN_ACCESS_TOKEN",
        ".env.local",
        ".env",
        "../.env and above",
        "~/.heygen/credentials",
    ];
    assert_eq!(
        info.sources.iter().map(|source| source.source.as_str()).collect::<Vec<_>>(),
        places
    );
    for (at, source) in info.sources.iter().enumerate() {
        assert_eq!(source.fingerprint.is_some(), [0, 4, 6].contains(&at), "{source:?}");
        assert_eq!(
            (source.used, source.nothing.is_some()),
            (at == 0, source.fingerprint.is_none())
        );
    }
    assert_eq!(info.kind, Some(Kind::UserKey));
    for (at, source, key) in ring.others() {
        let listed = &info.sources[at];
        assert_eq!(
            (listed.source.as_str(), listed.fingerprint.as_deref()),
            (source, Some(key.fingerprint().as_str()))
        );
    }
}

#[test]
fn an_empty_variable_is_told_and_passed_over() {
    let place =
        Place::new().set("HEYGEN_API_KEY", " ").write(".env", &format!("HEYGEN_API_KEY={SECOND}"));
    let ring = place.ring();
    assert_eq!(ring.used_source(), Some(".env"));
    assert_eq!(ring.info(now(), false).findings[0].id, FindingId::KeyEmpty);
}

#[test]
fn the_same_key_elsewhere_is_no_other() {
    let place = Place::new()
        .set("HEYGEN_API_KEY", USED)
        .write(".env", &format!("HEYGEN_API_KEY={USED}"))
        .write("credentials", USED);
    assert!(place.ring().others().is_empty());
    assert_eq!(place.ring().all().len(), 3);
}

#[test]
fn another_variable_and_files_come_first() {
    let place = Place::new()
        .set("HEYGEN_API_KEY", USED)
        .set("MINE", SECOND)
        .write("key.txt", &format!("{THIRD}\r\n"));
    let ring = place.look(|search| search.key_env = Some("MINE".to_owned())).unwrap();
    assert_eq!(used(&ring), SECOND.as_bytes());
    let path = place.dir.path().join("key.txt");
    let ring = place.look(|search| search.key_files = vec![path]).unwrap();
    assert_eq!(used(&ring), THIRD.as_bytes());
    let ring =
        place.look(|search| search.stdin = Some(format!("{SECOND}\n\n").into_bytes())).unwrap();
    assert_eq!(used(&ring), format!("{SECOND}\n").as_bytes());
    assert_eq!(ring.used_source(), Some("standard input"));
}

#[test]
fn a_file_that_was_named_must_be_readable() {
    let place =
        Place::new().set("HEYGEN_API_KEY", USED).write("large", &"x".repeat(MOST_BYTES + 1));
    for name in ["large", "absent", "."] {
        let path = place.dir.path().join(name);
        let error = place.look(|search| search.key_files = vec![path]).unwrap_err();
        assert!(error.message.starts_with("The key file"), "{error:?}");
    }
}

#[test]
fn what_is_larger_than_any_key_is_none() {
    let large = "x".repeat(MOST_BYTES + 1);
    let error = Place::new().set("HEYGEN_API_KEY", &large).look(|_| {}).unwrap_err();
    assert_eq!(error.message, "HEYGEN_API_KEY is larger than 4 KiB, which no key is.");
}

#[test]
fn an_empty_file_or_input_is_a_finding_and_the_search_goes_on() {
    let place = Place::new().set("HEYGEN_API_KEY", USED).write("empty", "\n");
    let path = place.dir.path().join("empty");
    let file = place.look(|search| search.key_files = vec![path]).unwrap();
    let input = place.look(|search| search.stdin = Some(Vec::new())).unwrap();
    for ring in [file, input] {
        assert_eq!(ring.used_source(), Some("HEYGEN_API_KEY"));
        assert!(
            ring.info(now(), false)
                .findings
                .iter()
                .any(|finding| finding.id == FindingId::KeyEmpty)
        );
    }
}

#[test]
fn a_login_is_used_as_bearer_and_its_refresh_token_hidden() {
    let oauth = r#"{"oauth":{"access_token":"at_SYNTHETIC0SYNTHETIC0","refresh_token":"rt_SYNTHETIC1SYNTHETIC1","expires_at":"2023-11-01T00:00:00Z"},"user":{}}"#;
    let ring = Place::new().write("credentials", oauth).ring();
    assert!(ring.used_is_oauth());
    assert_eq!(ring.extra_secrets(), ["rt_SYNTHETIC1SYNTHETIC1"]);
    let info = ring.info(now(), false);
    assert_eq!(info.kind, Some(Kind::OauthToken));
    assert_eq!(info.expires_at, "2023-11-01T00:00:00Z".parse().ok());
    assert!(info.findings.is_empty(), "{:?}", info.findings);
    let debug = format!("{ring:?}");
    assert!(!debug.contains("SYNTHETIC"), "{debug}");
}

#[test]
fn a_key_comes_before_a_login() {
    let both =
        format!(r#"{{"api_key":"{USED}","oauth":{{"access_token":"at_SYNTHETIC0SYNTHETIC0"}}}}"#);
    let ring = Place::new().write("credentials", &both).ring();
    assert!(!ring.used_is_oauth());
    assert_eq!(ring.extra_secrets(), ["at_SYNTHETIC0SYNTHETIC0"]);
}

#[test]
fn malformed_credentials_are_told() {
    for text in ["", "{\"api_key\": ", "{}", "{\"api_key\": 1}", "one\ntwo"] {
        let ring = Place::new().write("credentials", text).ring();
        assert!(ring.used().is_none());
        let info = ring.info(now(), false);
        assert_eq!(info.findings[0].id, FindingId::CredentialsMalformed, "{text}");
        assert!(info.sources[6].problem.is_some());
    }
    let cut = format!("{{\"api_key\": \"{USED}");
    assert_eq!(Place::new().write("credentials", &cut).ring().extra_secrets(), [USED]);
}

#[test]
fn a_line_of_dotenv_that_is_not_understood_is_told() {
    let ring = Place::new().write(".env", "HEYGEN API KEY\n").ring();
    assert_eq!(ring.info(now(), false).findings[0].id, FindingId::CredentialsMalformed);
    let ring = Place::new().write(".env", &format!("A LINE\nHEYGEN_API_KEY={USED}\n")).ring();
    assert_eq!(used(&ring), USED.as_bytes());
}

#[test]
fn whatever_is_withheld_may_be_sent_anyway_save_nothing() {
    let vendor = Place::new().set("HEYGEN_API_KEY", "sk-SYNTHETIC0SYNTHETIC0").ring();
    assert!(vendor.info(now(), false).withheld.is_some());
    assert!(vendor.info(now(), true).withheld.is_none());
    let placeholder = Place::new().set("HEYGEN_API_KEY", "your-api-key-here").ring();
    assert!(placeholder.info(now(), false).withheld.is_some());
    let info = placeholder.info(now(), true);
    assert!(info.withheld.is_none() && info.fingerprint.is_none());
    let empty = Place::new().set("HEYGEN_API_KEY", "").ring();
    assert!(empty.info(now(), true).length.is_none());
}

#[test]
fn scenarios_bring_their_own_keys() {
    let given = |source: &str, key: &str| Given {
        source: source.to_owned(),
        key: ApiKey::from_bytes(key.into()),
        oauth: false,
    };
    let ring = Keyring::of(vec![given("HEYGEN_API_KEY", USED), given(".env", SECOND)]);
    assert_eq!((used(&ring), ring.others().len()), (USED.as_bytes(), 1));
    assert!(Keyring::empty().info(now(), false).length.is_none());
}

#[test]
fn a_dotenv_that_refers_to_itself_over_and_over_stays_small() {
    let doubled = |number| format!("A{}=${{A{number}}}${{A{number}}}\n", number + 1);
    let doubling: String = (0..60).map(doubled).collect();
    let text = format!("A0=xxxxxxxxxxxxxxxx\n{doubling}B={USED}\nHEYGEN_API_KEY=${{B}}\n");
    let ring = Place::new().write(".env", &text).ring();
    assert_eq!(used(&ring), USED.as_bytes());
}
