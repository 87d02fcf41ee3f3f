//! Passing on: every byte as it came, each once.

use std::sync::{Arc, Mutex};

use heygen_doctor::key::ApiKey;
use heygen_doctor::listen::Answered;
use heygen_doctor::record::heard::Answerer;
use heygen_doctor::record::observation::FaultKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Port;
use crate::binary::{KEY, doctor};
use crate::loopback::{Authority, dead_port, head, serve};

/// Everything that a server got, connection by connection.
type Got = Arc<Mutex<Vec<String>>>;

/// A server that answers each head, and what comes behind it, with `answer`.
async fn far(answer: &'static [u8]) -> (u16, Got) {
    let got = Got::default();
    let kept = Arc::clone(&got);
    let port = serve(move |mut stream: TcpStream| {
        let kept = Arc::clone(&kept);
        async move {
            let mut bytes = vec![0; 64 * 1024];
            loop {
                let length = stream.read(&mut bytes).await.unwrap_or_default();
                if length == 0 {
                    return;
                }
                let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
                kept.lock().unwrap().push(text);
                if stream.write_all(answer).await.is_err() || answer.is_empty() {
                    return;
                }
            }
        }
    })
    .await;
    (port, got)
}

#[tokio::test]
async fn the_base_url_changes_path_and_host_and_nothing_else() {
    let (far, got) =
        far(b"HTTP/1.1 401 Unauthorized\r\nX-Odd:  1\r\nContent-Length: 2\r\n\r\n{}").await;
    let mut port = Port::open(Answered::HeyGen, &format!("http://127.0.0.1:{far}/gate")).await;
    let mut stream = port.connect().await;
    let rest = format!("x-ODD:a\r\nX-Api-Key:  {KEY}\r\nx-odd: b\r\nContent-Length: 3\r\n\r\nabc");
    let asked = format!("POST /{}/v3/x?y HTTP/1.1\r\nhOst: here\r\n{rest}", port.token);
    stream.write_all(asked.as_bytes()).await.unwrap();
    let answer = head(&mut stream).await;
    assert_eq!(answer, "HTTP/1.1 401 Unauthorized\r\nX-Odd:  1\r\nContent-Length: 2\r\n\r\n");
    let wanted = format!("POST /gate/v3/x?y HTTP/1.1\r\nhOst: 127.0.0.1:{far}\r\n{rest}");
    assert_eq!(got.lock().unwrap().concat(), wanted);
    let sent = port.sent().await;
    assert_eq!((sent.target.as_str(), sent.body.as_slice()), ("/gate/v3/x?y", &b"abc"[..]));
    let reply = sent.answered.unwrap();
    assert_eq!((reply.by, reply.status), (Answerer::Heygen, Some(401)));
    assert_eq!(reply.body, b"{}");
}

