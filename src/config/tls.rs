//! The certificate authorities of `--ca-cert`.

use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{Usage, why};
use crate::files;
use crate::transport::TlsSettings;

/// The most bytes that are read of a file of roots.
const CA_FILE_LIMIT: usize = 4 << 20;

/// This machine's trust store, and the roots in `ca_cert` beside it.
///
/// # Errors
///
/// When `ca_cert` can't be read, or holds no usable certificate.
pub fn settings(ca_cert: Option<&Path>) -> Result<TlsSettings, Usage> {
    TlsSettings::new(ca_cert.map(read_roots).transpose()?.unwrap_or_default())
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
