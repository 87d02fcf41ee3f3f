//! Wave 1 against servers and proxies on loopback.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use std::path::Path;
use std::time::Duration;

use heygen_doctor::config::tls;
use heygen_doctor::record::facts::{Network, Tls};
use heygen_doctor::record::observation::{Fault, FaultKind, TlsFault};
use heygen_doctor::run::preflight::preflight;
use heygen_doctor::transport::Target;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use crate::loopback::{Authority, Identity, dead_port, reply, serve, stay_silent};

/// Longer than any of these servers takes.
const PATIENCE: Duration = Duration::from_secs(30);

async fn look_within(timeout: Duration, url: &str, ca: Option<&Path>) -> Network {
    let (base_url, tls) = (url.parse().unwrap(), tls::settings(ca).unwrap());
    let target = Target { base_url: &base_url, proxy: None, tls: &tls, timeout };
    preflight(target, None).await
}

async fn look(url: &str, ca: Option<&Path>) -> Network {
    look_within(PATIENCE, url, ca).await
}

fn kinds(fault: Option<&Fault>) -> Option<(FaultKind, Option<TlsFault>)> {
    fault.map(|fault| (fault.fault, fault.tls))
}

#[tokio::test]
async fn a_chain_that_only_this_machine_trusts() {
    let authority = Authority::new();
    let (ear, mut heard) = mpsc::unbounded_channel();
    let acceptor = authority.sign("localhost", -1, 90).acceptor(&[b"h2"]);
    let port = serve(move |stream| {
        let (acceptor, ear) = (acceptor.clone(), ear.clone());
        async move {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let mut said = Vec::new();
            let _ = stream.read_to_end(&mut said).await;
            ear.send(said).unwrap();
        }
    })
    .await;
    let network = look(&format!("https://localhost:{port}/"), Some(&authority.file())).await;

    let dns = network.dns.unwrap();
    assert_eq!((dns.host.as_str(), dns.fault), ("localhost", None));
    assert!(dns.addresses.contains(&"127.0.0.1".to_owned()), "{:?}", dns.addresses);
    let here = format!("127.0.0.1:{port}");
    let up = network.connections.iter().find(|attempt| attempt.address == here).unwrap();
    assert_eq!(up.fault, None);
    assert!(up.connect_ms.is_some() && up.tls_ms.is_some());
    let tls = network.tls.unwrap();
    assert_eq!((tls.version.as_deref(), tls.alpn.as_deref()), (Some("TLSv1.3"), Some("h2")));
    assert!(tls.trusted_here && !tls.trusted_publicly);
    let [leaf, root] = &tls.chain[..] else { panic!("{:?}", tls.chain) };
    assert_eq!(leaf.names, ["localhost"]);
    assert!(leaf.issuer.contains("Corporate Interception CA"), "{}", leaf.issuer);
    assert_eq!(leaf.issuer, root.subject);
    assert!(leaf.not_before.unwrap() < leaf.not_after.unwrap());
    assert!(heard.recv().await.unwrap().is_empty(), "nothing is said after the handshake");
}

#[tokio::test]
async fn a_refused_chain_is_shown_and_judged() {
    let authority = Authority::new();
    let stories = [
        (("elsewhere.test", -1, 90), TlsFault::WrongName),
        (("127.0.0.1", -90, -2), TlsFault::Expired),
        (("127.0.0.1", 2, 90), TlsFault::NotYetValid),
    ];
    for ((name, from, to), expected) in stories {
        let port = authority.sign(name, from, to).serve().await;
        let network = look(&format!("https://127.0.0.1:{port}/"), Some(&authority.file())).await;
        assert_eq!(network.dns, None);
        let [attempt] = &network.connections[..] else { panic!("{network:?}") };
        assert!(attempt.tls_ms.is_some());
        let expected = Some((FaultKind::Tls, Some(expected)));
        assert_eq!(kinds(attempt.fault.as_ref()), expected);
        let Tls { chain, trusted_here, trusted_publicly, fault, .. } = network.tls.unwrap();
        assert_eq!((trusted_here, trusted_publicly, chain.len()), (false, false, 2));
        assert_eq!(kinds(fault.as_ref()), expected);
        assert_eq!(chain[0].names, [name]);
    }
}

#[tokio::test]
async fn a_stranger_is_shown_too() {
    let port = Identity::lonely("127.0.0.1").serve().await;
    let tls = look(&format!("https://127.0.0.1:{port}/"), None).await.tls.unwrap();
    assert!(!tls.trusted_here && !tls.trusted_publicly);
    assert_eq!(tls.fault.unwrap().fault, FaultKind::Tls);
    assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
}

#[tokio::test]
async fn connections_that_do_not_come_up() {
    let silent = serve(stay_silent).await;
    let plain = serve(|stream| async move {
        let (mut reader, mut writer) = stream.into_split();
        let _ = reader.read_u8().await;
        let _ = tokio::io::AsyncWriteExt::write_all(&mut writer, b"HTTP/1.1 400 \r\n\r\n").await;
        let _ = tokio::io::copy(&mut reader, &mut tokio::io::sink()).await;
    })
    .await;
    let stories = [
        (dead_port().await, PATIENCE, false, (FaultKind::Refused, None)),
        (silent, Duration::from_millis(50), true, (FaultKind::Timeout, None)),
        (plain, PATIENCE, true, (FaultKind::Tls, Some(TlsFault::NotTls))),
    ];
    for (port, timeout, connected, expected) in stories {
        let url = format!("https://127.0.0.1:{port}/");
        let network = look_within(timeout, &url, None).await;
        let [attempt] = &network.connections[..] else { panic!("{network:?}") };
        assert_eq!((attempt.connect_ms.is_some(), attempt.tls_ms), (connected, None));
        assert_eq!(kinds(attempt.fault.as_ref()), Some(expected));
        assert_eq!(network.tls, None);
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    let network = look("https://doctor..invalid/", None).await;
    let dns = network.dns.unwrap();
    assert_eq!(kinds(dns.fault.as_ref()), Some((FaultKind::Dns, None)));
    assert!(dns.addresses.is_empty() && network.connections.is_empty());
}

#[tokio::test]
async fn plain_http_needs_no_handshake() {
    let port = serve(stay_silent).await;
    let network = look(&format!("http://127.0.0.1:{port}/"), None).await;
    assert_eq!((network.connections.len(), network.tls, network.status_page), (1, None, None));
    assert_eq!(network.connections[0].fault, None);
}

#[tokio::test]
async fn the_status_page_is_read_and_nothing_follows_it_elsewhere() {
    const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 79\r\n\r\n\
        {\"components\": [{\"name\": \"https://api.heygen.com\", \"status\": \"major_outage\"}] }";
    const AWAY: &[u8] = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\n\r\n";
    for (answer, component) in [(PAGE, Some("major_outage")), (AWAY, None)] {
        let page = serve(move |stream| reply(stream, answer)).await;
        let (base_url, tls) =
            ("http://127.0.0.1:9/".parse().unwrap(), tls::settings(None).unwrap());
        let url = format!("http://127.0.0.1:{page}/api/v2/summary.json");
        let target = Target { base_url: &base_url, proxy: None, tls: &tls, timeout: PATIENCE };
        let network = preflight(target, Some(&url)).await;
        let status = network.status_page.unwrap();
        assert_eq!(status.component.as_deref(), component, "{:?}", status.problem);
        assert_eq!(status.problem.is_some(), component.is_none());
    }
}
