//! Answers that were written down, and what a request comes to beside them.

use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::diagnosis::Standing;

use super::judged::{LEGACY, ME, findings, judged, line};
use crate::binary::KEY;

/// An exchange as `curl -v` tells it.
pub(super) fn exchange(target: &str, header: &str, status: &str, body: &str) -> String {
    format!(
        "> GET {target} HTTP/1.1\n> Host: api.heygen.com\n> {header}\n> \n< HTTP/1.1 {status}\n< content-type: application/json\n< \n{body}\n"
    )
}

const REFUSED: &str = r#"{"error":{"code":"unauthorized","message":"Unauthorized"}}"#;
const NOT_FOUND: &str = r#"{"code":404,"message":"Not found"}"#;
pub(super) const GIVEN: &str = r#"{"data":{"username":"u"}}"#;

#[test]
fn answers_that_were_written_down_are_judged_beside_each_other() {
    let key = format!("X-Api-Key: {KEY}");
    let other = format!("X-Api-Key: {LEGACY}");
    let bearer = format!("Authorization: Bearer {KEY}");
    let ok = |header: &str| exchange(ME, header, "200 OK", GIVEN);
    let no = |header: &str| exchange(ME, header, "401 Unauthorized", REFUSED);
    for (paste, cause, said) in [
        (ok(&key), Cause::Healthy, "1 of 1"),
        (no(&bearer) + &ok(&key), Cause::KeyWrongKind, "the header of the key"),
        (no(&key) + &ok(&other), Cause::KeyUnrecognized, "the key"),
        (no(&key) + &ok(&key), Cause::InconsistentAuth, "another time"),
        (
            exchange(
                ME,
                &key,
                "402 Payment Required",
                r#"{"error":{"code":"insufficient_credit","message":"no"}}"#,
            ),
            Cause::CreditExhausted,
            "402",
        ),
        (
            exchange(
                ME,
                &key,
                "429 Too Many Requests",
                r#"{"error":{"code":"rate_limit_exceeded","message":"no"}}"#,
            ),
            Cause::RateLimited,
            "429",
        ),
        (
            ok(&key).replace(ME, "/v2/voices") + &no(&key),
            Cause::ApiVersionMismatch,
            "V3 refuses the key",
        ),
        (
            exchange(ME, &key, "302 Found", "")
                + &exchange("/v3/users/me/", "X-Other: 1", "401 Unauthorized", REFUSED),
            Cause::HeaderStripped,
            "redirected",
        ),
    ] {
        let record = judged(KEY, &paste);
        let diagnosis = &record.diagnosis;
        assert_eq!(
            (diagnosis.cause, diagnosis.confidence),
            (cause, Standing::Likely),
            "{paste}\n{}",
            diagnosis.statement
        );
        assert!(diagnosis.statement.contains(said), "{}", diagnosis.statement);
    }
    let alone = judged(KEY, &no(&key)).diagnosis;
    assert_eq!(
        alone.cause,
        Cause::Inconclusive,
        "a refusal alone says nothing: {}",
        alone.statement
    );
    // A bearer that was accepted all the same is no mistake.
    assert_eq!(judged(KEY, &ok(&bearer)).diagnosis.cause, Cause::Healthy);
}

#[test]
fn a_retired_path_is_told_with_its_successor_and_is_no_wrong_host() {
    let key = format!("X-Api-Key: {KEY}");
    let gone = |path: &str| exchange(path, &key, "404 Not Found", NOT_FOUND);
    let task = gone("/v1/streaming.task").replace("> GET", "> POST");
    for (paste, headline, step) in [
        (line("/v1/user/me", &[&key]), "the path was retired", "`GET /v3/users/me`"),
        (
            exchange("/v2/voices", &key, "410 Gone", "{}"),
            "the path was retired",
            "`GET /v3/voices`",
        ),
        (gone("/v1/video.list?limit=1"), "the path was retired", "`GET /v3/videos`"),
        (gone("/v1/never.heard.of"), "the path was retired", "`GET /v3/users/me` tests a key"),
        // Asked of a session that it doesn't name, it is refused whatever becomes of the path.
        (task, "the body names no session", "`session_id`"),
    ] {
        let diagnosis = judged(KEY, &paste).diagnosis;
        assert_eq!(diagnosis.cause, Cause::Inconclusive, "{paste}");
        assert!(diagnosis.headline.contains(headline), "{paste}: {}", diagnosis.headline);
        let next = &diagnosis.causes[0].next_step;
        assert!(next.contains(step), "{paste}: {next}");
        assert_eq!(diagnosis.notes, [], "it is told once");
    }
    // Where it answers still, its end is a note.
    let open = judged(KEY, &exchange("/v1/user/me", &key, "200 OK", GIVEN)).diagnosis;
    assert_eq!((open.cause, open.notes.len()), (Cause::Healthy, 1));
}

#[test]
fn a_user_and_a_password_are_called_no_key() {
    for (login, said) in
        [("user:password", false), (&format!("{KEY}:"), true), (&format!("me:{KEY}"), true)]
    {
        let record = judged(KEY, &format!("curl -u '{login}' https://api.heygen.com{ME}"));
        let text = &record.diagnosis.statement;
        assert!(text.contains("`Authorization: Basic`"), "{text}");
        assert_eq!(text.contains("The key from `HEYGEN_API_KEY`"), said, "{login}: {text}");
        assert_eq!(findings(&record), ["other_scheme"], "{login}");
        assert_eq!(record.heard.unwrap()[0].credentials[0].fingerprint, None, "{login}");
    }
}