#[tokio::test]
async fn requests_on_one_connection_get_their_own_answers() {
    let (far, _) =
        far(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n").await;
    let mut port = Port::open(Answered::HeyGen, &format!("http://127.0.0.1:{far}")).await;
    let mut stream = port.connect().await;
    for number in 0..3 {
        let asked = format!("GET /{}/v3/{number} HTTP/1.1\r\nHost: x\r\n\r\n", port.token);
        stream.write_all(asked.as_bytes()).await.unwrap();
        let sent = port.sent().await;
        assert_eq!(sent.target, format!("/v3/{number}"));
        assert_eq!(sent.answered.unwrap().body, b"a");
    }
}

#[tokio::test]
async fn a_post_without_an_answer_is_never_repeated() {
    let (far, got) = far(b"").await;
    let mut port = Port::open(Answered::HeyGen, &format!("http://127.0.0.1:{far}")).await;
    let asked = format!("POST /{}/v3/videos HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}", port.token);
    assert_eq!(port.say(&asked).await, "");
    let sent = port.sent().await;
    let reply = sent.answered.unwrap();
    assert_eq!((reply.by, reply.status), (Answerer::Nobody, None));
    assert_eq!(got.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_heygen_that_is_not_there_is_told() {
    let base_url = format!("http://127.0.0.1:{}", dead_port().await);
    let mut port = Port::open(Answered::HeyGen, &base_url).await;
    let asked = format!("GET /{}/v3/users/me HTTP/1.1\r\n\r\n", port.token);
    assert!(port.say(&asked).await.starts_with("HTTP/1.1 502"));
    let sent = port.sent().await;
    assert_eq!(sent.answered.unwrap().by, Answerer::Nobody);
    assert_eq!(sent.fault, Some(FaultKind::Refused));
}

/// A proxy of the user's own, behind which a server stands for HeyGen.
async fn proxy_before(authority: &Authority, name: &str) -> (u16, Got) {
    let acceptor = authority.sign(name, -1, 90).acceptor(&[b"http/1.1"]);
    let got = Got::default();
    let kept = Arc::clone(&got);
    let port = serve(move |mut stream| {
        let (acceptor, kept) = (acceptor.clone(), Arc::clone(&kept));
        async move {
            let asked = head(&mut stream).await;
            kept.lock().unwrap().push(asked);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            if let Ok(mut inside) = acceptor.accept(stream).await {
                let asked = head(&mut inside).await;
                kept.lock().unwrap().push(asked);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nContent-Type: application/json\r\n\r\n{\"data\":{}}";
                let _ = inside.write_all(answer).await;
            }
        }
    })
    .await;
    (port, got)
}

async fn through(authority: &Authority, proxy: u16) -> std::process::Output {
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).env("PATH", "/usr/bin:/bin");
    command.env("HTTPS_PROXY", format!("http://user:password@127.0.0.1:{proxy}"));
    command.args(["listen", "--forward", "--ca-cert"]).arg(authority.file());
    let script = "curl -sS --http1.1 -H \"x-Api-KEY: $HEYGEN_API_KEY\" -H 'X-Odd: 1' -H 'Accept:' -A odd https://api.heygen.com/v3/users/me";
    command.args(["--json", "--", "sh", "-c", script]);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_verified_and_the_users_own_proxy_is_used() {
    if !super::command::has("curl") {
        return;
    }
    let authority = Authority::new();
    let (proxy, got) = proxy_before(&authority, "api.heygen.com").await;
    let output = through(&authority, proxy).await;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let got = got.lock().unwrap().clone();
    assert!(got[0].starts_with("CONNECT api.heygen.com:443 HTTP/1.1\r\n"), "{got:?}");
    // The user's login, and not the token of this run.
    assert!(
        got[0].to_lowercase().contains("proxy-authorization: basic dxnlcjpwyxnzd29yza=="),
        "{got:?}"
    );
    let wanted = format!(
        "GET /v3/users/me HTTP/1.1\r\nHost: api.heygen.com\r\nUser-Agent: odd\r\nx-Api-KEY: {KEY}\r\nX-Odd: 1\r\n\r\n"
    );
    assert_eq!(got[1], wanted);
    assert!(text.contains("\"by\": \"heygen\""), "{text}");
    assert!(!text.contains("password@") && !text.contains("SyntheticKey"), "{text}");
    // A certificate for another name: nothing of the request goes there.
    let (proxy, got) = proxy_before(&authority, "api.elsewhere.test").await;
    let output = through(&authority, proxy).await;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("\"by\": \"nobody\"") && text.contains("\"fault\": \"tls\""), "{text}");
    assert!(text.contains("\"cause\": \"tls_error\",\n    \"confidence\": \"likely\""), "{text}");
    assert_eq!(got.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_is_not_there_is_the_cause() {
    if !super::command::has("curl") {
        return;
    }
    let output = through(&Authority::new(), dead_port().await).await;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("\"cause\": \"proxy_error\",\n    \"confidence\": \"likely\""), "{text}");
}

#[tokio::test]
async fn a_control_is_over_where_its_length_says_so() {
    let (far, got) = far(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    let mut port = Port::open(Answered::HeyGen, &format!("http://127.0.0.1:{far}")).await;
    // The server keeps its connection open.
    let sent = port.listener.ask("/v3/users/me", &ApiKey::from_bytes(KEY.into())).await.unwrap();
    assert_eq!(sent.answered.unwrap().body, b"{}");
    assert_eq!(got.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stands_for_heygen_gets_what_was_meant_for_heygen() {
    if !super::command::has("curl") {
        return;
    }
    let (far, got) = far(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}").await;
    let mut command = doctor();
    command.env("HEYGEN_API_KEY", KEY).env("PATH", "/usr/bin:/bin");
    let base_url = format!("http://127.0.0.1:{far}/gate");
    command.args(["listen", "--forward", "--base-url", &base_url, "--json", "--", "sh", "-c"]);
    command.arg(
        "curl -sS -o /dev/null --http1.1 -A odd -H 'Accept:' https://api.heygen.com/v3/users/me",
    );
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let host = format!("Host: 127.0.0.1:{far}");
    let wanted = format!("GET /gate/v3/users/me HTTP/1.1\r\n{host}\r\nUser-Agent: odd\r\n\r\n");
    assert_eq!(got.lock().unwrap()[0], wanted);
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record["heard"][0]["host"], "api.heygen.com", "as the program meant it");
}
