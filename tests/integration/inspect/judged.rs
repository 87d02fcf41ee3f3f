//! What each paste comes to: the cause, how firmly, and the findings.

use chrono::{DateTime, Utc};
use heygen_doctor::heard::{Ear, environment, run_info};
use heygen_doctor::key::ApiKey;
use heygen_doctor::key::source::{Given, Keyring};
use heygen_doctor::record::Record;
use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Standing;
use heygen_doctor::record::facts::Profile;
use heygen_doctor::{judge, pasted};

use super::answered::{GIVEN, exchange};
use crate::binary::KEY;

const OTHER: &str = "sk_V2_hgu_kOTHERother1_0123456789abcdef0123456789ABCDEF";
pub(super) const LEGACY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYtMTcwMDAwMDAwMA==";
const DECODED: &str = "0123456789abcdef0123456789abcdef-1700000000";

fn ring(key: &str) -> Keyring {
    let given = |source: &str, key: &str| Given {
        source: source.to_owned(),
        key: ApiKey::from_bytes(key.as_bytes().to_vec()),
        oauth: false,
    };
    Keyring::of(vec![given("HEYGEN_API_KEY", key), given(".env", OTHER)])
}

fn now() -> DateTime<Utc> {
    "2026-11-28T06:00:00Z".parse().unwrap()
}

/// The record of a paste, beside a key that is known.
pub(super) fn judged(known: &str, text: &str) -> Record {
    let mut ear = Ear::new(ring(known), now());
    pasted::read(text, pasted::recognised(text), &mut |sent| drop(ear.hear(&sent))).unwrap();
    let (record, redactor) = ear.finish(run_info(Profile::Inspect, now(), now()), environment());
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(redactor.find(json.as_bytes()), None);
    record
}

pub(super) fn findings(record: &Record) -> Vec<String> {
    let heard = record.heard.as_ref().unwrap();
    heard.iter().flat_map(|one| one.findings.iter().map(ToString::to_string)).collect()
}

/// A curl line with these headers to a path of the API.
pub(super) fn line(path: &str, headers: &[&str]) -> String {
    let headers = headers.iter().fold(String::new(), |all, header| format!("{all} -H '{header}'"));
    format!("curl{headers} 'https://api.heygen.com{path}'")
}

pub(super) const ME: &str = "/v3/users/me";

