//! Secrets with something directly before them, or between them and their name.

use super::shapes::{goes, stranger};
use super::{K1, K3, K4, redacted, redactor};

#[test]
fn what_stands_before_a_key_does_not_hide_it() {
    for before in [
        "\u{1b}[33m",
        "\u{1b}[0;31m",
        "\u{1b}[01;31m\u{1b}[K",
        "\\n",
        "\\t",
        "\\r\\n",
        "%22",
        "\\x27",
        "\\u0022",
    ] {
        for key in [K1, K3, K4, "sk_test_1234abcd5678", "eyJhbGciOi.eyJzdWIiOi.c2lnbm"] {
            goes(&format!("{before}{key}"), &format!("{before}[redacted]"));
        }
    }
    goes(&format!("key_{K1} x{K1}"), "key_[redacted] x[redacted]");
    goes("sk_V2_hgu_kabcdefghijklmnopq and SK", "[redacted] and SK");
}

#[test]
fn variables_by_any_sign() {
    let value = "abcd1234efgh5678ijkl";
    for (text, clean) in [
        ("$env:HEYGEN_API_KEY = \"V\"", "$env:HEYGEN_API_KEY = \"[redacted]\""),
        ("HEYGEN_API_KEY = V\n", "HEYGEN_API_KEY = [redacted]\n"),
        ("set HEYGEN_API_KEY V\n", "set HEYGEN_API_KEY [redacted]\n"),
        ("set -gx HEYGEN_API_KEY 'V'", "set -gx HEYGEN_API_KEY '[redacted]'"),
        ("- name: HEYGEN_API_KEY\n  value: V\n", "- name: HEYGEN_API_KEY\n  value: [redacted]\n"),
        ("name: HEYGEN_API_KEY\n value: \"V\"", "name: HEYGEN_API_KEY\n value: \"[redacted]\""),
        ("HEYGEN_API_KEY_PROD=V", "HEYGEN_API_KEY_PROD=[redacted]"),
        ("HEYGEN_API_KEY_2: V", "HEYGEN_API_KEY_2: [redacted]"),
    ] {
        goes(&text.replace('V', value), clean);
    }
    let line = "curl -H \"x-api-key: $HEYGEN_API_KEY\" http://127.0.0.1:37073/v3/api_keys/self";
    goes(line, line);
    goes(&line.replace('"', ""), &line.replace('"', ""));
}

