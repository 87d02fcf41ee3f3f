//! What a paste doesn't hold, and what only looks like a credential, is told as such.

use heygen_doctor::record::cause::Cause;
use heygen_doctor::{pasted, record::Record};

use super::answered::exchange;
use super::judged::{ME, findings, judged, line};
use crate::binary::KEY;

fn told(record: &Record) -> String {
    let first = &record.diagnosis.causes[0];
    let all = record.diagnosis.causes.iter().flat_map(|one| &one.evidence);
    let evidence: Vec<&str> = all.map(|one| one.text.as_str()).collect();
    format!("{} {} {}", record.diagnosis.headline, evidence.join(" "), first.next_step)
}

#[test]
fn a_host_that_is_a_variable_is_no_wrong_host() {
    for (paste, host) in [
        (format!("curl -H 'X-Api-Key: {KEY}' \"$BASE_URL/v3/users/me\""), "`$BASE_URL`"),
        (format!("curl -H 'X-Api-Key: {KEY}' https://$HOST/v3/users/me"), "`$host`"),
        (
            format!("curl -H 'X-Api-Key: {KEY}' \"${{B:-https://h}}/v3/users/me\""),
            "`${B:-https://h}`",
        ),
        (format!("irm -H @{{'X-Api-Key'='{KEY}'}} \"$env:BASE/v3/users/me\""), "`$env:BASE`"),
    ] {
        let record = judged(KEY, &paste);
        assert_eq!(record.diagnosis.cause, Cause::Inconclusive, "{paste}");
        assert_eq!(findings(&record), ["unexpanded_host"], "{paste}");
        assert!(told(&record).contains(host), "{paste}: {}", told(&record));
    }
}

#[test]
fn a_parameter_beside_a_key_is_a_key_only_if_it_looks_like_one() {
    let header = format!("X-Api-Key: {KEY}");
    let record = judged(KEY, &line("/v3/videos?token=abcdefgh", &[&header]));
    assert_eq!(findings(&record), Vec::<String>::new());
    for path in [format!("{ME}?x={KEY}"), format!("/v3/videos/{KEY}")] {
        let record = judged(KEY, &line(&path, &[&header]));
        assert_eq!(record.diagnosis.cause, Cause::Inconclusive, "{path}");
        assert_eq!(findings(&record), ["key_elsewhere_too"], "{path}");
        assert!(told(&record).contains("kept in logs"), "{}", told(&record));
    }
}

#[test]
fn headers_that_are_not_in_the_line_are_told_as_such() {
    for options in ["-H @file", "-K file", "--variable %K --expand-header 'X-Api-Key: {{K}}'"] {
        let record = judged(KEY, &format!("curl {options} https://api.heygen.com{ME}"));
        assert_eq!(findings(&record), ["outside_the_line"], "{options}");
        assert!(!told(&record).contains("browser"), "{}", told(&record));
    }
}

#[test]
fn letters_that_only_look_like_those_of_a_shell_are_told_with_their_place() {
    for (text, wanted) in [
        ("curl https://h/ -H “X-Api-Key: abc”", "line 1, column 20: a plain quote"),
        ("curl https://h/ –H 'X-Api-Key: abc'", "line 1, column 17: a plain `-`"),
        ("curl --url=https://h/", "line 1, column 11: a space in place of the `=`"),
    ] {
        let unreadable = pasted::read(text, pasted::recognised(text), &mut drop).unwrap_err();
        assert!(unreadable.to_string().starts_with(wanted), "{unreadable}");
    }
}

#[test]
fn the_next_step_knows_who_was_asked() {
    for (url, wanted) in [
        ("https://upload.heygen.com/v1/asset", "POST /v3/assets"),
        ("https://api.liveavatar.com/v1/sessions", "a key of LiveAvatar"),
    ] {
        let record = judged(KEY, &format!("curl -H 'X-Api-Key: {KEY}' {url}"));
        assert!(told(&record).contains(wanted), "{}", told(&record));
    }
}

#[test]
fn a_word_for_nothing_is_named_and_blanks_that_nobody_cuts_off_are_likely_the_cause() {
    for word in ["undefined", "None", "null"] {
        let record = judged(KEY, &line(ME, &[&format!("X-Api-Key: {word}")]));
        assert!(told(&record).contains(&format!("`{word}`")), "{}", told(&record));
        assert!(told(&record).contains("not set where the program runs"), "{}", told(&record));
    }
    for (value, wanted) in [
        (format!("{} {}", &KEY[..20], &KEY[20..]), "space in the middle"),
        (format!("\u{a0}{KEY}"), "no-break space"),
    ] {
        let record = judged(KEY, &line(ME, &[&format!("X-Api-Key: {value}")]));
        assert_eq!(record.diagnosis.cause, Cause::KeyMalformed, "{value}");
        assert!(told(&record).contains(wanted), "{}", told(&record));
    }
}

#[test]
fn what_an_answer_says_is_told_and_who_answers_in_heygens_place() {
    let body = r#"{"error":{"code":"invalid_parameter","message":"limit must be below 100"}}"#;
    let header = format!("X-Api-Key: {KEY}");
    for (status, body, wanted) in [
        ("400 Bad Request", body, "`limit must be below 100`"),
        (
            "401 Unauthorized",
            r#"{"error":{"code":"unauthorized","message":"api key is revoked"}}"#,
            "`api key is revoked`",
        ),
        ("429 Too Many Requests\n< Retry-After: 7", body, "wait for 7 s"),
        ("200 HTML", "<html>portal</html>", "proxy or portal"),
    ] {
        let paste = exchange(ME, &header, status, body)
            .replace("HTML\n< content-type: application/json", "OK");
        let record = judged(KEY, &paste);
        assert!(told(&record).contains(wanted), "{}", told(&record));
        assert!(!told(&record).contains("Set the base URL"), "{}", told(&record));
    }
}

#[test]
fn a_tunnel_that_a_proxy_refuses_is_the_fault_of_the_proxy() {
    let trace = "* Trying\n> CONNECT api.heygen.com:443 HTTP/1.1\n> Host: api.heygen.com:443\n>\n< HTTP/1.1 407 Proxy Authentication Required\n<\n";
    let record = judged(KEY, trace);
    assert_eq!(record.diagnosis.cause, Cause::ProxyError, "{}", told(&record));
}

#[test]
fn no_report_is_advised_where_another_key_is_sent() {
    let other = "sk_V2_hgu_kZZZZZZZZZZ11_0123456789abcdef0123456789ABCDEF";
    let body = r#"{"error":{"code":"invalid_parameter","message":"no"}}"#;
    for (key, is_advised) in [(KEY, true), (other, false)] {
        let paste = exchange(ME, &format!("X-Api-Key: {key}"), "400 Bad Request", body);
        let step = &judged(KEY, &paste).diagnosis.causes[0].next_step;
        assert_eq!(step.contains("heygen-doctor report"), is_advised, "{step}");
        assert_eq!(step.contains("--key-env"), !is_advised, "{step}");
    }
}

#[test]
fn a_preflight_alone_is_told_as_one() {
    let record = judged(KEY, "curl -X OPTIONS https://api.heygen.com/v3/users/me");
    assert!(told(&record).contains("preflight"), "{}", told(&record));
}
