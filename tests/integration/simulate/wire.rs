//! HeyGen's behaviour on the wire, as captures and documentation have it.

use chrono::DateTime;
use heygen_doctor::simulate::names;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::client::Double;

const V1: &str = r#"{"code":400112,"message":"Unauthorized"}"#;
const V2: &str = r#"{"data":null,"error":{"code":"internal_error","message":"Unauthorized"}}"#;
const V3: &str = r#"{"error":{"code":"unauthorized","message":"Unauthorized","doc_url":"https://developers.heygen.com/docs/error-codes#unauthorized"}}"#;

#[tokio::test]
async fn a_missing_key_and_a_wrong_one_are_refused_in_the_same_words() {
    let double = Double::of("healthy").await;
    for (path, body) in [("/v1/voice.list", V1), ("/v2/avatars", V2), ("/v3/users/me", V3)] {
        let missing = double.stranger(path).await;
        let wrong = double.ask("GET", path, &[("x-api-key", "not-a-key-at-all")]).await;
        assert_eq!((missing.status, missing.body.as_str()), (401, body));
        assert_eq!((wrong.status, wrong.body.as_str()), (401, body));
        assert_eq!(missing.header("server"), ["gunicorn"]);
        assert_eq!(missing.header("content-type"), ["application/json"]);
    }
    assert_eq!(double.requests(), 6);
}

#[tokio::test]
async fn an_api_key_is_taken_from_its_own_header_only_however_that_is_spelled() {
    let double = Double::of("healthy").await;
    let key = double.key.as_str();
    let bearer = format!("Bearer {key}");
    for (header, value, status) in [
        ("X-Api-Key", key, 200),
        ("x-api-key", key, 200),
        ("X-API-Key", key, 200),
        ("Authorization", bearer.as_str(), 401),
        ("Authorization", key, 401),
        ("X-Api-Key", bearer.as_str(), 401),
    ] {
        let answer = double.ask("GET", "/v3/users/me", &[(header, value)]).await;
        assert_eq!(answer.status, status, "{header}: {value}");
    }
    let query = double.stranger(&format!("/v3/users/me?api_key={key}")).await;
    assert_eq!(query.status, 401);
}

#[tokio::test]
async fn the_path_goes_before_the_method_and_the_method_before_the_key() {
    let double = Double::of("healthy").await;
    for key in [double.key.as_str(), "not-a-key-at-all"] {
        let key = [("x-api-key", key)];
        assert_eq!(double.ask("GET", "/v3/nothing-here", &key).await.status, 404);
        assert_eq!(double.ask("OPTIONS", "/v3/nothing-here", &key).await.status, 404);
        assert_eq!(double.ask("POST", "/v1/voice.list", &key).await.status, 405);
        assert_eq!(double.ask("OPTIONS", "/v1/voice.list", &key).await.status, 200);
        assert_eq!(double.ask("GET", "/v3/user/remaining_quota", &key).await.status, 404);
    }
    let refused = double.ask("POST", "/v3/videos", &[("x-api-key", "not-a-key-at-all")]).await;
    assert_eq!(refused.status, 401);
}

#[tokio::test]
async fn head_is_answered_like_get_without_its_body() {
    let double = Double::of("healthy").await;
    let refused = double.ask("HEAD", "/v3/users/me", &[]).await;
    assert_eq!((refused.status, refused.body.as_str()), (401, ""));
    assert_eq!(refused.header("content-length"), [V3.len().to_string()]);
    let accepted = double.ask("HEAD", "/v3/users/me", &[("x-api-key", &double.key)]).await;
    assert_eq!((accepted.status, accepted.body.as_str()), (200, ""));
}

#[tokio::test]
async fn headers_are_those_of_gunicorn_behind_a_load_balancer() {
    let double = Double::of("healthy").await;
    let answer = double.get("/v3/users/me").await;
    let cookies = answer.header("set-cookie");
    assert!(cookies[0].starts_with("AWSALB="), "{cookies:?}");
    assert!(cookies[1].starts_with("AWSALBCORS="), "{cookies:?}");
    assert!(DateTime::parse_from_rfc2822(answer.header("date")[0]).is_ok());
    for absent in ["retry-after", "x-request-id", "x-ratelimit-limit", "www-authenticate"] {
        assert!(answer.header(absent).is_empty(), "{absent}");
    }
    assert!(answer.header("deprecation").is_empty());

    let limited = Double::of("rate-limited").await.get("/v3/users/me").await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, vec!["30"]));
}

