//! Behaviour that scenarios can add to HeyGen's own.

use heygen_doctor::simulate::load;

use super::client::Double;

const ME: &str = "/v3/users/me";

async fn agent(double: &Double, name: &str) -> u16 {
    let headers = [("x-api-key", double.key.as_str()), ("user-agent", name)];
    double.ask("GET", ME, &headers).await.status
}

#[tokio::test]
async fn an_error_can_repeat_the_credential_or_its_start() {
    let whole = Double::of("echo-whole").await;
    assert!(whole.get(ME).await.body.contains(&whole.key));
    let start = Double::of("echo-start").await;
    let body = start.get(ME).await.body;
    assert!(body.contains("Key sk_V2_hg... is not valid."), "{body}");
    let quoted = whole.ask("GET", ME, &[("x-api-key", r#"quote"${path}"#)]).await.body;
    let parsed: serde_json::Value = serde_json::from_str(&quoted).unwrap();
    assert_eq!(parsed["error"]["message"], r#"No API key 'quote"${path}' was found."#);
}

#[tokio::test]
async fn every_answer_can_have_a_number_of_its_own() {
    let double = Double::of("reference-number").await;
    let (first, second) = (double.get(ME).await.body, double.stranger(ME).await.body);
    assert!(first.contains("(reference 000001)") && first.contains("req-000001"), "{first}");
    assert_eq!(first.replace("000001", "000002"), second);
}

#[tokio::test]
async fn a_refusal_can_have_a_body_of_its_own() {
    let double = Double::of("deleted-other-words").await;
    let body = r#"{"errors":[{"status":"401","title":"Credentials required"}]}"#;
    assert_eq!(double.get(ME).await.body, body);
    assert_eq!(double.stranger(ME).await.body, body);
    assert_eq!(double.get("/v3/nothing-here").await.status, 404);
}

#[tokio::test]
async fn a_rule_can_let_some_pass_by_those_that_follow() {
    let double = Double::of("browsers-only").await;
    assert_eq!(agent(&double, "Mozilla/5.0 (X11; Linux x86_64)").await, 200);
    assert_eq!(agent(&double, "curl/8.0").await, 403);
    let double = Double::of("agent-blocked").await;
    assert_eq!(agent(&double, "heygen-doctor/0.1.0").await, 403);
    assert_eq!(agent(&double, "curl/8.0").await, 200);
}

#[tokio::test]
async fn headers_can_be_lost_in_one_spelling_or_in_all() {
    let double = Double::of("title-case-gateway").await;
    for (name, status) in [("X-Api-Key", 200), ("x-api-key", 401), ("X-API-Key", 401)] {
        assert_eq!(double.ask("GET", ME, &[(name, &double.key)]).await.status, status, "{name}");
    }
    let double = Double::of("header-stripped").await;
    assert!(double.get(ME).await.body.contains("missing_api_key"));
    let bearer = format!("Bearer {}", double.key);
    let answer = double.ask("GET", ME, &[("authorization", &bearer)]).await;
    assert!(answer.body.contains("invalid_api_key"), "{}", answer.body);
}

#[tokio::test]
async fn headers_can_come_in_another_order() {
    let answer = Double::of("deactivated").await.get(ME).await;
    let first = answer.head.lines().nth(1).unwrap();
    assert!(first.starts_with("connection: "), "{first}");
}

#[tokio::test]
async fn brackets_are_closed_as_often_as_they_were_opened() {
    let body = Double::of("deep-json").await.get(ME).await.body;
    let depth = body.matches('[').count();
    assert_eq!((depth, body.matches(']').count()), (20_000, 20_000));
    assert!(body.ends_with("]}"));
}

#[tokio::test]
async fn a_key_can_be_replaced_in_mid_run() {
    let double = Double::of("regenerated-mid-run").await;
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(double.get(ME).await.status);
    }
    assert_eq!(statuses, [vec![200; 25], vec![401; 5]].concat());
}

#[tokio::test]
async fn an_oauth_token_is_taken_as_bearer_only() {
    let double = Double::of("oauth-stored").await;
    let bearer = format!("Bearer {}", double.key);
    assert_eq!(double.ask("GET", ME, &[("authorization", &bearer)]).await.status, 200);
    assert_eq!(double.get(ME).await.status, 401);
    assert!(load("oauth-stored").unwrap().oauth);
}

#[tokio::test]
async fn a_proxy_is_asked_for_a_tunnel() {
    let double = Double::of("proxy-login").await;
    let answer = double.ask("CONNECT", "api.heygen.invalid:443", &[]).await;
    assert_eq!((answer.status, answer.header("proxy-authenticate")), (407, vec!["Negotiate"]));
    assert!(load("proxy-login").unwrap().is_proxy());
}
