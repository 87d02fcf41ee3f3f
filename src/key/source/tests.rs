use std::fs;

use chrono::{DateTime, Utc};
use tempfile::TempDir;

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
        ".env in the folders above",
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

/// Which place is used, and the findings.
fn seen(place: &Place) -> (Option<String>, Vec<FindingId>) {
    let ring = place.ring();
    let info = ring.info(now(), false);
    let findings = info.findings.iter().map(|finding| finding.id).collect();
    (ring.used_source().map(str::to_owned), findings)
}

#[test]
fn the_order_is_that_of_the_contract() {
    let line = format!("HEYGEN_API_KEY={SECOND}\n");
    let file = format!("{{\"api_key\": \"{THIRD}\"}}");
    let mut place = Place::new().write("credentials", &file);
    assert_eq!(seen(&place).0.unwrap(), "~/.heygen/credentials");
    place = place.write(".env", &line);
    assert_eq!(seen(&place).0.unwrap(), ".env");
    place = place.write(".env.local", &line);
    assert_eq!(seen(&place).0.unwrap(), ".env.local");
    place = place.set("HEYGEN_ACCESS_TOKEN", "at_SYNTHETIC0SYNTHETIC0");
    assert_eq!(seen(&place).0.unwrap(), "HEYGEN_ACCESS_TOKEN");
    assert!(place.ring().used_is_oauth());
    place = place.set("HYPERFRAMES_API_KEY", SECOND);
    assert_eq!(seen(&place).0.unwrap(), "HYPERFRAMES_API_KEY");
    assert!(!place.ring().used_is_oauth());
    place = place.set("HEYGEN_API_KEY", USED);
    assert_eq!(seen(&place), (Some("HEYGEN_API_KEY".to_owned()), Vec::new()));
}

#[test]
fn the_env_of_four_folders_above_is_looked_at() {
    let place = Place::new().write(".env", &format!("HEYGEN_API_KEY={SECOND}\n"));
    for (deep, found) in [("a", "../.env"), ("a/b/c/d", "../../../../.env")] {
        let folder = place.dir.path().join(deep);
        fs::create_dir_all(&folder).unwrap();
        let ring = place.look(|search| search.working_dir = folder).unwrap();
        assert_eq!(ring.used_source(), Some(found));
    }
    let folder = place.dir.path().join("a/b/c/d/e");
    fs::create_dir_all(&folder).unwrap();
    assert!(place.look(|search| search.working_dir = folder).unwrap().used().is_none());
}

#[test]
fn the_last_assignment_counts_and_two_are_told() {
    let text = format!("HEYGEN_API_KEY={SECOND}\nHEYGEN_API_KEY={USED}\n");
    let place = Place::new().write(".env", &text);
    let ring = place.ring();
    assert_eq!(used(&ring), USED.as_bytes());
    assert_eq!(seen(&place).1, [FindingId::EnvFileDuplicate]);
    assert_eq!(ring.extra_secrets(), [SECOND], "the other one is a secret as well");
}

#[test]
fn a_mark_before_the_name_hides_the_key_and_is_told() {
    let place = Place::new().write(".env", &format!("\u{feff}HEYGEN_API_KEY={USED}\n"));
    assert_eq!(seen(&place), (None, vec![FindingId::EnvFileBom]));
    assert_eq!(place.ring().extra_secrets(), [USED]);
    let place = Place::new().write(".env", &format!("\u{feff}A=1\nHEYGEN_API_KEY={USED}\n"));
    assert_eq!(seen(&place), (Some(".env".to_owned()), Vec::new()));
}

#[test]
fn another_encoding_is_named() {
    let place = Place::new();
    let text = format!("HEYGEN_API_KEY={USED}\r\n");
    let plain: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [vec![0xff, 0xfe], plain.clone()].concat();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [plain, marked, [vec![0xfe, 0xff], big].concat()] {
        fs::write(place.dir.path().join(".env"), bytes).unwrap();
        let info = place.ring().info(now(), false);
        assert_eq!(info.findings[0].id, FindingId::CredentialsMalformed);
        assert!(info.findings[0].message.contains("UTF-16"), "{:?}", info.findings);
        assert_eq!(place.ring().extra_secrets(), [USED]);
    }
}

