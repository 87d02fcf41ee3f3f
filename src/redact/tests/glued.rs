//! Secrets with something directly before them, or between them and their name.

use super::shapes::goes;
use super::{K1, K3, K4};

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
