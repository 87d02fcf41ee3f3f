//! Every kind of fault, made on real sockets, is told by type through the program's own client.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use std::path::Path;
use std::time::Duration;

use heygen_doctor::config::{proxy, tls};
use heygen_doctor::record::observation::{Fault, FaultKind, TlsFault};
use heygen_doctor::transport::{Client, ProxyChoice, Settings, fault};
use reqwest::{Method, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::loopback::{Authority, Identity, dead_port, head, reply, serve, stay_silent};

/// Longer than any of these servers takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The platform verifier of macOS has no type for a chain that ends at a root it does not trust.
const STRANGER: TlsFault =
    if cfg!(target_os = "macos") { TlsFault::Other } else { TlsFault::UnknownIssuer };

/// The program's own client.
fn client(ca: Option<&Path>, proxy: Option<&ProxyChoice>) -> Client {
    let tls = &tls::settings(ca).unwrap();
    Client::new(Settings { tls, proxy, timeout: PATIENCE, http1_only: false }).unwrap()
}

async fn asked(client: &Client, url: &str, time: Duration) -> Result<Response, Fault> {
    let request = client.request(Method::GET, url.parse().unwrap());
    client.send(request, false, Instant::now() + time).await.answer
}

async fn fault_of(client: &Client, url: &str, time: Duration) -> Fault {
    let fault = match asked(client, url, time).await {
        Ok(response) => fault::of_reqwest(&response.bytes().await.expect_err("a fault")),
        Err(fault) => fault,
    };
    assert!(!fault.detail.contains("://") && !fault.detail.contains('\n'), "{}", fault.detail);
    fault
}

async fn plain(url: &str) -> FaultKind {
    let fault = fault_of(&client(None, None), url, PATIENCE).await;
    assert_eq!(fault.tls, None, "{}", fault.detail);
    fault.fault
}

async fn tls_fault(ca: Option<&Path>, port: u16) -> (FaultKind, Option<TlsFault>) {
    let url = format!("https://localhost:{port}/v3/users/me");
    let fault = fault_of(&client(ca, None), &url, PATIENCE).await;
    (fault.fault, fault.tls)
}

#[tokio::test]
async fn nothing_listens() {
    let port = dead_port().await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::Refused);
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    // No name has an empty part: resolvers say so without asking anybody.
    assert_eq!(plain("http://doctor..invalid/").await, FaultKind::Dns);
    assert_eq!(plain("https://doctor..invalid/").await, FaultKind::Dns);
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let port = serve(stay_silent).await;
    let url = format!("http://127.0.0.1:{port}/");
    let fault = fault_of(&client(None, None), &url, Duration::from_millis(50)).await;
    assert_eq!(fault.fault, FaultKind::Timeout);
}

#[tokio::test]
async fn a_handshake_that_never_ends() {
    let port = serve(stay_silent).await;
    let url = format!("https://127.0.0.1:{port}/");
    let fault = fault_of(&client(None, None), &url, Duration::from_millis(50)).await;
    assert_eq!(fault.fault, FaultKind::ConnectTimeout);
}

#[tokio::test]
async fn a_server_that_hangs_up() {
    let port = serve(|stream| reply(stream, b"")).await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::Closed);
}

#[tokio::test]
async fn a_server_that_hangs_up_during_the_handshake() {
    let port = serve(async |mut stream| {
        let _ = stream.read_u8().await;
    })
    .await;
    assert_eq!(tls_fault(None, port).await, (FaultKind::Closed, None));
}

