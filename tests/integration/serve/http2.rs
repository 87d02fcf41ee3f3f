//! The same over TLS and HTTP/2.

use h2::client::{ResponseFuture, SendRequest};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use super::*;
use crate::loopback::Authority;

type Sender = SendRequest<bytes::Bytes>;

async fn connect(authority: &Authority, ear: &Ear) -> Sender {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority.file()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    let stream = ear.connect().await;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
    let (sender, connection) = h2::client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn ear(authority: &Authority, delivery: Delivery) -> Ear {
    let acceptor = authority.sign("localhost", -1, 30).acceptor(&[b"h2", b"http/1.1"]);
    let options = Options { speaks: Speaks::Tls(acceptor), ..options() };
    let reply = Reply::new(200).body("text/plain", "twelve bytes");
    Ear::start(options, Reply { delivery, ..reply }).await
}

async fn get(sender: &Sender, uri: &str) -> ResponseFuture {
    let request = http::Request::get(uri).header("x-api-key", "synthetic").body(()).unwrap();
    sender.clone().ready().await.unwrap().send_request(request, true).unwrap().0
}

/// The body, and whether it came to its end.
async fn body(response: ResponseFuture) -> (Vec<u8>, bool) {
    let mut body = response.await.unwrap().into_body();
    let mut bytes = Vec::new();
    while let Some(piece) = body.data().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(_) => return (bytes, false),
        }
    }
    (bytes, true)
}

#[tokio::test]
async fn requests_share_a_connection_and_name_their_host() {
    let authority = Authority::new();
    let ear = ear(&authority, Delivery::Whole).await;
    let sender = connect(&authority, &ear).await;
    let both =
        (get(&sender, "https://localhost/a?b=c").await, get(&sender, "https://localhost/d").await);
    for response in [both.0, both.1] {
        assert_eq!(body(response).await, (b"twelve bytes".to_vec(), true));
    }
    let heard = ear.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!((heard[0].target.as_str(), heard[0].version), ("/a?b=c", http::Version::HTTP_2));
    assert_eq!(heard[0].host.as_deref(), Some("localhost"));
    assert_eq!(spelled(&heard[0]), [("x-api-key", "synthetic")]);
    let strange = get(&sender, "https://attacker.example/").await.await.unwrap();
    assert_eq!(strange.status(), 421);
    assert_eq!(ear.heard().len(), 2);
}

#[tokio::test]
async fn a_broken_reply_breaks_its_stream_only() {
    let authority = Authority::new();
    for delivery in [Delivery::Reset, Delivery::Close, Delivery::Raw("noise".into())] {
        let ear = ear(&authority, delivery).await;
        let sender = connect(&authority, &ear).await;
        for _ in 0..2 {
            let error = get(&sender, "https://localhost/").await.await.unwrap_err();
            assert!(error.is_reset(), "{error}");
        }
    }
    let ear = ear(&authority, Delivery::Truncated).await;
    let sender = connect(&authority, &ear).await;
    assert_eq!(body(get(&sender, "https://localhost/").await).await, (b"twelve".to_vec(), false));
}
