use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::record::facts::Severity;

mod echo;
mod properties;
mod values;

const USER: &str = "sk_V2_hgu_kSYNTHETIC0_SyntheticKeyForTestsOnly00000000";
const OTHER: &str = "sk_V2_hgu_kSYNTHETIC1_SyntheticKeyThatNobodyKnows00000";
const DECODED: &str = "feedface00000000feedfacefeedface-1700000000";
const LEGACY: &str = "ZmVlZGZhY2UwMDAwMDAwMGZlZWRmYWNlZmVlZGZhY2UtMTcwMDAwMDAwMA==";

fn key(text: &str) -> ApiKey {
    ApiKey::from_bytes(text.as_bytes().to_vec())
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn ids(text: &str) -> Vec<&'static str> {
    ids_of(&key(text))
}

fn repaired(text: &str) -> String {
    let key = key(text).repaired().unwrap_or_else(|| panic!("{text:?} was not repaired"));
    String::from_utf8(key.bytes().to_vec()).unwrap()
}

#[test]
fn tells_every_kind() {
    let eleven = format!("sk_{}", "feedface".repeat(6));
    for (text, kind) in [
        (USER, "user_key"),
        ("sk_V2_hgu_kSYNTHETIC0", "user_key"),
        ("sk_V2_abc_SYNTHETIC0SYNTHETIC0", "partner_key"),
        ("sk_partner_SYNTHETIC0SYNTHETIC0", "partner_key"),
        (LEGACY, "legacy_key"),
        (DECODED, "decoded_legacy_key"),
        ("hg_SYNTHETIC0", "hg_key"),
        ("at_SYNTHETIC0SYNTHETIC0", "access_token"),
        ("eyJhbGciOiJub25lIn0.eyJzeW50aGV0aWMiOjF9.SYNTHETIC", "jwt"),
        ("eyJzZXNzaW9uX3Rva2VuIjoiU1lOVEhFVElDIn0=", "session_cookie"),
        (eleven.as_str(), "eleven_labs"),
        ("sk-SYNTHETIC0SYNTHETIC0", "open_ai"),
        ("sk-ant-SYNTHETIC0SYNTHETIC0", "anthropic"),
        ("c29tZW9uZUBleGFtcGxlLmNvbTpTWU5USEVUSUMwMDAw", "did_basic"),
        ("sk_live_SYNTHETIC0SYNTHETIC0", "stripe"),
        ("ghp_SYNTHETIC0SYNTHETIC0", "github"),
        ("r8_SYNTHETIC0SYNTHETIC0", "replicate"),
        ("hf_SYNTHETIC0SYNTHETIC0", "hugging_face"),
        ("AKIASYNTHETIC0SYNTH0", "aws"),
        ("xoxb-SYNTHETIC0SYNTHETIC0", "slack"),
        ("", "empty"),
        (" \n", "empty"),
        ("sk_invalid_key_000", "partner_key"),
        ("SYNTHETIC0SYNTHETIC1", "unknown"),
    ] {
        assert_eq!(key(text).kind().to_string(), kind, "{text}");
    }
}

#[test]
fn tells_placeholders_from_keys() {
    for text in [
        "your-api-key-here",
        "<your-api-key>",
        "YOUR_API_KEY",
        "$HEYGEN_API_KEY",
        "${HEYGEN_API_KEY}",
        "undefined",
        "null",
        "None",
        "changeme",
        "xxxx",
        "abcd",
        "sk_V2_hgu_kxxxxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "{{ heygen_key }}",
        "\"your-key-here\"",
        "HEYGEN_API_KEY=your-api-key",
        "sk_V2_hgu_k••••••••",
        "%HEYGEN_API_KEY%",
        "process.env.HEYGEN_API_KEY",
        "Bearer <token>",
    ] {
        let key = key(text);
        assert_eq!(key.kind(), Kind::Placeholder, "{text}");
        assert_eq!(ids(text), ["key_placeholder"], "{text}");
        assert_eq!(key.withheld(), Some(Withheld::Placeholder));
        assert!(!key.is_secret());
    }
    for text in [USER, OTHER, LEGACY, DECODED] {
        assert!(key(text).is_secret() && key(text).withheld().is_none(), "{text}");
    }
}

