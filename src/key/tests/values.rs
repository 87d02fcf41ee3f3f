//! Values that are no key, and keys that must never be taken for such.

use super::*;

/// Keys of every shape in which HeyGen hands them out, and the decoded one.
fn issued() -> impl Strategy<Value = String> {
    prop_oneof![
        "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}",
        "[0-9a-f]{32}-1[67][0-9]{8}",
        "[0-9a-f]{32}-1[67][0-9]{8}"
            .prop_map(|text| String::from_utf8(base64::encode(text.as_bytes())).unwrap()),
        "sk_V2_[a-z]{2,10}_[A-Za-z0-9]{32}",
        "sk_[a-z]{5,10}_[A-Za-z0-9]{32}",
    ]
}

/// Texts that are pasted along with a key.
const AROUND: &[(&str, &str)] = &[
    ("", ""),
    ("'", "'"),
    ("Bearer ", ""),
    ("HEYGEN_API_KEY=", "\n"),
    ("{\"Key\":\"", "\"}"),
    ("b'", "'"),
    ("key=", ""),
    ("", "."),
    ("", "%0A"),
    ("", " # from the dashboard"),
    ("https://api.heygen.com/v3/users/me?key=", "&limit=1"),
    ("&quot;", "&quot;"),
    ("<", ">"),
    ("${", "}"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_issued_key_is_never_withheld(text in issued()) {
        let key = key(&text);
        prop_assert!(key.withheld().is_none(), "{text}");
        prop_assert_ne!(key.kind(), Kind::Placeholder);
        prop_assert!(key.is_secret());
        let ids: Vec<String> = key.findings(now()).into_iter().map(|finding| finding.id.to_string()).collect();
        let calm = ["key_old", "key_decoded", "key_unknown_shape"];
        prop_assert!(ids.iter().all(|id| calm.contains(&id.as_str())), "{ids:?}");
    }

    #[test]
    fn a_whole_key_is_found_in_what_surrounds_it(
        text in issued(),
        (before, after) in prop::sample::select(AROUND),
    ) {
        prop_assume!(shapes::is_complete(text.as_bytes()));
        let given = format!("{before}{text}{after}");
        let key = key(&given);
        prop_assert_eq!(key.whole(), text.as_bytes());
        prop_assert!(key.withheld().is_none() && key.is_secret(), "{given}");
        for finding in key.findings(now()) {
            let shown = format!("{} {:?} {:?}", finding.message, finding.clause, finding.step);
            prop_assert!(!key.core().windows(12).any(|part| shown.as_bytes().windows(12).any(|other| other == part)));
        }
    }

    #[test]
    fn random_values_of_no_known_shape_are_sent(text in "[A-Za-z0-9]{24,64}") {
        prop_assume!(text.bytes().any(|byte| byte.is_ascii_digit()));
        prop_assert_ne!(key(&text).kind(), Kind::Placeholder, "{}", text);
    }
}

#[test]
fn what_nobody_resolved_names_who_would() {
    for (text, tool) in [
        ("op://Team/video/credential", "1Password"),
        ("vault:kv/data/video#key", "Vault"),
        ("ref+gcpsecrets://video/heygen", "vals"),
        (
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:video-AbCdEf",
            "AWS Secrets Manager",
        ),
        ("ssm:/video/heygen", "AWS Parameter Store"),
        ("projects/000000000000/secrets/video/versions/3", "a secret store"),
        ("keeper://0000000000/field/password", "a secret store"),
        ("@Microsoft.KeyVault(VaultName=video;SecretName=heygen)", "Azure Key Vault"),
        ("doppler://video/prd/HEYGEN_API_KEY", "Doppler"),
        ("ENC[AES256_GCM,data:U1lO,iv:AAAA,tag:AAAA,type:str]", "still encrypted"),
        ("encrypted:BSYNTHETIC0SYNTHETIC0==", "still encrypted"),
        ("$ANSIBLE_VAULT;1.1;AES256", "Ansible Vault"),
        ("file:///etc/video/key", "names a file"),
        ("/run/secrets/video_key", "names a file"),
        ("{{ .Values.video.key }}", "template was not filled in"),
        ("={{ $env.HEYGEN_API_KEY }}", "template was not filled in"),
        ("{env:HEYGEN_API_KEY}", "variable was not expanded"),
        ("${{ secrets.HEYGEN_API_KEY }}", "template was not filled in"),
        ("%HEYGEN_API_KEY%", "variable was not expanded"),
        ("__HEYGEN_API_KEY__", "template was not filled in"),
        ("#{VideoKey}#", "template was not filled in"),
        ("$(pass show video)", "command was not run"),
        ("(sensitive value)", "in place of a hidden one"),
    ] {
        let key = key(text);
        let findings = key.findings(now());
        let clause = findings[0].clause.clone().unwrap_or_default();
        assert!(clause.contains(tool), "{text}: {clause}");
        assert_eq!((key.withheld(), findings.len()), (Some(Withheld::Placeholder), 1), "{text}");
        assert!(!key.is_secret() && findings[0].step.is_some());
    }
}

#[test]
fn a_stand_in_is_told_by_what_it_is() {
    for (text, what) in [
        ("user_provided", "plain words"),
        ("not-configured-for-tests", "plain words"),
        ("changeme123", "too short"),
        ("dummy", "placeholder"),
        ("me@example.com", "address"),
        ("https://app.heygen.com/settings?nav=API", "address"),
        ("# ask Ada for one", "sentence"),
        ("get it from the settings page", "sentence"),
        ("~/video/heygen.key", "path"),
        ("<!doctype html><html><title>Sign in</title></html>", "page"),
        ("{\"errors\":[\"permission denied\"]}", "page"),
        ("sk_V2_hgu_k••••••••••••", "masked"),
    ] {
        let key = key(text);
        let clause = key.findings(now()).remove(0).clause.unwrap_or_default();
        assert!(clause.contains(what), "{text}: {clause}");
        assert_eq!(key.kind(), Kind::Placeholder, "{text}");
    }
}

#[test]
fn other_services_are_named() {
    let digits = "0Synthetic0".repeat(6);
    for (text, name) in [
        (format!("gsk_{digits}"), "Groq"),
        (format!("xai-{digits}"), "xAI"),
        (format!("SG.{digits}"), "SendGrid"),
        (format!("glpat-{digits}"), "GitLab"),
        (format!("0000000000:AA{digits}"), "Telegram"),
        (format!("sk-or-v1-{digits}"), "OpenRouter"),
        (format!("whsec_{digits}"), "signing secret"),
        ("11111111-2222-11ee-8333-444444444444".to_owned(), "LiveAvatar"),
    ] {
        let key = key(&text);
        let finding = key.findings(now()).into_iter().next().unwrap();
        assert_eq!(key.withheld(), Some(Withheld::OtherVendor), "{text}");
        assert!(finding.message.contains(name), "{}", finding.message);
    }
    // The same form in another version is no key of LiveAvatar's.
    assert_eq!(key("11111111-2222-41ee-8333-444444444444").kind(), Kind::Unknown);
}

#[test]
fn what_is_missing_or_misread_is_put_back() {
    let old = "NDQ0NDQ0NDQ1NTU1NTU1NTQ0NDQ0NDQ0NTU1NTU1NTUtMTc0NDQ0MDAwMA==";
    for (given, whole, id) in [
        (USER[1..].to_owned(), USER, "key_truncated"),
        (DECODED.replacen('0', "O", 1), DECODED, "key_misread"),
        (old.replacen('0', "O", 1), old, "key_misread"),
        (LEGACY[..58].to_owned(), LEGACY, "key_truncated"),
    ] {
        assert_eq!(repaired(&given), whole);
        assert!(ids(&given).contains(&id), "{given}: {:?}", ids(&given));
    }
    let cut = key(&USER[..30]).findings(now()).remove(0);
    assert_eq!(cut.clause.as_deref(), Some("the key is cut off: 30 of 54 characters"));
}
