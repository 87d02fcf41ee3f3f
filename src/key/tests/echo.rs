//! A server that echoes a value.

use super::*;

#[test]
fn the_whole_and_its_ends_are_masked() {
    for (text, masked) in [
        (format!("Invalid key '{USER}'."), "Invalid key '[key]'."),
        (format!("Invalid key {}", USER.to_uppercase()), "Invalid key [key]"),
        (format!("Invalid key {}", USER.to_lowercase()), "Invalid key [key]"),
        (
            format!("Got {}", String::from_utf8_lossy(key(USER).base64_encoded().bytes())),
            "Got [key]",
        ),
        (format!("Key {}… is unknown", &USER[..20]), "Key [key]… is unknown"),
        (format!("Key ****{}", &USER[50..]), "Key ****[key]"),
        (format!("Key ...{}", &USER[50..]), "Key ...[key]"),
    ] {
        assert_eq!(key(USER).mask_echo(&text), masked);
    }
}

#[test]
fn ordinary_words_stay() {
    let text = "HEYGEN says: unauthorized (400112), see sk_V2_hgu_ keys, 1700 requests, code 0000, internal_error";
    for value in
        ["HEYGENunauthorized400112internal", USER, DECODED, "unauthorized-1700-0000-HEYGEN"]
    {
        let masked = key(value).mask_echo(text);
        for word in ["HEYGEN says", "(400112)", "sk_V2_hgu_ keys", "1700 requests", "code 0000"] {
            assert!(masked.contains(word), "{value}: {masked}");
        }
    }
}

#[test]
fn masking_stays_fast_on_what_repeats() {
    let value = "ab".repeat(32 * 1024);
    let masked = key(&value).mask_echo(&"ab".repeat(32 * 1024));
    assert!(masked.len() < 32 * 1024);
}

fn told(key: &ApiKey, form: usize) -> String {
    let text = String::from_utf8(key.whole().to_vec()).unwrap();
    let echo = match form {
        0 => text,
        1 => text[..8].to_owned() + "…",
        2 => "****".to_owned() + &text[text.len() - 4..],
        3 => text.to_uppercase(),
        4 => text.to_lowercase(),
        5 => String::from_utf8(key.base64_encoded().bytes().to_vec()).unwrap(),
        6 => text[..20].to_owned(),
        _ => "...".to_owned() + &text[text.len() - 12..],
    };
    format!("The API key '{echo}' is unknown to HeyGen, request 4001-abc")
}

proptest! {
    #[test]
    fn answers_to_two_keys_are_alike(value in "(sk_V2_hgu_k[A-Za-z0-9]{10}_|[0-9a-f]{2})[A-Za-z0-9]{32}", form in 0_usize..8) {
        let (real, made_up) = (key(&value), key(&value).made_up());
        prop_assert_eq!(real.mask_echo(&told(&real, form)), made_up.mask_echo(&told(&made_up, form)));
    }
}
