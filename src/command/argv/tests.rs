use proptest::prelude::*;

use super::*;

const USER: &str = "sk_V2_hgu_kSYNTHETIC0_SyntheticKeyForTestsOnly00000000";
const DECODED: &str = "feedface00000000feedfacefeedface-1700000000";
const LEGACY: &str = "ZmVlZGZhY2UwMDAwMDAwMGZlZWRmYWNlZmVlZGZhY2UtMTcwMDAwMDAwMA==";
const JWT: &str = "eyJhbGciOiJub25lIn0.eyJzeW50aGV0aWMiOjF9.SYNTHETIC";

fn refused(arg: &str) -> bool {
    refuse_keys(&["check".into(), arg.into()]).is_err()
}

#[test]
fn keys_are_refused_in_every_guise() {
    let eleven = format!("sk_{}", "feedface".repeat(6));
    for key in [
        USER,
        DECODED,
        LEGACY,
        JWT,
        &eleven,
        "sk_partner_SYNTHETIC0SYNTHETIC0",
        "sk-SYNTHETIC0SYNTHETIC0",
        "ghp_SYNTHETIC0SYNTHETIC0",
    ] {
        for arg in [
            key.to_owned(),
            format!("--key={key}"),
            format!("-k{key}").replace("-ksk_V2", "-k=sk_V2"),
            format!("HEYGEN_API_KEY={key}"),
            format!("https://api.heygen.com/v3/users/me?api_key={key}"),
            format!("https://{key}@proxy.example:3128"),
            format!("Bearer {key}"),
        ] {
            if arg.starts_with("-k") && !arg.starts_with("-k=") {
                continue;
            }
            assert!(refused(&arg), "{arg}");
            assert!(
                !scrub(&format!("error: unexpected argument '{arg}' found")).contains(key),
                "{arg}"
            );
        }
    }
    assert!(refused(&LEGACY.replace('=', "%3D")));
    assert!(refused(&format!("--key={}", &LEGACY[..58])), "as a double click selects it");
    assert!(refused(&format!("x{USER}")));
    assert!(refused(&USER[..30]));
}

#[test]
fn the_refusal_names_the_alternatives_and_not_the_key() {
    let error = refuse_keys(&[USER.into()]).unwrap_err();
    for name in ["HEYGEN_API_KEY", "--key-env NAME", "--key-file PATH", "--key-file -"] {
        assert!(error.hint.contains(name));
    }
    assert!(!format!("{error:?}").contains("SYNTHETIC"));
}

#[test]
fn known_keys_are_refused_whatever_they_look_like() {
    let known = ApiKey::from_bytes(b"SYNTHETIC-opaque-value-0000".to_vec());
    for arg in [
        "SYNTHETIC-opaque-value-0000",
        "--plan=SYNTHETIC-opaque-value-0000",
        "THETIC-opaque-value-0",
    ] {
        assert!(refuse_known(&[arg.into()], &[&known]).is_err(), "{arg}");
    }
    assert!(refuse_known(&["opaque".into()], &[&known]).is_ok());
}

#[test]
fn what_is_no_key_passes() {
    for arg in [
        "check",
        "--key-env",
        "HEYGEN_API_KEY",
        "--key-file",
        "-",
        "/home/someone/keys/heygen-2024.txt",
        "./sk_live/keys",
        "https://api.heygen.com",
        "https://user-service.example.com/v3/api_keys/self?limit=100",
        "key_unrecognized",
        "insufficient_scope",
        "sha256:0123456789ab",
        "v3.users-me/*",
        "v3.*/x-api-key/{real,made-up}",
        "support-ticket",
        "123e4567-e89b-12d3-a456-426614174000",
        "400112",
        "trial_video_limit_exceeded",
        "burst:10,200ms",
        "sk_V2_hgu_",
        "record-2026-10-01T08:00:00Z.json",
        "--require=scope:account:read",
        "someone@example.com",
        "target/debug/heygen-doctor",
        "d41d8cd98f00b204e9800998ecf8427e",
        "your-api-key-here",
        "hf_models_for_everything_2024",
        "task-2024-01-01-first",
    ] {
        assert!(!refused(arg), "{arg}");
        assert_eq!(scrub(arg), arg);
    }
}

proptest! {
    #[test]
    fn scrubbing_never_panics_and_settles(text in ".{0,200}") {
        let once = scrub(&text);
        prop_assert_eq!(scrub(&once), once);
    }

    #[test]
    fn no_user_key_gets_through(key in "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}", before in "[ -~]{0,20}", after in "[^A-Za-z0-9_-]{0,5}") {
        let text = format!("{before}{key}{after}");
        prop_assert!(refused(&text));
        prop_assert!(!scrub(&text).contains(&key[11..]));
    }
}
