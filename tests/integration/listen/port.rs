//! Faults of tokens, hosts, tunnels and TLS.

use heygen_doctor::listen::Event;
use heygen_doctor::record::heard::{Answerer, Slip, Via};
use heygen_doctor::record::listened::Refusal;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Port, shake, value};
use crate::binary::KEY;
use crate::loopback::{dead_port, serve};

#[tokio::test]
async fn the_base_url_is_heard_with_its_token_and_refused_without() {
    let mut port = Port::of_double().await;
    let asked = |path: String, host: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nX-aPi-Key: {KEY}\r\nConnection: close\r\n\r\n"
        )
    };
    let (path, own) = (format!("/{}/v3/users/me?a=b", port.token), port.address.to_string());
    let answer = port.say(&asked(path.clone(), &own)).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let sent = port.sent().await;
    assert_eq!((sent.via, sent.target.as_str()), (Via::BaseUrl, "/v3/users/me?a=b"));
    assert_eq!(sent.host, "api.heygen.com");
    // Spelled as it was.
    assert_eq!(sent.headers[1], ("X-aPi-Key".to_owned(), KEY.as_bytes().to_vec()));
    let reply = sent.answered.unwrap();
    assert_eq!((reply.by, reply.status), (Answerer::Double, Some(200)));
    // A client that leaves out the path of a base URL isn't known here, as it is no descendant.
    for path in ["/v3/users/me", "/00000000000000000000000000000000/v3/users/me"] {
        let answer = port.say(&asked(path.to_owned(), &own)).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
    // A page in a browser reaches loopback under a name of its own.
    let answer = port.say(&asked(path, "attacker.example")).await;
    assert!(answer.starts_with("HTTP/1.1 421"), "{answer}");
    assert_eq!(port.listener.strangers(), 2);
    assert!(port.listener.events.try_recv().is_err(), "a stranger's request was heard");
}

#[tokio::test]
async fn a_proxy_without_the_token_is_of_no_use() {
    let far = serve(|stream| async move { drop(stream) }).await;
    let port = Port::of_double().await;
    for (target, login) in [
        (format!("127.0.0.1:{far}"), String::new()),
        ("api.heygen.com:443".to_owned(), String::new()),
        (format!("127.0.0.1:{far}"), super::base64("heygen-doctor", "wrong")),
        (format!("127.0.0.1:{far}"), super::base64(&port.token, "")),
    ] {
        let login = match login.as_str() {
            "" => String::new(),
            login => format!("Proxy-Authorization: Basic {login}\r\n"),
        };
        let answer = port.say(&format!("CONNECT {target} HTTP/1.1\r\n{login}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 407"), "{answer}");
        assert!(answer.contains("Proxy-Authenticate: Basic"), "{answer}");
    }
    let plain = format!("GET http://127.0.0.1:{far}/ HTTP/1.1\r\n\r\n");
    assert!(port.say(&plain).await.starts_with("HTTP/1.1 407"));
    // The way of the shims has no token at all: without its process nothing is said.
    let mut stream = port.connect().await;
    stream.write_all(&[0x16, 3, 1, 0, 1, 1]).await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
    assert_eq!(port.listener.strangers(), 6);
}

#[tokio::test]
async fn what_is_for_heygen_is_looked_into_and_keeps_its_spelling() {
    for (alpn, http2) in [
        (&[&b"h2"[..], b"http/1.1"][..], false),
        (&[&b"http/1.1"[..]][..], false),
        (&[][..], false),
        (&[&b"h2"[..]][..], true),
    ] {
        let mut port = Port::of_double().await;
        let mut stream = port.tls("api.heygen.com", alpn).await;
        if http2 {
            // Only that is left to it.
            assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            continue;
        }
        assert_ne!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let head =
            format!("GET /v3/users/me HTTP/1.1\r\nhost: api.heygen.com\r\nX-API-key:{KEY}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let sent = port.sent().await;
        assert_eq!((sent.via, sent.host.as_str()), (Via::Proxy, "api.heygen.com"));
        let names: Vec<_> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["host", "X-API-key"]);
        let offers = alpn.contains(&&b"h2"[..]).then_some(Slip::OffersHttp2);
        assert_eq!(sent.noted, Vec::from_iter(offers));
        assert_eq!(sent.answered.unwrap().status, Some(200));
    }
}

#[tokio::test]
async fn a_server_name_other_than_the_hosts_is_noted() {
    for (named, noted) in
        [("API.heygen.com", vec![]), ("app.heygen.com", vec![Slip::OtherServerName])]
    {
        let mut port = Port::of_double().await;
        let (_, stream) = port.tunnel("api.heygen.com:443").await;
        let roots =
            vec![CertificateDer::from_pem_file(value(&port.listener, "HEYGEN_DOCTOR_CA")).unwrap()];
        let mut stream = shake(named, roots, &[], stream).await.unwrap();
        stream
            .write_all(b"GET /v3/users/me HTTP/1.1\r\nHost: api.heygen.com\r\n\r\n")
            .await
            .unwrap();
        assert_eq!(port.sent().await.noted, noted, "{named}");
    }
}

#[tokio::test]
async fn what_is_not_encrypted_is_noted_and_not_accepted() {
    let mut port = Port::of_double().await;
    let login = super::base64("heygen-doctor", &port.token);
    let head = format!(
        "GET http://api.heygen.com/v3/users/me HTTP/1.1\r\nHost: api.heygen.com\r\nProxy-Authorization: Basic {login}\r\nX-Api-Key: {KEY}\r\nConnection: close\r\n\r\n"
    );
    assert!(port.say(&head).await.starts_with("HTTP/1.1 404"));
    assert_eq!(port.sent().await.noted, [Slip::PlainHttp]);
}

