//! Servers on loopback that answer, misbehave, or stay silent, and certificates for them.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Serves every connection with `answer` until the test ends; says the port.
pub(crate) async fn serve<F, Answering>(answer: F) -> u16
where
    F: Fn(TcpStream) -> Answering + Send + 'static,
    Answering: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    port
}

/// A port where nothing listens.
pub(crate) async fn dead_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port()
}

/// Reads the head of a request.
pub(crate) async fn head<S: AsyncRead + Unpin>(stream: &mut S) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}

/// Reads a request, and writes `bytes` for an answer.
pub(crate) async fn reply(mut stream: TcpStream, bytes: &[u8]) {
    head(&mut stream).await;
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

/// Keeps a connection open without a word.
pub(crate) async fn stay_silent(mut stream: TcpStream) {
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

/// A private certificate authority, its root in a file.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    directory: TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Corporate Interception CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let directory = tempfile::tempdir().unwrap();
        fs::File::create(directory.path().join("ca.pem"))
            .and_then(|mut file| file.write_all(issuer.pem().as_bytes()))
            .unwrap();
        Self { issuer, directory }
    }

    /// The root as a PEM file.
    pub(crate) fn file(&self) -> PathBuf {
        self.directory.path().join("ca.pem")
    }

    /// A certificate for `name` that is valid in the given days around today.
    pub(crate) fn sign(&self, name: &str, from_day: i64, to_day: i64) -> Identity {
        let (params, key) = leaf(name, from_day, to_day);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity {
            chain: vec![certificate.der().clone(), self.issuer.der().clone()],
            key: PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        }
    }
}

/// A certificate with its key.
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    /// Signed by itself.
    pub(crate) fn lonely(name: &str) -> Self {
        let (params, key) = leaf(name, -1, 90);
        Self::signed_by_itself(&params, &key)
    }

    /// Signed by itself, and allowed to sign others: what `openssl req -x509` makes.
    pub(crate) fn lonely_authority(name: &str) -> Self {
        let (mut params, key) = leaf(name, -1, 90);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self::signed_by_itself(&params, &key)
    }

    fn signed_by_itself(params: &CertificateParams, key: &KeyPair) -> Self {
        let certificate = params.self_signed(key).unwrap();
        Self {
            chain: vec![certificate.der().clone()],
            key: PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        }
    }

    /// A TLS server that offers the protocols in `alpn`.
    pub(crate) fn acceptor(self, alpn: &[&[u8]]) -> TlsAcceptor {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(self.chain, self.key)
            .unwrap();
        config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }

    /// Serves one plain answer over TLS.
    pub(crate) async fn serve(self) -> u16 {
        let acceptor = self.acceptor(&[]);
        serve(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    head(&mut stream).await;
                    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
                    let _ = stream.shutdown().await;
                }
            }
        })
        .await
    }
}

#[expect(clippy::disallowed_methods, reason = "a certificate is valid around the day of the test")]
fn leaf(name: &str, from_day: i64, to_day: i64) -> (CertificateParams, KeyPair) {
    let current = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 86_400;
    let midnight = |offset: i64| {
        let since = current.checked_add_signed(offset).unwrap();
        date_time_ymd(1970, 1, 1) + Duration::from_secs(since * 86_400)
    };
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.not_before = midnight(from_day);
    params.not_after = midnight(to_day);
    (params, KeyPair::generate().unwrap())
}