#[test]
fn takes_every_wrapper_off() {
    for (given, id) in [
        (format!(" {USER}"), "key_blanks"),
        (format!("{USER}\u{a0}"), "key_blanks"),
        (format!("{}  {}", &USER[..20], &USER[20..]), "key_blanks"),
        (format!("{USER}\n"), "key_line_break"),
        (format!("{}\r\n{}", &USER[..20], &USER[20..]), "key_line_break"),
        (format!("{USER}\\n"), "key_line_break"),
        (format!("'{USER}'"), "key_quotes"),
        (format!("\u{201c}{USER}\u{201d}"), "key_quotes"),
        (format!("\"{USER}\","), "key_quotes"),
        (format!("\\\"{USER}\\\""), "key_quotes"),
        (format!("<{USER}>"), "key_quotes"),
        (format!("Bearer {USER}"), "key_prefix_pasted"),
        (format!("x-api-key: {USER}"), "key_prefix_pasted"),
        (format!("Authorization: Bearer {USER}"), "key_prefix_pasted"),
        (format!("HEYGEN_API_KEY={USER}"), "key_prefix_pasted"),
        (format!("export HEYGEN_API_KEY=\"{USER}\""), "key_prefix_pasted"),
        (format!("$env:HEYGEN_API_KEY = '{USER}'"), "key_prefix_pasted"),
        (format!("{{\"api_key\": \"{USER}\"}}"), "key_prefix_pasted"),
        (format!("-H 'X-Api-Key: {USER}'"), "key_prefix_pasted"),
        (format!("\u{feff}{USER}"), "key_bom"),
        (format!("{}\u{200b}{}", &USER[..20], &USER[20..]), "key_invisible"),
        (format!("{USER}\n{OTHER}"), "key_two_keys"),
        (format!("{USER},{OTHER}"), "key_two_keys"),
        (format!("{USER}{OTHER}"), "key_two_keys"),
        (format!("{USER}{USER}"), "key_doubled"),
        (format!("{USER} {USER}"), "key_doubled"),
    ] {
        assert_eq!(repaired(&given), USER, "{given:?}");
        assert!(ids(&given).contains(&id), "{given:?}: {:?}", ids(&given));
        assert_eq!(key(&given).fingerprint(), key(USER).fingerprint());
        let made_up = key(&given).made_up();
        assert_eq!(made_up.len(), given.len());
        assert!(ids_of(&made_up).contains(&id), "{given:?}: {:?}", ids_of(&made_up));
    }
    assert!(key(USER).repaired().is_none());
    assert_eq!(repaired(&LEGACY[..58]), LEGACY);
    assert_eq!(repaired(&DECODED.replace('-', "–")), DECODED);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(USER.bytes().flat_map(|byte| [byte, 0])).collect();
    assert_eq!(ApiKey::from_bytes(utf16).repaired().unwrap().bytes(), USER.as_bytes());
}

fn ids_of(key: &ApiKey) -> Vec<&'static str> {
    key.findings(now()).into_iter().map(|finding| finding.id.as_str()).collect()
}

#[test]
fn finds_what_the_look_tells() {
    let twice = String::from_utf8(key(LEGACY).base64_encoded().bytes().to_vec()).unwrap();
    for (text, expected) in [
        (USER, vec![]),
        (LEGACY, vec!["key_old"]),
        (DECODED, vec!["key_decoded", "key_old"]),
        (&twice, vec!["key_double_encoded"]),
        (&USER[..40], vec!["key_truncated"]),
        (&LEGACY[..48], vec!["key_truncated"]),
        (&DECODED[..40], vec!["key_truncated"]),
        ("sk-SYNTHETIC0SYNTHETIC0", vec!["key_other_vendor"]),
        ("at_SYNTHETIC0SYNTHETIC0", vec!["key_oauth_or_session"]),
        ("SYNTHETIC0SYNTHETIC1", vec!["key_unknown_shape"]),
        ("SYNTHETIC0SYNTHETÎC1", vec!["key_non_ascii", "key_unknown_shape"]),
        ("", vec!["key_empty"]),
        (" ", vec!["key_empty"]),
    ] {
        assert_eq!(ids(text), expected, "{text}");
    }
    let broken = key("SYNTHETIC0\nSYNTHETIC0").findings(now());
    assert_eq!(broken[0].severity, Severity::Error);
}

#[test]
fn describes_shapes() {
    assert_eq!(
        key(USER).shape(),
        "\"sk_V2_hgu_k\", 10 letters and digits, \"_\", 32 letters and digits"
    );
    assert_eq!(key(DECODED).shape(), "32 hex digits, \"-\", 10 digits");
    assert_eq!(key(LEGACY).shape(), "58 base64 characters, \"==\"");
    assert_eq!(key("hello").shape(), "5 letters");
}

#[test]
fn reads_the_time_of_older_keys() {
    let at = DateTime::from_timestamp(1_700_000_000 - 1_700_000_000 % 3600, 0);
    assert_eq!(key(DECODED).created_at(), at);
    assert_eq!(key(LEGACY).created_at(), at);
    assert_eq!(key(USER).created_at(), None);
    assert_eq!(key(&DECODED.replace("1700000000", "9999999999")).created_at(), None);
}

#[test]
fn makes_up_older_keys_that_decode() {
    let legacy = key(LEGACY).made_up();
    assert_eq!(legacy.kind(), Kind::LegacyKey);
    assert!(legacy.created_at().is_some() && key(DECODED).made_up().created_at().is_some());
    assert_eq!(key(LEGACY).base64_decoded().unwrap().bytes(), DECODED.as_bytes());
    assert_eq!(key(DECODED).base64_encoded().bytes(), LEGACY.as_bytes());
    assert!(key(USER).base64_decoded().is_none());
}
