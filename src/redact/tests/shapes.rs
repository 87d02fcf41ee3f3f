use super::{K1, K3, K4, redacted, redactor};
use crate::redact::{Ledger, Redactor};

const JWT: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzeW50aGV0aWMifQ.c2lnbmF0dXJl";

pub(super) fn stranger() -> Redactor {
    Redactor::new(&[], &[], &[])
}

#[test]
fn what_looks_like_a_secret_goes() {
    for (text, clean) in [
        (format!("got {JWT}."), "got [redacted]."),
        (format!("key {K1}, too"), "key [redacted], too"),
        ("sk_test_1234abcd5678".to_owned(), "[redacted]"),
        (format!("({K4})"), "([redacted])"),
        (format!("k={K3}&x=1"), "k=[redacted]&x=1"),
        ("Authorization: Bearer abcdef0123".to_owned(), "Authorization: Bearer [redacted]"),
        (
            "> AUTHORIZATION: Basic dTpwYXNz\r\n> a: b".to_owned(),
            "> AUTHORIZATION: Basic [redacted]\r\n> a: b",
        ),
        (
            "Authorization: Digest username=\"x\", response=\"y\"".to_owned(),
            "Authorization: Digest [redacted]",
        ),
        (
            "curl -H 'x-api-key: synthetic' https://a".to_owned(),
            "curl -H 'x-api-key: [redacted]' https://a",
        ),
        (
            r#"{"X-Api-Key": "synthetic", "a": 1}"#.to_owned(),
            r#"{"X-Api-Key": "[redacted]", "a": 1}"#,
        ),
        (r#"{\"x-api-key\":\"synth\"}"#.to_owned(), r#"{\"x-api-key\":\"[redacted]\"}"#),
        (
            r#"{"name": "x-api-key", "value": "abc"}"#.to_owned(),
            r#"{"name": "x-api-key", "value": "[redacted]"}"#,
        ),
        ("Cookie: a=b; c=d\nnext".to_owned(), "Cookie: [redacted]\nnext"),
        ("set-cookie: AWSALB=abc/def+1; Path=/".to_owned(), "set-cookie: [redacted]"),
        ("x AWSALBCORS=ab12/de+f; y".to_owned(), "x AWSALBCORS=[redacted]; y"),
        (
            "https://s3/a?X-Amz-Date=1&X-Amz-Signature=0a1b2c3d&z=1".to_owned(),
            "https://s3/a?X-Amz-Date=1&X-Amz-Signature=[redacted]&z=1",
        ),
        (
            "https://a/b?Signature=abc~123_&sig=12ab34&token=q1w2e3".to_owned(),
            "https://a/b?Signature=[redacted]&sig=[redacted]&token=[redacted]",
        ),
        (
            "u=https%3A%2F%2Fa%3Ftoken%3Dq1w2e3%26b".to_owned(),
            "u=https%3A%2F%2Fa%3Ftoken%3D[redacted]%26b",
        ),
        ("mail me.you+x@sub.example.org.".to_owned(), "mail [redacted]."),
        ("https://me:pw@proxy.local:80/".to_owned(), "https://[redacted]@proxy.local:80/"),
        (
            r#"{"access_token":"at-123456","client_secret":"xY12345"}"#.to_owned(),
            r#"{"access_token":"[redacted]","client_secret":"[redacted]"}"#,
        ),
        (r#"{"code":"4/0AX4XfWh-synthetic9"}"#.to_owned(), r#"{"code":"[redacted]"}"#),
    ] {
        goes(&text, clean);
    }
}

pub(super) fn goes(text: &str, clean: &str) {
    assert_eq!(redacted(&stranger(), text), clean);
    assert_eq!(redacted(&stranger(), clean), clean, "twice");
}

#[test]
fn authorization_by_other_names_goes() {
    for (text, clean) in [
        (
            "authorization=Bearer 8f7d0a1b, AUTHORIZATION=\"Basic dTpwYXNz\"",
            "authorization=Bearer [redacted], AUTHORIZATION=\"Basic [redacted]\"",
        ),
        (
            "HTTP_AUTHORIZATION=Bearer 8f7d0a1b header_authorization: Bearer 8f7d0a1b",
            "HTTP_AUTHORIZATION=Bearer [redacted] header_authorization: Bearer [redacted]",
        ),
        ("sent x-api-key: correcthorsebatterystaple", "sent x-api-key: [redacted]"),
    ] {
        goes(text, clean);
    }
}

#[test]
fn what_says_nothing_of_anyone_stays() {
    for text in [
        "x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678",
        "request 0f8fad5b-d9cb-469f-a165-70867728950e at 2026-01-02T03:04:05.678Z",
        "cf-ray: 8f3a1b2c3d4e5f60-FRA",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "v3.users-me/x-api-key/real",
        "sha256:0123456789ab",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "curl -H \"x-api-key: $HEYGEN_API_KEY\" https://api.heygen.com/v3/users/me",
        "curl -H 'x-api-key: $HEYGEN_API_KEY'",
        "HEYGEN_API_KEY=$KEY heygen-doctor check",
        "HEYGEN_API_KEY=your-api-key-here",
        "The key goes into the X-Api-Key header: Bearer is for OAuth tokens.",
        "X-Api-Key: the header HeyGen reads",
        "Authorization: Bearer is not accepted here",
        "the Authorization header, or a cookie: neither was sent",
        r#"{"code":"insufficient_credit","message":"no"}"#,
        r#"{"code":400112,"error":{"code":"internal_error","message":"Unauthorized"},"token":null}"#,
        r#"{"error":"invalid_token","token_type":"Bearer","expires_in":3600}"#,
        "status_code=401 code=401 token=missing",
        "sk_V2_hgu_k… and sk_buff, task_1234567890 hg_config",
        "@scope/package@1.2.3 and user@localhost",
        "[redacted] x-api-key: [redacted] Authorization: Bearer [redacted]",
        "Video 1700000001 took 12.5 s; 00112233445566778899aabbccddeeff is an md5",
        "x-api-key, authorization: bearer",
        "git clone git@github.com:some/where.git, or ssh://git@github.com/some/where",
        "set HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
        "- `POST /v1/oauth/token`, `/v1/oauth/revoke`\n- `token`, `/v1/oauth/revoke1`",
        "`Authorization: Token`; `Authorization` without a scheme; `x-api-key`",
        r#"{"header": "x-api-key", "sent_at": "2026-11-20T09:14:07.120Z"}"#,
        r#"{\"header\":\"x-api-key\",\"request_0123456789abcdef\":1}"#,
        "HEYGEN_API_KEY sha256:0123456789ab",
        "HEYGEN_API_KEY is what 1234 programs of HeyGen read, HEYGEN_API_KEY_PROD=$KEY",
        "HEYGEN_API_KEY\n0f8fad5b-d9cb-469f-a165-70867728950e",
        "token = get_token(); x-api-key = os.environ[\"HEYGEN_API_KEY\"]",
        "https://a/cb?code=insufficient_credit&error_code=400112&code=4001125555",
        "name: HEYGEN_API_KEY\n  valueFrom: {secretKeyRef: {name: heygen-0123456789abcdef}}",
        "sk_V2_hgu_kxxxxxxxxxxxxxxxxxxxxxxxx sk_V2_hgu_kyour-api-key-goes-here sk_V2_hgu_kAAAAAAAAAAAAAAAAAAAA",
        "task_V2_processing_1234567890",
        "",
    ] {
        assert_eq!(redacted(&stranger(), text), text);
        assert_eq!(redacted(&redactor(K1), text), text);
    }
}

#[test]
fn what_the_user_gave_stays() {
    let redactor = Redactor::new(&[], &[], &["me@example.org".to_owned()]);
    assert_eq!(redacted(&redactor, "me@example.org you@example.org"), "me@example.org [redacted]");
}

#[test]
fn hits_that_touch_are_one_and_the_secret_names_it() {
    let mut ledger = Ledger::default();
    let text = format!("Authorization: Bearer x{K1}{K1}\n");
    assert_eq!(redactor(K1).redact(&text, &mut ledger), "Authorization: Bearer [redacted]\n");
    assert_eq!((ledger.replaced, ledger.by_form["as_given"]), (1, 1));
}

/// Put together here, so that nobody's scanner takes this file for a leak.
#[test]
fn tokens_of_other_vendors_go() {
    let noise = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
    let hex = "0123456789abcdef".repeat(4);
    for (prefix, rest) in [
        ("ghp", format!("_{}", &noise[..36])),
        ("xoxb", format!("-{}-{}", &hex[..10], &noise[..24])),
        ("gl", format!("pat-{}", &noise[..20])),
        ("np", format!("m_{}", &noise[..36])),
        ("h", format!("f_{}", &noise[..34])),
        ("hv", format!("s.{noise}{noise}")),
        ("AI", format!("za{}", &noise[..35])),
        ("dop", format!("_v1_{hex}")),
        ("lin", format!("_api_{noise}")),
        ("shp", format!("at_{}", &hex[..32])),
    ] {
        goes(&format!("used {prefix}{rest} now"), "used [redacted] now");
    }
    for (text, clean) in [
        ("DB_PASSWORD=V", "DB_PASSWORD=[redacted]"),
        ("curl -u me:V https://a", "curl -u me:[redacted] https://a"),
        ("machine h login me password V\n", "machine h login me password [redacted]\n"),
        ("sshpass -p V ssh h", "sshpass -p [redacted] ssh h"),
        ("a.org\tTRUE\t/\tTRUE\t1\tsid\tV\n", "a.org\tTRUE\t/\tTRUE\t1\tsid\t[redacted]\n"),
    ] {
        goes(&text.replace('V', "x7Kq2mPz9Rt4"), clean);
    }
    // Tokens of Hugging Face may be letters alone; no name has so many capitals.
    let letters = "QbXvTkRwZnLpHdYmJcGsFtVqEaUoNxIrPi";
    for text in ["HF_TOKEN=V", "login --token V"] {
        let shown = text.replace('V', &format!("{}f_{letters}", "h"));
        goes(&shown, &text.replace('V', "[redacted]"));
    }
    goes(&format!("Authorization: Bot {letters}.a1"), "Authorization: Bot [redacted]");
    let kind = "PRIVATE KEY-----\n";
    let pem = format!("-----BEGIN RSA {kind}{noise}\n{noise}\n-----END RSA {kind}");
    let clean = format!("-----BEGIN RSA {kind}[redacted]-----END RSA {kind}");
    goes(&pem, &clean);
}

#[test]
fn names_that_look_like_secrets_stay() {
    for text in [
        "undefined reference to `sk_X509_num' and sk_X509_NAME_new_null",
        "Started user@1000.service, getty@tty1.service; left-pad@1.3.0.tgz",
        "https://a/cb?code=AUTH_FAILED_401&x=RIGHT_PAREN_2",
        "re_export_everything_from_here key-value-store fw_update_in_progress",
        "let password = get_password(); token: NextToken, secret: Secret::new()",
        "csrf_token=HttpSessionCsrfTokenRepositoryDelegateFactory",
    ] {
        assert_eq!(redacted(&stranger(), text), text);
    }
}
