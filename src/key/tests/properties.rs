//! Properties that hold for every value.

use super::*;

/// Values as they come: whole keys, tokens, and anything at all.
fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}",
        "[0-9a-f]{32}-1[67][0-9]{8}",
        "[0-9a-f]{32}-1[67][0-9]{8}"
            .prop_map(|text| String::from_utf8(base64::encode(text.as_bytes())).unwrap()),
        "sk_[a-z]{3,8}_[A-Za-z0-9]{20,40}",
        "[A-Za-z0-9_.-]{16,64}",
    ]
}

fn wrapped(value: &str) -> impl Strategy<Value = String> + use<> {
    const FRONTS: &[&str] = &[
        "",
        " ",
        "\u{feff}",
        "'",
        "\"",
        "Bearer ",
        "X-Api-Key: ",
        "HEYGEN_API_KEY=",
        "export HEYGEN_API_KEY='",
        "\t\" ",
    ];
    const BACKS: &[&str] = &["", " ", "\n", "'", "\"", "\r\n", "\" ", "\u{200b}"];
    let value = value.to_owned();
    (prop::sample::select(FRONTS), prop::sample::select(BACKS))
        .prop_map(move |(front, back)| format!("{front}{value}{back}"))
}

fn shares(text: &str, core: &[u8]) -> bool {
    core.windows(12).any(|window| text.as_bytes().windows(12).any(|other| other == window))
}

proptest! {
    #[test]
    fn a_made_up_key_looks_the_same_and_never_is(text in values().prop_flat_map(|value| wrapped(&value))) {
        let real = key(&text);
        let made_up = real.made_up();
        prop_assert_ne!(made_up.core(), real.core());
        prop_assert!(!shares(&String::from_utf8_lossy(made_up.bytes()), real.core()));
        if real.kind() != Kind::Placeholder {
            prop_assert_eq!(made_up.kind(), real.kind());
            prop_assert_eq!(made_up.len(), real.len());
            prop_assert_eq!(made_up.shape(), real.shape());
        }
    }

    #[test]
    fn the_fingerprint_is_that_of_the_core((bare, text) in values().prop_flat_map(|value| (Just(value.clone()), wrapped(&value)))) {
        prop_assert_eq!(key(&bare).fingerprint(), key(&text).fingerprint());
    }

    #[test]
    fn what_is_repaired_needs_no_repair(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Some(repaired) = ApiKey::from_bytes(bytes).repaired() {
            prop_assert!(repaired.repaired().is_none());
        }
    }

    #[test]
    fn nothing_that_is_shown_tells_of_the_core(text in values().prop_flat_map(|value| wrapped(&value))) {
        let key = key(&text);
        let mut shown = format!("{key:?} {} {} {}", key.shape(), key.kind(), key.fingerprint());
        for finding in key.findings(now()) {
            shown.push_str(&finding.message);
        }
        prop_assert!(!shares(&shown, key.core()), "{}", shown);
    }

    #[test]
    fn a_header_carries_the_value_as_it_is(text in "[ -~]{0,60}") {
        let value = key(&text).header_value("Bearer").unwrap();
        prop_assert!(value.is_sensitive());
        let sent = format!("Bearer {text}");
        prop_assert_eq!(value.as_bytes(), sent.as_bytes());
        let given = key(&text);
        let bare = given.header_value("").unwrap();
        prop_assert_eq!(bare.as_bytes(), given.bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,200}") {
        let key = ApiKey::from_bytes(bytes);
        let _ = (key.kind(), key.shape(), key.findings(now()), key.made_up(), key.repaired(), key.created_at());
        let _ = (key.base64_encoded(), key.base64_decoded(), key.header_value(""), key.needs_http1());
        let _ = (key.mask_echo(&text), key.fingerprint(), key.withheld(), key.is_secret());
    }

    #[test]
    fn signs_in_any_order_are_taken_off(parts in prop::collection::vec(prop::sample::select(&[
        "\u{feff}", "\u{200b}", " ", "\n", "\"", "Bearer ", "HEYGEN_API_KEY=", USER, LEGACY, DECODED, ",", "–", "\\n", "<", ">", "x", "\0",
    ][..]), 0..8)) {
        let key = key(&parts.concat());
        if let Some(repaired) = key.repaired() {
            prop_assert!(repaired.repaired().is_none());
        }
        let _ = (key.made_up(), key.findings(now()));
    }
}