/// A paste, the cause that is likely then, and a finding.
type Case = (String, Cause, &'static str);

/// Mistakes in the value of the key, or in the place where it stands.
fn mistakes() -> Vec<Case> {
    let key = |wrap: &str| wrap.replace("KEY", KEY);
    vec![
        (line(ME, &[]), Cause::KeyMissing, "no_credential"),
        (line(ME, &["X-Api-Key;"]), Cause::KeyMissing, "key_empty"),
        (
            format!("C:\\>{}", line(ME, &[&key("X-Api-Key: KEY")]))
                .replace("'http", "http")
                .replace("me'", "me"),
            Cause::KeyMissing,
            "single_quotes",
        ),
        (line(ME, &[&key("Api-Key: KEY")]), Cause::KeyMissing, "other_header"),
        (line(&key("/v3/users/me?api_key=KEY"), &[]), Cause::KeyMissing, "key_in_url"),
        (line(&key("/v3/users/me?key=KEY"), &[]), Cause::KeyMissing, "key_in_url"),
        (line(&key("/v3/users/KEY"), &[]), Cause::KeyMissing, "key_in_url"),
        (
            key("curl --json '{\"a\":[{\"key\":\"KEY\"}]}' https://api.heygen.com/v3/videos"),
            Cause::KeyMissing,
            "key_in_body",
        ),
        (line(ME, &["X-Api-Key: undefined"]), Cause::KeyPlaceholder, "key_placeholder"),
        (line(ME, &["X-Api-Key: $HEYGEN_API_KEY"]), Cause::KeyPlaceholder, "key_placeholder"),
        (line(ME, &["X-Api-Key: <your-api-key>"]), Cause::KeyPlaceholder, "key_placeholder"),
        (line(ME, &[&key("X-Api-Key: \"KEY\"")]), Cause::KeyMalformed, "key_quotes"),
        (line(ME, &[&key("X-Api-Key: Bearer KEY")]), Cause::KeyMalformed, "key_prefix_pasted"),
        (line(ME, &[&key("X-Api-Key: KEYKEY")]), Cause::KeyMalformed, "key_doubled"),
        (line(ME, &[&format!("X-Api-Key: {}", &KEY[..40])]), Cause::KeyMalformed, "key_truncated"),
        (line(ME, &[&format!("X-Api-Key: {DECODED}")]), Cause::KeyEncoded, "key_decoded"),
        (
            line(ME, &[&key("Authorization: Bearer KEY")]),
            Cause::KeyWrongKind,
            "key_in_authorization",
        ),
        (line(ME, &[&key("authorization: KEY")]), Cause::KeyWrongKind, "key_in_authorization"),
        (
            line(ME, &[&key("Authorization: Token KEY")]),
            Cause::KeyWrongKind,
            "key_in_authorization",
        ),
        (format!("curl -u {KEY}: https://api.heygen.com{ME}"), Cause::KeyWrongKind, "other_scheme"),
        (
            format!("curl -u user:password https://api.heygen.com{ME}"),
            Cause::KeyWrongKind,
            "other_scheme",
        ),
        (
            line(ME, &["Authorization: Token Tq8vN2xR7kLm4PzW1yBd9sHf"]),
            Cause::KeyWrongKind,
            "other_scheme",
        ),
        (
            line(ME, &["X-Api-Key: sk_0123456789abcdef0123456789abcdef0123456789abcdef"]),
            Cause::KeyWrongKind,
            "key_other_vendor",
        ),
    ]
}

/// Requests that don't lead to the API.
fn astray() -> Vec<Case> {
    let key = |wrap: &str| wrap.replace("KEY", KEY);
    vec![
        (
            key("curl -H 'X-Api-Key: KEY' https://upload.heygen.com/v1/asset"),
            Cause::WrongHost,
            "other_host",
        ),
        (
            key("curl -H 'X-Api-Key: KEY' https://api.liveavatar.com/v1/sessions"),
            Cause::WrongHost,
            "other_host",
        ),
        (
            key("curl -H 'X-Api-Key: KEY' https://api.heygen.co/v3/users/me"),
            Cause::WrongHost,
            "other_host",
        ),
        // Without a scheme curl takes this one.
        (
            key("curl -H 'X-Api-Key: KEY' api.heygen.com/v3/users/me"),
            Cause::WrongHost,
            "plain_http",
        ),
        (line("/v1/avatar/list", &[&key("X-Api-Key: KEY")]), Cause::WrongHost, "unknown_path"),
        (line("/users/me", &[&key("X-Api-Key: KEY")]), Cause::WrongHost, "unknown_path"),
    ]
}

#[test]
fn a_mistake_in_one_request_is_its_likely_cause() {
    for (paste, cause, finding) in mistakes().into_iter().chain(astray()) {
        let record = judged(KEY, &paste);
        assert_eq!(record.diagnosis.cause, cause, "{paste}\n{:#?}", record.diagnosis.statement);
        assert_eq!(record.diagnosis.confidence, Standing::Likely, "{paste}");
        assert!(
            findings(&record).contains(&finding.to_owned()),
            "{paste}: {:?}",
            findings(&record)
        );
    }
}

#[test]
fn what_is_wrong_apart_from_the_key_is_told_and_condemns_no_key() {
    let post = |path: &str, more: &str| {
        format!("curl -X POST -H 'X-Api-Key: {KEY}' {more} https://api.heygen.com{path}")
    };
    let json = "-H 'Content-Type: application/json'";
    for (paste, finding) in [
        (post("/v1/streaming.task", &format!("{json} -d '{{\"text\":\"hi\"}}'")), "no_session_id"),
        (
            post("/v1/streaming.task", &format!("{json} -d '{{\"session_id\":\"undefined\"}}'")),
            "no_session_id",
        ),
        (post("/v1/streaming.create_token", ""), "no_body"),
        (post("/v1/streaming.create_token", "-d '{}'"), "no_content_type"),
        (post("/v3/videos", "-d '{\"a\":1}'"), "no_content_type"),
        (post("/v2/avatars", ""), "other_method"),
    ] {
        let record = judged(KEY, &paste);
        assert_eq!(record.diagnosis.cause, Cause::Inconclusive, "{paste}");
        assert!(
            findings(&record).contains(&finding.to_owned()),
            "{paste}: {:?}",
            findings(&record)
        );
        assert!(
            record.diagnosis.headline.contains("method")
                || record.diagnosis.headline.contains("body"),
            "{paste}"
        );
    }
    let fine = post("/v1/streaming.task", &format!("{json} -d '{{\"session_id\":\"s-1\"}}'"));
    assert!(!findings(&judged(KEY, &fine)).contains(&"no_session_id".to_owned()));
}

#[test]
fn a_request_without_a_mistake_is_never_called_working_before_an_answer_says_so() {
    let record = judged(KEY, &line(ME, &[&format!("X-Api-Key: {KEY}")]));
    assert_eq!(record.diagnosis.cause, Cause::Inconclusive);
    assert!(
        record.diagnosis.statement.contains("HEYGEN_API_KEY"),
        "{}",
        record.diagnosis.statement
    );
    assert_eq!(findings(&record), Vec::<String>::new());
}

#[test]
fn the_form_of_a_known_key_is_told() {
    let base64 = |key: &str| {
        String::from_utf8(
            ApiKey::from_bytes(key.as_bytes().to_vec())
                .base64_encoded()
                .header_value("")
                .unwrap()
                .as_bytes()
                .to_vec(),
        )
        .unwrap()
    };
    let encoded = base64(KEY);
    for (known, sent, form) in [
        (KEY, KEY, "as_known"),
        (KEY, &format!("\"{KEY}\""), "quoted"),
        (&format!(" {KEY} "), KEY, "trimmed"),
        (KEY, &encoded, "encoded"),
        (LEGACY, DECODED, "decoded"),
        (KEY, &KEY[..30], "truncated"),
        (KEY, OTHER, "other_source"),
        (KEY, "undefined", "placeholder"),
        (KEY, LEGACY, "unknown"),
    ] {
        let record = judged(known, &line(ME, &[&format!("X-Api-Key: {sent}")]));
        let heard = record.heard.unwrap();
        assert_eq!(heard[0].credentials[0].form.as_str(), form, "{sent}");
    }
}

#[test]
fn nothing_is_ever_confirmed_by_a_paste() {
    for paste in [exchange(ME, &format!("X-Api-Key: {KEY}"), "200 OK", GIVEN), line(ME, &[])] {
        let record = judged(KEY, &paste);
        assert!(record.diagnosis.causes.iter().all(|one| one.standing < Standing::Confirmed));
    }
}

#[test]
fn a_record_that_is_read_back_is_judged_alike() {
    let record = judged(KEY, &line(ME, &[&format!("Authorization: Bearer {KEY}")]));
    let text = serde_json::to_string(&record).unwrap();
    let facts = judge::facts(heygen_doctor::record::read::read(&text).unwrap());
    let again = judge::record(facts, record.redaction.clone());
    assert_eq!(again.diagnosis, record.diagnosis);
    assert_eq!(again.heard, record.heard);
}

#[test]
fn a_paste_about_something_else_is_inconclusive_and_says_what_it_is_about() {
    let diagnosis = judged(KEY, "curl https://example.com/x -H 'Accept: text/html'").diagnosis;
    assert_eq!(diagnosis.cause, Cause::Inconclusive);
    assert!(diagnosis.statement.contains("example.com"), "{}", diagnosis.statement);
}
