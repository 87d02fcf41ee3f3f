//! Wave 1 through proxies on loopback.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heygen_doctor::config::{proxy, tls};
use heygen_doctor::record::facts::Network;
use heygen_doctor::record::observation::FaultKind;
use heygen_doctor::redact::Redactor;
use heygen_doctor::run::preflight::preflight;
use heygen_doctor::transport::Target;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::loopback::{Authority, head, serve, stay_silent};

const TARGET: &str = "https://api.doctor.invalid/";

async fn look(proxy_url: &str, ca: Option<&Path>, timeout: Duration) -> Network {
    let env = |name: &str| (name == "HTTPS_PROXY").then(|| OsString::from(proxy_url));
    let (base_url, tls) = (TARGET.parse().unwrap(), tls::settings(ca).unwrap());
    let proxy = proxy::choose(None, &env, &base_url).unwrap().unwrap();
    let target = Target { base_url: &base_url, proxy: Some(&proxy), tls: &tls, timeout };
    let network = preflight(target, None).await;
    let record = serde_json::to_string(&network).unwrap();
    let redactor = Redactor::new(&[], &proxy::logins(&env), &[]);
    assert_eq!(redactor.find(record.as_bytes()), None, "{record}");
    network
}

async fn patiently(proxy_url: &str, ca: Option<&Path>) -> Network {
    look(proxy_url, ca, Duration::from_secs(30)).await
}

/// Carries everything to a server on loopback, whatever was asked for.
async fn carry<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, port: u16) {
    let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}

fn assert_reached(network: &Network) {
    let tls = network.tls.as_ref().unwrap_or_else(|| panic!("{network:?}"));
    assert!(tls.trusted_here && !tls.trusted_publicly);
    assert_eq!(tls.chain[0].names, ["api.doctor.invalid"]);
    assert_eq!(network.connections.len(), 1);
    assert!(network.connections[0].tls_ms.is_some());
    let answer = network.proxy_connect.as_ref().unwrap();
    assert_eq!(answer.fault, None);
}

#[tokio::test]
async fn a_proxy_that_lets_through() {
    let authority = Authority::new();
    let target = authority.sign("api.doctor.invalid", -1, 90).serve().await;
    let asked = Arc::new(Mutex::new(String::new()));
    let ear = Arc::clone(&asked);
    let port = serve(move |mut stream| {
        let ear = Arc::clone(&ear);
        async move {
            *ear.lock().unwrap() = head(&mut stream).await;
            stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
            carry(stream, target).await;
        }
    })
    .await;
    let url = format!("http://anna:correct-horse@127.0.0.1:{port}");
    let network = patiently(&url, Some(&authority.file())).await;
    assert_reached(&network);
    assert_eq!(network.proxy_connect.unwrap().status, Some(200));
    let asked = asked.lock().unwrap().to_lowercase();
    assert!(asked.starts_with("connect api.doctor.invalid:443 http/1.1\r\n"), "{asked}");
    assert!(
        asked.contains("\r\nproxy-authorization: basic yw5uytpjb3jyzwn0lwhvcnnl\r\n"),
        "{asked}"
    );
    assert!(asked.contains("\r\nhost: api.doctor.invalid:443\r\n"), "{asked}");
}

#[tokio::test]
async fn a_proxy_that_refuses_says_why() {
    let port = serve(async |mut stream| {
        head(&mut stream).await;
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\
            proxy-authenticate: Basic realm=\"corp\"\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n";
        let _ = stream.write_all(answer.as_bytes()).await;
        stay_silent(stream).await;
    })
    .await;
    let network = patiently(&format!("http://127.0.0.1:{port}"), None).await;
    let answer = network.proxy_connect.unwrap();
    assert_eq!(answer.status, Some(407));
    assert_eq!(answer.fault.unwrap().fault, FaultKind::Proxy);
    let kept: Vec<_> = answer.headers.into_iter().collect();
    assert_eq!(kept, [("proxy-authenticate".to_owned(), "Basic realm=\"corp\"".to_owned())]);
    assert_eq!((network.tls, network.connections[0].tls_ms), (None, None));
}

#[tokio::test]
async fn a_proxy_that_is_none() {
    let garbage = serve(async |mut stream| {
        head(&mut stream).await;
        let _ = stream.write_all(b"220 mail.test ESMTP\r\n").await;
        stay_silent(stream).await;
    })
    .await;
    let silent = serve(stay_silent).await;
    let gone = serve(async |mut stream| drop(head(&mut stream).await)).await;
    let (long, short) = (Duration::from_secs(30), Duration::from_millis(50));
    for (port, timeout, expected) in [
        (garbage, long, FaultKind::NotHttp),
        (silent, short, FaultKind::Timeout),
        (gone, long, FaultKind::Closed),
    ] {
        let network = look(&format!("http://127.0.0.1:{port}"), None, timeout).await;
        let answer = network.proxy_connect.unwrap();
        assert_eq!((answer.status, answer.fault.unwrap().fault), (None, expected));
        assert_eq!(network.tls, None);
    }
}

#[tokio::test]
async fn a_proxy_over_tls_is_judged_before_it_learns_the_login() {
    let authority = Authority::new();
    let target = authority.sign("api.doctor.invalid", -1, 90).serve().await;
    let acceptor = authority.sign("127.0.0.1", -1, 90).acceptor(&[]);
    let asked = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&asked);
    let port = serve(move |stream| {
        let (acceptor, ear) = (acceptor.clone(), Arc::clone(&ear));
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let asked = head(&mut stream).await;
            ear.lock().unwrap().push(asked);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            carry(stream, target).await;
        }
    })
    .await;
    let url = format!("https://anna:correct-horse@127.0.0.1:{port}");

    let network = patiently(&url, None).await;
    let answer = network.proxy_connect.unwrap();
    assert_eq!((answer.status, answer.fault.unwrap().fault), (None, FaultKind::Tls));
    assert!(asked.lock().unwrap().is_empty(), "the login went to a stranger");

    assert_reached(&patiently(&url, Some(&authority.file())).await);
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_socks_proxy_that_lets_through_and_one_that_does_not() {
    let authority = Authority::new();
    let target = authority.sign("api.doctor.invalid", -1, 90).serve().await;
    for verdict in [0, 2] {
        let port = serve(move |mut stream| async move {
            let mut greeting = [0; 3];
            stream.read_exact(&mut greeting).await.unwrap();
            assert_eq!(greeting, [5, 1, 0]);
            stream.write_all(&[5, 0]).await.unwrap();
            let mut request = [0; 5 + "api.doctor.invalid".len() + 2];
            stream.read_exact(&mut request).await.unwrap();
            assert_eq!(request[..5], [5, 1, 0, 3, 18]);
            stream.write_all(&[5, verdict, 0, 1, 127, 0, 0, 1, 0, 0]).await.unwrap();
            if verdict == 0 {
                carry(stream, target).await;
            }
        })
        .await;
        let url = format!("socks5h://127.0.0.1:{port}");
        let network = patiently(&url, Some(&authority.file())).await;
        if verdict == 0 {
            assert_reached(&network);
        } else {
            let fault = network.proxy_connect.unwrap().fault.unwrap();
            assert_eq!(fault.fault, FaultKind::Proxy);
            assert_eq!(network.tls, None);
        }
    }
}
