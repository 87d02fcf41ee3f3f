//! The order of places, and env files as programs read them.

use std::fs;

use super::*;

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
fn a_line_in_which_the_key_stands_for_a_name_does_not_show_it() {
    let encoded = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTc1OTU2ODQwMA==";
    for key in [USED, THIRD, encoded] {
        for name in ["HEYGEN_API_KEY", "HEYGEN_KEY", "VITE_HEYGEN_API_KEY", "heygen api key"] {
            for between in [": ", " ", "", ":", " => ", "_", "=", "= '"] {
                for end in ["", "=", "=x", " = x"] {
                    let line = format!("{name}{between}{key}{end}\n");
                    let ring = Place::new().write(".env", &line).ring();
                    let shown = format!(
                        "{}{}",
                        serde_json::to_string(&ring.info(now(), false)).unwrap(),
                        serde_json::to_string(&ring.tools(now())).unwrap()
                    );
                    let mut parts = key.as_bytes()[11..].windows(12);
                    let part =
                        parts.find(|part| shown.contains(std::str::from_utf8(part).unwrap()));
                    assert_eq!(part, None, "{line}: {shown}");
                }
            }
        }
    }
}

/// Short enough to pass for a part of a name.
#[test]
fn a_short_key_behind_a_name_does_not_show_either() {
    let key = "qzvtkwpnrhgmbdxlqz";
    for name in ["HEYGEN_KEY", "MY_HEYGEN_TOKEN"] {
        for between in [": ", " ", ":", " => ", " '", "\t"] {
            for end in ["", "=", "=x", " = x"] {
                let line = format!("{name}{between}{key}{end}\n");
                let ring = Place::new().write(".env", &line).ring();
                let info = serde_json::to_string(&ring.info(now(), false)).unwrap();
                let tools = serde_json::to_string(&ring.tools(now())).unwrap();
                assert!(!info.contains(key) && !tools.contains(key), "{line}: {info} {tools}");
            }
        }
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
    let info = crate::key::source::search(&search).keyring.info(now(), false);
    assert_eq!(info.findings[0].message, "`.env` may not be read by this user.");
}

#[test]
fn lines_that_are_not_understood_are_named_and_an_absent_line_has_its_folder() {
    let place = Place::new().write(".env", "A=1\nHEYGEN API KEY\nB: 2\n");
    let info = place.ring().info(now(), false);
    assert_eq!(
        info.findings[0].message,
        "`.env` has no line for HEYGEN_API_KEY, and can't be understood in lines 2 and 3."
    );
    let place = Place::new().write(".env", "A=1\n");
    let nothing = |at: usize| place.ring().info(now(), false).sources[at].nothing.clone().unwrap();
    let folder = place.dir.path().display().to_string();
    assert_eq!(nothing(4), format!("It has no line for HEYGEN_API_KEY ({folder})."));
    assert_eq!(nothing(3), format!("There is no such file in {folder}."));
}