#[tokio::test]
async fn v1_and_v2_announce_their_end() {
    let double = Double::of("healthy").await;
    for path in ["/v1/user/me", "/v2/user/me"] {
        for answer in [double.get(path).await, double.stranger(path).await] {
            assert_eq!(answer.header("deprecation"), ["true"]);
            assert_eq!(answer.header("sunset"), ["Sat, 31 Oct 2026 00:00:00 GMT"]);
        }
    }
    let v1 = double.get("/v1/voice.list").await.body;
    assert_eq!(v1, r#"{"code":100,"data":{"list":[]},"message":"Success"}"#);
    let v2: serde_json::Value =
        serde_json::from_str(&double.get("/v2/user/remaining_quota").await.body).unwrap();
    assert_eq!(v2["data"]["remaining_quota"], 7200);
    assert_eq!(v2["warning"]["sunset_date"], "2026-10-31");
}

#[tokio::test]
async fn v1_and_v2_can_be_gone() {
    let double = Double::of("legacy-gone").await;
    assert_eq!(double.get("/v1/user/me").await.status, 410);
    assert_eq!(double.stranger("/v2/voices").await.status, 410);
    assert_eq!(double.get("/v3/users/me").await.status, 200);
}

#[tokio::test]
async fn v3_describes_the_key_and_the_account() {
    let double = Double::of("empty-wallet").await;
    let me: serde_json::Value =
        serde_json::from_str(&double.get("/v3/users/me").await.body).unwrap();
    assert_eq!(me["data"]["billing_type"], "wallet");
    assert_eq!(me["data"]["wallet"]["remaining_balance"], 0.0);
    let page = double.get("/v3/voices?limit=1").await.body;
    assert_eq!(page, r#"{"data":[],"has_more":false,"next_token":null}"#);
    let absent = double.get("/v3/videos/0123").await;
    assert_eq!(absent.status, 404);
    assert!(absent.body.contains(r#""code":"video_not_found""#), "{}", absent.body);
    assert_eq!(double.get("/v3/audio/sounds").await.status, 400);
    assert_eq!(double.ask("POST", "/v3/videos", &[("x-api-key", &double.key)]).await.status, 402);
}

#[tokio::test]
async fn scopes_are_checked_after_the_key() {
    let double = Double::of("scoped").await;
    assert_eq!(double.get("/v3/api_keys/self").await.status, 200);
    assert_eq!(double.get("/v3/videos").await.status, 200);
    let refused = double.get("/v3/users/me").await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("insufficient_api_key_scope"), "{}", refused.body);
    assert!(refused.body.contains("Required scope: account:read."), "{}", refused.body);
    assert_eq!(double.stranger("/v3/users/me").await.status, 401);
}

#[tokio::test]
async fn the_ticket_s_key_works_encoded_only() {
    let double = Double::of("support-ticket").await;
    assert_eq!(double.get("/v3/users/me").await.body, V3);
    let encoded = "ZmVlZGZhY2UwMDAwMDAwMGZlZWRmYWNlZmVlZGZhY2UtMTcwMDAwMDAwMA==";
    assert_eq!(double.ask("GET", "/v3/users/me", &[("x-api-key", encoded)]).await.status, 200);
}

#[tokio::test]
async fn replicas_that_disagree_do_so_in_turn() {
    let double = Double::of("flapping").await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(double.get("/v3/users/me").await.status);
    }
    assert_eq!(statuses, [200, 401, 200, 200, 401, 200]);
}

#[tokio::test]
async fn a_connection_carries_several_requests() {
    let double = Double::of("healthy").await;
    let mut stream = double.connect().await;
    let first = "POST /v1/voice.list HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}";
    let second = "GET /v3/users/me HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(format!("{first}{second}").as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{text}");
    assert!(text.contains("HTTP/1.1 401 Unauthorized\r\n"), "{text}");
    assert_eq!(double.requests(), 2);
}

#[tokio::test]
async fn what_is_no_http_gets_a_bad_request() {
    let double = Double::of("healthy").await;
    let mut stream = double.connect().await;
    stream.write_all(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
    assert_eq!(double.requests(), 0);
}

#[tokio::test]
async fn dropping_a_server_frees_its_port() {
    let double = Double::of("healthy").await;
    let mut idle = double.connect().await;
    drop(double);
    let end = idle.read(&mut [0; 1]).await;
    assert!(matches!(end, Ok(0) | Err(_)));
}

#[test]
fn the_eighteen_that_were_asked_for_are_there() {
    for name in [
        "support-ticket",
        "healthy",
        "unknown-key",
        "revoked",
        "scoped",
        "forbidden",
        "no-api-plan",
        "suspended",
        "no-credit",
        "empty-wallet",
        "trial-quota",
        "rate-limited",
        "auth-500",
        "outage",
        "flapping",
        "edge-block",
        "captive-portal",
        "legacy-gone",
    ] {
        assert!(names().any(|known| known == name), "{name}");
    }
}