#[test]
fn readers_that_differ_and_a_variable_that_hides_the_file_are_told() {
    let place = Place::new().write(".env", &format!("HEYGEN_API_KEY={USED}\r\n"));
    assert_eq!(seen(&place), (Some(".env".to_owned()), vec![FindingId::EnvFileReaders]));
    let place =
        Place::new().set("HEYGEN_API_KEY", "").write(".env", &format!("HEYGEN_API_KEY={USED}\n"));
    let findings = vec![FindingId::KeyEmpty, FindingId::EnvShadowed];
    assert_eq!(seen(&place), (Some(".env".to_owned()), findings));
}

#[test]
fn a_near_name_is_named_and_its_value_neither_used_nor_sent() {
    for name in
        ["HEYGEN_KEY", "VITE_HEYGEN_API_KEY", "HEYGEN_APIKEY", "heygen_api_key", "HEYGEN_API_KYE"]
    {
        let place = Place::new().set(name, USED);
        let ring = place.ring();
        assert!(ring.used().is_none() && ring.others().is_empty(), "{name}");
        let info = ring.info(now(), false);
        assert_eq!(info.findings[0].id, FindingId::KeyNearName, "{name}");
        assert!(info.findings[0].message.starts_with(name));
        assert_eq!(ring.secrets().len(), 1, "{name}");
        let place = Place::new().write(".env", &format!("{name}={USED}\n"));
        assert_eq!(seen(&place), (None, vec![FindingId::KeyNearName]), "{name}");
        assert_eq!(place.ring().secrets().len(), 1);
    }
    for name in ["OPENAI_API_KEY", "HEYGEN_API_BASE", "HEYGEN_AVATAR_ID", "LIVEAVATAR_API_KEY"] {
        assert_eq!(seen(&Place::new().set(name, USED)), (None, Vec::new()), "{name}");
    }
}

#[test]
fn a_key_file_that_is_an_env_file_is_read_as_one() {
    for name in [".env.local", "prod.env", "settings"] {
        let text = format!("# mine\nOTHER=1\nexport HEYGEN_API_KEY='{USED}'\n");
        let place = Place::new().write(name, &text);
        let path = place.dir.path().join(name);
        let ring = place.look(|search| search.key_files = vec![path]).unwrap();
        assert_eq!(used(&ring), USED.as_bytes(), "{name}");
    }
    let place = Place::new().write("key", &format!("HEYGEN_API_KEY={USED}\n"));
    let path = place.dir.path().join("key");
    let ring = place.look(|search| search.key_files = vec![path]).unwrap();
    assert_ne!(used(&ring), USED.as_bytes(), "a key file's line is sent as it is");
}

#[cfg(unix)]
#[test]
fn folders_and_files_that_cannot_be_read_are_findings() {
    for name in [".env", ".env.local", "credentials"] {
        let place = Place::new();
        fs::create_dir(place.dir.path().join(name)).unwrap();
        let info = place.ring().info(now(), false);
        assert_eq!(info.findings[0].id, FindingId::CredentialsMalformed, "{name}");
        assert!(info.findings[0].message.ends_with("is a folder."), "{:?}", info.findings);
    }
    let denied = |path: &Path, most: usize, time: Duration| {
        if path.ends_with(".env") {
            Err(ErrorKind::PermissionDenied.into())
        } else {
            crate::files::read(path, most, time)
        }
    };
    let env = |_: &str| None;
    let place = Place::new();
    let search = Search {
        key_files: Vec::new(),
        stdin: None,
        key_env: None,
        env: &env,
        names: Vec::new(),
        file: &denied,
        working_dir: place.dir.path().to_owned(),
        home: None,
        config_dir: place.dir.path().to_owned(),
        time: Duration::from_mins(1),
    };
    let info = super::search(&search).keyring.info(now(), false);
    assert_eq!(info.findings[0].message, ".env may not be read by this user.");
}

#[test]
fn lines_that_are_not_understood_are_named_and_an_absent_line_has_its_folder() {
    let place = Place::new().write(".env", "A=1\nHEYGEN API KEY\nB: 2\n");
    let info = place.ring().info(now(), false);
    assert_eq!(
        info.findings[0].message,
        ".env has no line for HEYGEN_API_KEY, and can't be understood in lines 2 and 3."
    );
    let place = Place::new().write(".env", "A=1\n");
    let nothing = |at: usize| place.ring().info(now(), false).sources[at].nothing.clone().unwrap();
    let folder = place.dir.path().display().to_string();
    assert_eq!(nothing(4), format!("It has no line for HEYGEN_API_KEY ({folder})."));
    assert_eq!(nothing(3), format!("There is no such file in {folder}."));
}
