//! This machine's verifier, with the validity of the leaf told apart where the platform does not.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};
use x509_parser::prelude::{FromDer, X509Certificate};

/// macOS has no type for either breach, and Windows has one for both.
#[derive(Debug)]
pub(super) struct Dated(pub(super) Arc<dyn ServerCertVerifier>);

impl ServerCertVerifier for Dated {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| refine(error, end_entity, now))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

fn refine(error: rustls::Error, leaf: &CertificateDer<'_>, now: UnixTime) -> rustls::Error {
    use rustls::Error::InvalidCertificate;
    let vague =
        matches!(error, InvalidCertificate(CertificateError::Other(_) | CertificateError::Expired));
    let Ok((_, certificate)) = X509Certificate::from_der(leaf) else { return error };
    let second = |time: i64| {
        UnixTime::since_unix_epoch(std::time::Duration::from_secs(time.max(0).unsigned_abs()))
    };
    let not_before = second(certificate.validity().not_before.timestamp());
    let not_after = second(certificate.validity().not_after.timestamp());
    if vague && now < not_before {
        InvalidCertificate(CertificateError::NotValidYetContext { time: now, not_before })
    } else if vague && now > not_after {
        InvalidCertificate(CertificateError::ExpiredContext { time: now, not_after })
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use rustls::OtherError;

    use super::*;

    fn leaf() -> CertificateDer<'static> {
        let mut params = CertificateParams::new(vec!["doctor.test".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2001, 1, 1);
        params.not_after = date_time_ymd(2002, 1, 1);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
    }

    fn told(error: CertificateError, now: u64) -> CertificateError {
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now));
        match refine(error.into(), &leaf(), now) {
            rustls::Error::InvalidCertificate(error) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_platform_leaves_open_is_told_by_the_dates() {
        let vague = || CertificateError::Other(OtherError(Arc::new(std::fmt::Error)));
        let (before, within, after) = (900_000_000, 990_000_000, 1_100_000_000);
        assert!(matches!(told(vague(), before), CertificateError::NotValidYetContext { .. }));
        assert!(matches!(told(vague(), within), CertificateError::Other(_)));
        assert!(matches!(told(vague(), after), CertificateError::ExpiredContext { .. }));
        let expired = told(CertificateError::Expired, before);
        assert!(matches!(expired, CertificateError::NotValidYetContext { .. }));
    }

    #[test]
    fn what_a_platform_says_by_type_stands() {
        let error = told(CertificateError::NotValidForName, 1_100_000_000);
        assert_eq!(error, CertificateError::NotValidForName);
    }
}