#[test]
fn letters_alone_may_be_a_token() {
    for (text, clean) in [
        (r#""refresh_token":"rtabcdefghijklmnop""#, r#""refresh_token":"[redacted]""#),
        ("?x=1&token=loctokenvaluexyz&y", "?x=1&token=[redacted]&y"),
        ("https://a/cb?code=oauthcodevalue12&s=1", "https://a/cb?code=[redacted]&s=1"),
        ("https://a/cb?s=1&amp;code=x7q_abcdef", "https://a/cb?s=1&amp;code=[redacted]"),
    ] {
        goes(text, clean);
    }
}

#[test]
fn people_behind_an_escape() {
    for at in ["\\u0040", "\\\\u0040", "&#64;", "&#x40;"] {
        goes(&format!("to jane.roe{at}example.org."), "to [redacted].");
    }
}

/// A program that shows the lines of others writes something before each of them.
#[test]
fn a_key_that_is_cut_behind_the_same_words_goes() {
    let begins: [fn(usize) -> String; 5] = [
        |_| "web-1  | ".to_owned(),
        |line| format!("2026-11-28T01:02:{:02}.1234567Z ", line + 3),
        |line| format!("  {} \u{2502} ", line + 40),
        |_| "// ".to_owned(),
        |line| format!("api-{line}\t"),
    ];
    for begin in begins {
        let github = ["gh", "p_Nobody1Ever2Had3This4Token5Of6GitHub"].concat();
        for key in [K1, K3, K4, &github] {
            let (first, rest) = key.split_at(22);
            let (second, third) = rest.split_at(12);
            // HeyGen's keys of today are told by their length, those before by their digits.
            let last = if key == K1 { "(refused: 401)" } else { "and it was refused" };
            let lines = ["the key", first, second, third, last];
            let lines: Vec<String> =
                lines.iter().enumerate().map(|(line, text)| begin(line) + text).collect();
            let text = lines.join("\n");
            for clean in [redacted(&stranger(), &text), redacted(&redactor(K1), &text)] {
                for part in [first, second, third] {
                    assert!(!clean.contains(part), "{clean}");
                }
                assert!(clean.starts_with(&lines[0]) && clean.ends_with(&lines[4]), "{clean}");
            }
        }
    }
    goes(&format!("key `{}`", K4.replace('-', "\\-")), "key `[redacted]`");
    let whole = format!("a 1 got {K1}\na 2 status\na 3 done\n");
    goes(&whole, &whole.replace(K1, "[redacted]"));
}

#[test]
fn what_a_log_says_behind_a_key_stays() {
    for (text, clean) in [
        (format!("x-api-key: {K1} 401 id=7731"), "x-api-key: [redacted] 401 id=7731"),
        (format!("X-Api-Key: {K4} status=401"), "X-Api-Key: [redacted] status=401"),
        (
            "Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=c0ffee11".to_owned(),
            "Authorization: [redacted]",
        ),
        (format!("authorization: {K1} Unauthorized"), "authorization: [redacted] Unauthorized"),
    ] {
        goes(&text, clean);
        assert_eq!(redacted(&redactor(K1), &text), clean);
    }
}

/// What stands before a cut key, and behind it, is no part of it.
#[test]
fn a_cut_key_ends_where_it_ends() {
    let (first, rest) = K4.split_at(16);
    for before in ["here is my secret", "key:", "it was made there"] {
        for after in ["2026-11-28T01:02:03Z INFO a line", "401 was the answer", "and so on"] {
            goes(
                &format!("{before}\n{first}\n{rest}\n{after}"),
                &format!("{before}\n[redacted]\n[redacted]\n{after}"),
            );
        }
    }
    goes(
        &["gl", "pat-AbCdEfGhIjKlMnOpQrSt, and glpat-of-a-project-of-mine"].concat(),
        "[redacted], and glpat-of-a-project-of-mine",
    );
}

/// No list of schemes is complete: what stands behind a word that may be one goes.
#[test]
fn a_credential_behind_a_scheme_that_is_not_known_goes() {
    for (text, clean) in [
        ("Authorization: SharedKey acct:AbCd1234efGh5678==", "Authorization: SharedKey [redacted]"),
        ("Authorization: SSWS 00aBcDeFgHiJkLmNoPq", "Authorization: SSWS [redacted]"),
        ("Proxy-Authorization: NTLM TlRMTVNTUAABAA==", "Proxy-Authorization: NTLM [redacted]"),
        (
            "> Authorization: Vendor-API-Key pk_0123456789",
            "> Authorization: Vendor-API-Key [redacted]",
        ),
        ("Authorization: my_scheme credential=AbCd1234 x", "Authorization: [redacted]"),
        ("Authorization: HMAC keyId=\"ab\", sig=\"cd12\"", "Authorization: [redacted]"),
        // The first word may be the key, and the second a log's.
        ("x-api-key: synthetic123 HTTP/1.1", "x-api-key: [redacted]"),
        ("x-api-key: Unauthorized (401)", "x-api-key: Unauthorized (401)"),
        ("Authorization: missing or invalid", "Authorization: missing or invalid"),
    ] {
        goes(text, clean);
    }
}

#[test]
fn addresses_stay_where_they_may() {
    let text = format!("jane@example.org https://u:p4ss@example.org/ {K1} jane\\u0040example.org");
    let clean =
        "jane@example.org https://[redacted]@example.org/ [redacted] jane\\u0040example.org";
    assert_eq!(redacted(&stranger().keeping_emails(), &text), clean);
    assert_eq!(redacted(&redactor(K1).keeping_emails(), &text), clean);
}
