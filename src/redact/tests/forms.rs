use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

use super::{K1, K3, K4, K5, key, redacted, redactor};
use crate::redact::{Ledger, Other, Redactor, hit};

fn every(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

fn html(text: &str) -> String {
    every(text, |byte| if byte == b'_' { "&lowbar;".to_owned() } else { format!("&#{byte};") })
}

/// One text for each form of K1.
fn forms() -> Vec<(&'static str, String)> {
    let hex = |text: &str| every(text, |byte| format!("{byte:02x}"));
    vec![
        ("plain", K1.to_owned()),
        ("window", K1[20..32].to_owned()),
        ("base64", BASE64_STANDARD.encode(K1)),
        ("base64", BASE64_STANDARD.encode(format!("m:{K1}"))),
        ("base64", BASE64_URL_SAFE_NO_PAD.encode(format!("x{K1}"))),
        ("hex", hex(K1)),
        ("hex", hex(K1).to_uppercase()),
        ("percent", K1.replace('_', "%5F")),
        ("percent", every(K1, |byte| format!("%{byte:02X}"))),
        ("percent", every(K1, |byte| format!("%25{byte:02x}"))),
        ("json_escape", every(K1, |byte| format!("\\u{byte:04x}"))),
        ("html_entity", html(K1)),
        ("reversed", K1.chars().rev().collect()),
        ("case", K1.to_uppercase()),
        ("case", K1.to_lowercase()),
    ]
}

#[test]
fn every_form_goes_and_is_named() {
    let redactor = redactor(K1);
    for (form, text) in forms() {
        let mut ledger = Ledger::default();
        let clean = redactor.redact(&format!("before {text} after"), &mut ledger);
        assert!(clean.starts_with("before ") && clean.len() < 29, "{form}: {clean}");
        assert!(clean.ends_with("[redacted] after"), "{form}: {clean}");
        let name = if form == "plain" { "as_given" } else { form };
        assert_eq!(ledger.by_form.keys().collect::<Vec<_>>(), [name]);
        assert_eq!(redactor.find(text.as_bytes()).map(|found| found.form), Some(name));
    }
}

#[test]
fn every_form_leaks_when_its_piece_is_missing() {
    for (form, text) in forms() {
        let without = Redactor::leaving_out(&[&key(K1)], &[], &[], Some(form));
        let all = |redactor: &Redactor| {
            let hits = hit::merged(redactor.rules.look.hits(text.as_bytes(), 0, None));
            hits.iter().map(|hit| hit.start..hit.end).collect::<Vec<_>>()
        };
        let (whole, found) = (all(&redactor(K1)), all(&without));
        assert_ne!(found, whole, "{form}: {text}");
    }
}

#[test]
fn what_a_key_decodes_to_is_secret() {
    assert_eq!(redacted(&redactor(K3), K4), "[redacted]");
    assert_eq!(redacted(&redactor(K4), K3), "[redacted]");
    assert_eq!(
        Redactor::leaving_out(&[&key(K3)], &[], &[], Some("base64_decoded")).find(K4.as_bytes()),
        None
    );
}

#[test]
fn an_escape_sign_before_a_secret_takes_none_of_it() {
    let redactor = redactor(K4);
    for lead in ["%", "\\x", "&#", "%2", "100%"] {
        for at in 0..20 {
            let (window, last) = (&K4[at..at + 11], K4.as_bytes()[at + 11]);
            let text = format!("{lead}{window}%{last:02X} and so on");
            let clean = redacted(&redactor, &text);
            // The sign itself may go with it.
            let rest = clean.strip_suffix("[redacted] and so on");
            assert!(rest.is_some_and(|rest| lead.starts_with(rest)), "{text}: {clean}");
        }
    }
}

#[test]
fn a_part_is_named_so() {
    let mut ledger = Ledger::default();
    assert_eq!(redactor(K4).redact(&K4[..32], &mut ledger), "[redacted]");
    assert_eq!(ledger.by_form.keys().collect::<Vec<_>>(), ["part"]);
}

#[test]
fn shells_and_slashes() {
    let password = "it's/a+synthetic\"pass$word".to_owned();
    let redactor = Redactor::new(&[], &[Other::Login { user: String::new(), password }], &[]);
    for text in [
        r#"'it'\''s/a+synthetic"pass$word'"#,
        r"it\'s\/a\+synthetic\x22pass\$word",
        "it&apos;s/a+synth&#x65;tic",
    ] {
        assert!(redacted(&redactor, text).contains("[redacted]"), "{text}");
        assert!(!redacted(&redactor, text).contains("synth"), "{text}");
    }
    assert!(redactor.find(K5.as_bytes()).is_none());
}

#[test]
fn the_public_prefix_stays() {
    for text in [
        "sk_V2_hgu_k…",
        "a key begins with sk_V2_hgu_k and goes on",
        "HEYGEN_API_KEY",
        "$HEYGEN_API_KEY",
    ] {
        assert_eq!(redacted(&redactor(K1), text), text);
        assert_eq!(redactor(K1).find(text.as_bytes()), None);
    }
}
