//! One set of TLS settings for everything that is sent: the HTTP client and the doctor's own sockets.

use std::fmt;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::Usage;

mod precise;
mod roots;
mod sessions;

pub(crate) use roots::NoRoots;

/// The judges of the other side of a TLS connection, and the settings built on them.
#[derive(Clone)]
pub struct TlsSettings {
    config: ClientConfig,
    here: Arc<dyn ServerCertVerifier>,
    public: Arc<dyn ServerCertVerifier>,
}

impl fmt::Debug for TlsSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsSettings").finish_non_exhaustive()
    }
}

impl TlsSettings {
    /// This machine's trust store, and `roots` beside it.
    ///
    /// On Linux the store is the one that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, where they are
    /// set. A machine without any root is no error here: then every chain is refused, and the fault
    /// says why.
    ///
    /// # Errors
    ///
    /// When the TLS library can't be set up.
    pub fn new(roots: Vec<CertificateDer<'static>>) -> Result<Self, Usage> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let here: Arc<dyn ServerCertVerifier> =
            match Verifier::new_with_extra_roots(roots.clone(), Arc::clone(&provider)) {
                Ok(verifier) => {
                    Arc::new(precise::Precise { verifier: Arc::new(verifier), given: roots })
                }
                Err(_) => Arc::new(roots::Rootless::new(Arc::clone(&provider))),
            };
        Ok(Self {
            config: client_config(Arc::clone(&provider), Arc::clone(&here))?,
            here,
            public: public_verifier(provider)?,
        })
    }

    /// Settings for a client that speaks the protocols in `alpn`, the preferred one first.
    #[must_use]
    pub fn client_config(&self, alpn: &[&[u8]]) -> ClientConfig {
        let mut config = self.config.clone();
        config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
        config
    }

    /// Settings with another judge in place of this machine's.
    pub(crate) fn judged_by(
        &self,
        verifier: Arc<dyn ServerCertVerifier>,
        alpn: &[&[u8]],
    ) -> ClientConfig {
        let mut config = self.client_config(alpn);
        config.dangerous().set_certificate_verifier(verifier);
        config
    }

    /// The judge that stands for this machine and the given roots.
    pub(crate) fn here(&self) -> &Arc<dyn ServerCertVerifier> {
        &self.here
    }

    /// The judge that knows the public roots alone.
    pub(crate) fn public(&self) -> &Arc<dyn ServerCertVerifier> {
        &self.public
    }
}

fn client_config(
    provider: Arc<CryptoProvider>,
    verifier: Arc<dyn ServerCertVerifier>,
) -> Result<ClientConfig, Usage> {
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| broken(&error))?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    // Every connection is judged anew, and none sends a request before its handshake is over.
    config.resumption = sessions::no_resumption();
    config.enable_early_data = false;
    Ok(config)
}

fn public_verifier(provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Usage> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| broken(&error))?;
    Ok(verifier)
}

fn broken(error: &dyn fmt::Display) -> Usage {
    Usage::new(
        format!("The TLS library can't be set up: {error}"),
        "This is a fault of heygen-doctor itself; please report it.",
    )
}
