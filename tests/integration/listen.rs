//! `listen`: what a program sends, heard on its way.

/// The command, with programs that are there.
mod command;
/// HeyGen behind it.
mod forward;
/// The port, with sockets of our own.
mod port;
/// Signals, and what is left behind.
#[cfg(unix)]
mod signals;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use heygen_doctor::key::ApiKey;
use heygen_doctor::listen::{Answered, Event, Listener, Options, Valid};
use heygen_doctor::simulate::load;
use heygen_doctor::transport::TlsSettings;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use crate::binary::KEY;

/// Far longer than anything here takes.
const LONG: Duration = Duration::from_secs(30);

/// A listener in this very process, which is none of its own descendants: it needs the token.
struct Port {
    listener: Listener,
    address: SocketAddr,
    token: String,
}

impl Port {
    async fn open(answers: Answered, base_url: &str) -> Self {
        let options = Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_remote: false,
            base_url: Url::parse(base_url).unwrap(),
            tls: TlsSettings::new(Vec::new()).unwrap(),
            has_command: true,
            answers,
        };
        let listener = Listener::start(options).await.unwrap();
        let base = Url::parse(&value(&listener, "HEYGEN_API_BASE")).unwrap();
        let address = format!("{}:{}", base.host_str().unwrap(), base.port().unwrap());
        let token = base.path().trim_start_matches('/').to_owned();
        Self { listener, address: address.parse().unwrap(), token }
    }

    /// The double, with [`KEY`] as the valid one.
    async fn of_double() -> Self {
        let key = ApiKey::from_bytes(KEY.into());
        let healthy = Box::new(load("healthy").unwrap());
        let answers = Answered::Double(healthy, Valid::found(Some(&key)));
        Self::open(answers, "https://api.heygen.com").await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends these bytes, and gives what came until the end of the connection.
    async fn say(&self, bytes: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes.as_bytes()).await.unwrap();
        let mut all = Vec::new();
        let _ = tokio::time::timeout(LONG, stream.read_to_end(&mut all)).await.unwrap();
        String::from_utf8_lossy(&all).into_owned()
    }

    /// A tunnel to a host, after the answer of the proxy.
    async fn tunnel(&self, host: &str) -> (String, TcpStream) {
        let mut stream = self.connect().await;
        let login = base64("heygen-doctor", &self.token);
        let head = format!("CONNECT {host} HTTP/1.1\r\nProxy-Authorization: Basic {login}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = tokio::time::timeout(LONG, crate::loopback::head(&mut stream)).await.unwrap();
        (answer, stream)
    }

    /// TLS with HeyGen's host, as a client that trusts the file in `SSL_CERT_FILE`.
    async fn tls(&self, host: &str, alpn: &[&[u8]]) -> TlsStream<TcpStream> {
        let (_, stream) = self.tunnel(&format!("{host}:443")).await;
        let roots = value(&self.listener, "SSL_CERT_FILE");
        let roots = CertificateDer::pem_file_iter(roots).unwrap().map(Result::unwrap).collect();
        shake(host, roots, alpn, stream).await.unwrap()
    }

    async fn event(&mut self) -> Event {
        tokio::time::timeout(LONG, self.listener.events.recv()).await.unwrap().unwrap()
    }

    /// The next request.
    async fn sent(&mut self) -> heygen_doctor::heard::Sent {
        match self.event().await {
            Event::Sent(sent, _) => *sent,
            Event::Stopped(stop) => panic!("{stop:?}"),
        }
    }
}

async fn shake(
    host: &str,
    roots: Vec<CertificateDer<'static>>,
    alpn: &[&[u8]],
    stream: TcpStream,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(store)
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    let name = ServerName::try_from(host.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// What a variable is set to.
fn value(listener: &Listener, name: &str) -> String {
    let found = listener.settings.iter().find(|setting| setting.name == name).unwrap();
    found.value.clone().into_string().unwrap()
}

fn base64(user: &str, password: &str) -> String {
    use ::base64::Engine as _;
    ::base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}"))
}
