//! One set of TLS settings for everything that is sent: the HTTP client and the doctor's own sockets.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::{Usage, why};
use crate::files;

mod precise;
mod roots;

pub(crate) use roots::NoRoots;

/// No bundle of roots is larger than this.
const CA_FILE_LIMIT: usize = 4 << 20;

/// How the other side of a TLS connection is judged.
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

/// This machine's trust store, and the roots in `ca_cert` beside it.
///
/// On Linux the store is the one that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, where they are set. A
/// machine without any root is no error here: then every chain is refused, and the fault says why.
///
/// # Errors
///
/// When `ca_cert` can't be read, or holds no usable certificate.
pub fn settings(ca_cert: Option<&Path>) -> Result<TlsSettings, Usage> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let given = ca_cert.map(read_roots).transpose()?.unwrap_or_default();
    let here: Arc<dyn ServerCertVerifier> =
        match Verifier::new_with_extra_roots(given.clone(), Arc::clone(&provider)) {
            Ok(verifier) => Arc::new(precise::Precise { verifier: Arc::new(verifier), given }),
            Err(_) => Arc::new(roots::Rootless::new(Arc::clone(&provider))),
        };
    Ok(TlsSettings {
        config: client_config(Arc::clone(&provider), Arc::clone(&here))?,
        here,
        public: public_verifier(provider)?,
    })
}

impl TlsSettings {
    /// Settings for a client that speaks the protocols in `alpn`, the preferred one first.
    #[must_use]
    pub fn client_config(&self, alpn: &[&[u8]]) -> ClientConfig {
        let mut config = self.config.clone();
        config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
        config
    }

    /// The same with another judge in place of this machine's.
    pub(crate) fn judged_by(
        &self,
        verifier: Arc<dyn ServerCertVerifier>,
        alpn: &[&[u8]],
    ) -> ClientConfig {
        let mut config = self.client_config(alpn);
        config.dangerous().set_certificate_verifier(verifier);
        config
    }

    /// What this machine trusts, `--ca-cert` included.
    pub(crate) fn here(&self) -> &Arc<dyn ServerCertVerifier> {
        &self.here
    }

    /// What the public roots alone vouch for.
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
    config.resumption = rustls::client::Resumption::disabled();
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

fn read_roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, Usage> {
    let pem = files::read(path, CA_FILE_LIMIT, files::PATIENCE)
        .map_err(|error| unusable(&format!("can't be read: {}", why(&error))))?;
    let roots = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| unusable("is not valid PEM"))?;
    let (added, refused) = RootCertStore::empty().add_parsable_certificates(roots.iter().cloned());
    match (added, refused) {
        (0, 0) => Err(unusable("holds no certificate")),
        (_, 1..) => Err(unusable("holds a certificate that can't be a root")),
        _ => Ok(roots),
    }
}

fn unusable(why: &str) -> Usage {
    Usage::new(
        format!("The file given with --ca-cert {why}."),
        "Give a PEM file: one or more blocks that begin with -----BEGIN CERTIFICATE-----.",
    )
}