#[tokio::test]
async fn a_body_that_is_cut_short() {
    let port =
        serve(|stream| reply(stream, b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")).await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::Closed);
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_body() {
    let (seen, head_was_read) = oneshot::channel::<()>();
    let once = std::sync::Mutex::new(Some(head_was_read));
    let port = serve(move |mut stream| {
        let head_was_read = once.lock().unwrap().take();
        async move {
            head(&mut stream).await;
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").await.unwrap();
            head_was_read.unwrap().await.unwrap();
            stream.set_zero_linger().unwrap();
        }
    })
    .await;
    let url = format!("http://127.0.0.1:{port}/");
    let response = asked(&client(None, None), &url, PATIENCE).await.unwrap();
    seen.send(()).unwrap();
    let error = response.bytes().await.unwrap_err();
    assert_eq!(fault::of_reqwest(&error).fault, FaultKind::Closed);
}

#[tokio::test]
async fn chunks_that_are_none() {
    let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a chunk\r\n";
    let port = serve(|stream| reply(stream, answer)).await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::NotHttp);
}

#[tokio::test]
async fn garbage() {
    let port = serve(|stream| reply(stream, b"SSH-2.0-OpenSSH_9.9\r\n")).await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::NotHttp);
}

#[tokio::test]
async fn tls_on_a_port_that_is_asked_in_plain() {
    let port = Identity::lonely("localhost").serve().await;
    assert_eq!(plain(&format!("http://127.0.0.1:{port}/")).await, FaultKind::NotHttp);
}

#[tokio::test]
async fn plain_http_on_a_port_that_is_asked_for_tls() {
    let port = serve(async |mut stream| {
        let _ = stream.read_u8().await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        stay_silent(stream).await;
    })
    .await;
    assert_eq!(tls_fault(None, port).await, (FaultKind::Tls, Some(TlsFault::NotTls)));
}

#[tokio::test]
async fn a_chain_that_ends_nowhere() {
    for identity in [Identity::lonely("localhost"), Identity::lonely_authority("localhost")] {
        let port = identity.serve().await;
        let told = tls_fault(None, port).await;
        assert_eq!(told, (FaultKind::Tls, Some(TlsFault::UnknownIssuer)));
    }
}

#[tokio::test]
async fn a_private_authority_is_trusted_only_when_given() {
    let authority = Authority::new();
    let port = authority.sign("localhost", -1, 90).serve().await;
    assert_eq!(tls_fault(None, port).await, (FaultKind::Tls, Some(STRANGER)));
    let (client, url) =
        (client(Some(&authority.file()), None), format!("https://localhost:{port}/"));
    let answer = asked(&client, &url, PATIENCE).await.unwrap();
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn a_root_of_the_same_name_vouches_for_nothing() {
    let port = Authority::new().sign("localhost", -1, 90).serve().await;
    let namesake = Authority::new();
    let told = tls_fault(Some(&namesake.file()), port).await;
    assert_eq!(told, (FaultKind::Tls, Some(STRANGER)));
}

#[tokio::test]
async fn certificates_of_the_wrong_name_or_time() {
    let authority = Authority::new();
    let stories = [
        (("elsewhere.test", -1, 90), TlsFault::WrongName),
        (("localhost", -90, -2), TlsFault::Expired),
        (("localhost", 2, 90), TlsFault::NotYetValid),
    ];
    for ((name, from, to), expected) in stories {
        let port = authority.sign(name, from, to).serve().await;
        let told = tls_fault(Some(&authority.file()), port).await;
        assert_eq!(told, (FaultKind::Tls, Some(expected)));
    }
}

#[tokio::test]
async fn a_server_that_refuses_the_handshake() {
    let authority = Authority::new();
    let acceptor = authority.sign("localhost", -1, 90).acceptor(&[b"something-else"]);
    let port = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let _ = acceptor.accept(stream).await;
        }
    })
    .await;
    let told = tls_fault(Some(&authority.file()), port).await;
    assert_eq!(told, (FaultKind::Tls, Some(TlsFault::Alert)));
}

#[tokio::test]
async fn http2_that_is_none_and_http2_that_ends() {
    const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
    const GOAWAY: &[u8] = &[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xb];
    const RESET: &[u8] = &[0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2];
    let authority = Authority::new();
    let stories = [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec(), FaultKind::NotHttp),
        ([SETTINGS, GOAWAY].concat(), FaultKind::Closed),
        ([SETTINGS, RESET].concat(), FaultKind::Closed),
    ];
    for (said, expected) in stories {
        let acceptor = authority.sign("localhost", -1, 90).acceptor(&[b"h2"]);
        let port = serve(move |stream| {
            let (acceptor, said) = (acceptor.clone(), said.clone());
            async move {
                let mut stream = acceptor.accept(stream).await.unwrap();
                // The preface ends with the second empty line; the request follows it.
                head(&mut stream).await;
                head(&mut stream).await;
                let mut rest = [0; 40];
                let _ = stream.read(&mut rest).await;
                let _ = stream.write_all(&said).await;
                let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
            }
        })
        .await;
        let told = tls_fault(Some(&authority.file()), port).await;
        assert_eq!(told, (expected, None));
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_let_through() {
    let refusals: [&[u8]; 4] = [
        b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
        b"garbage\r\n\r\n",
        b"",
    ];
    for refusal in refusals {
        let port = serve(move |stream| reply(stream, refusal)).await;
        let flag = format!("http://127.0.0.1:{port}");
        let target = "https://api.doctor.invalid/".parse().unwrap();
        let proxy = proxy::choose(Some(&flag), &|_| None, &target).unwrap().unwrap();
        let fault = fault_of(&client(None, Some(&proxy)), target.as_str(), PATIENCE).await;
        assert_eq!((fault.fault, fault.tls), (FaultKind::Proxy, None), "{}", fault.detail);
    }
}

#[tokio::test]
async fn a_value_that_no_header_can_carry() {
    let client = client(None, None);
    let request = client.request(Method::GET, "http://127.0.0.1:9/".parse().unwrap());
    let request = request.header("x-api-key", "two\r\nlines");
    let sent = client.send(request, false, Instant::now() + PATIENCE).await;
    assert_eq!(sent.answer.unwrap_err().fault, FaultKind::Unsendable);
}
