//! Certificates of the double, all of them synthetic and worthless.
//!
//! `cargo test --test integration regenerate_certificates -- --ignored` makes new ones.

use std::io;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::Deserialize;
use tokio_rustls::TlsAcceptor;

/// The certificate that a server shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Certificate {
    /// The right name, signed by an authority that no public store knows.
    PrivateCa,
    /// The right name, signed by itself.
    SelfSigned,
    /// Another name, signed by the private authority.
    WrongName,
    /// The right name, out of date, signed by the private authority.
    Expired,
    /// The right name, not valid yet, signed by the private authority.
    NotYetValid,
}

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("../../fixtures/tls/", $name, ".pem"))
    };
}

/// The certificate of the private authority.
pub(super) const AUTHORITY: &str = pem!("ca");

impl Certificate {
    /// The chain and its key, in one text.
    const fn pem(self) -> &'static str {
        match self {
            Self::PrivateCa => pem!("private-ca"),
            Self::SelfSigned => pem!("self-signed"),
            Self::WrongName => pem!("wrong-name"),
            Self::Expired => pem!("expired"),
            Self::NotYetValid => pem!("not-yet-valid"),
        }
    }

    /// The server side of a handshake with this certificate.
    pub(super) fn acceptor(self) -> io::Result<TlsAcceptor> {
        let pem = self.pem().as_bytes();
        let chain: Vec<_> =
            CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(broken)?;
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(broken)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(broken)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(broken)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