#[tokio::test]
async fn a_host_that_is_not_the_api_is_answered_as_such() {
    let mut port = Port::of_double().await;
    let mut stream = port.tls("app.heygen.com", &[]).await;
    let head =
        format!("GET /v3/users/me HTTP/1.1\r\nHost: app.heygen.com\r\nX-Api-Key: {KEY}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let sent = port.sent().await;
    assert_eq!(sent.host, "app.heygen.com");
    assert_eq!(sent.answered.unwrap().status, Some(404));
}

#[tokio::test]
async fn the_authority_is_good_for_heygen_alone_and_its_key_is_nowhere() {
    let port = Port::of_double().await;
    let ours = super::value(&port.listener, "HEYGEN_DOCTOR_CA");
    let folder = std::path::Path::new(&ours).parent().unwrap().to_owned();
    let text = std::fs::read_to_string(&ours).unwrap();
    assert_eq!(text.matches("BEGIN CERTIFICATE").count(), 1);
    let mut open = vec![folder.clone()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for secret in ["PRIVATE KEY", KEY] {
            let holds = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!holds, "{secret} in {}", path.display());
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    drop(port);
    assert!(!folder.exists());
}

#[tokio::test]
async fn other_hosts_are_tunnelled_byte_for_byte_and_only_once_they_are_reached() {
    // Not HTTP, and the far side speaks first.
    let far = serve(|mut stream| async move {
        stream.write_all(b"\x00hello").await.unwrap();
        let mut got = [0; 5];
        stream.read_exact(&mut got).await.unwrap();
        stream.write_all(&got).await.unwrap();
    })
    .await;
    let mut port = Port::of_double().await;
    let (answer, mut stream) = port.tunnel(&format!("127.0.0.1:{far}")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    stream.write_all(b"\x01\r\n\r\n").await.unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await.unwrap();
    assert_eq!(all, b"\x00hello\x01\r\n\r\n");
    let (answer, _) = port.tunnel(&format!("127.0.0.1:{}", dead_port().await)).await;
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    // A tunnel back to the port itself would never end.
    for own in ["127.0.0.1", "localhost"] {
        let (answer, _) = port.tunnel(&format!("{own}:{}", port.address.port())).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    }
    // Another port of HeyGen's host isn't looked into.
    assert_eq!(port.listener.passed(), ["127.0.0.1"]);
    assert!(port.listener.events.try_recv().is_err());
}

#[tokio::test]
async fn plain_requests_to_other_hosts_pass_without_the_token() {
    let (heard, mut told) = tokio::sync::mpsc::channel(1);
    let far = serve(move |mut stream| {
        let heard = heard.clone();
        async move {
            heard.send(crate::loopback::head(&mut stream).await).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
                .await
                .unwrap();
        }
    })
    .await;
    let port = Port::of_double().await;
    let login = super::base64("heygen-doctor", &port.token);
    let answer = port
        .say(&format!(
            "GET http://127.0.0.1:{far}/a?b HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic {login}\r\nX-Odd: 1\r\n\r\n"
        ))
        .await;
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    let head = told.recv().await.unwrap();
    assert_eq!(head, "GET /a?b HTTP/1.1\r\nHost: x\r\nX-Odd: 1\r\nConnection: close\r\n\r\n");
}

#[tokio::test]
async fn a_client_that_refuses_the_certificate_is_told_by_how_it_does_so() {
    let mut port = Port::of_double().await;
    let (_, stream) = port.tunnel("api.heygen.com:443").await;
    shake("api.heygen.com", Vec::new(), &[], stream).await.unwrap_err();
    let told = |event| match event {
        Event::Stopped(stop) => (stop.host, stop.how),
        Event::Sent(..) => panic!("a request"),
    };
    assert_eq!(told(port.event().await), ("api.heygen.com".to_owned(), Refusal::Certificate));
    // Handshake, and not a word more.
    drop(port.tls("api.heygen.com", &[]).await);
    assert_eq!(told(port.event().await).1, Refusal::Silent);
    // A carriage return that is no end of a line.
    let mut stream = port.tls("api.heygen.com", &[]).await;
    let request =
        b"GET /v3/users/me HTTP/1.1\r\nHost: api.heygen.com\r\nX-Api-Key: key\rend\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 400 "));
    drop(stream);
    assert_eq!(told(port.event().await).1, Refusal::NotHttp);
    // The certificate isn't even waited for.
    let (_, mut stream) = port.tunnel("api.heygen.com:443").await;
    stream.write_all(&hello()).await.unwrap();
    stream.read_u8().await.unwrap();
    drop(stream);
    assert_eq!(told(port.event().await).1, Refusal::Left);
}

/// The first message of a client.
fn hello() -> Vec<u8> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let name = "api.heygen.com".try_into().unwrap();
    let mut client = rustls::ClientConnection::new(std::sync::Arc::new(config), name).unwrap();
    let mut bytes = Vec::new();
    client.write_tls(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn every_variable_is_documented() {
    let page = include_str!("../../../docs/listen.md");
    let port = Port::of_double().await;
    for setting in &port.listener.settings {
        let row = format!("| `{}` | {} |", setting.name, setting.reader);
        assert!(page.contains(&row), "docs/listen.md has no row that begins with {row}");
    }
    for host in heygen_doctor::listen::HOSTS {
        assert!(page.contains(&format!("`{host}`")), "docs/listen.md doesn't name {host}");
    }
}
