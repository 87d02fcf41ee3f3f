//! This machine's verifier, with what it leaves open told from the certificate itself.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};

use crate::transport::x509::X509;

/// Names the rule that was broken where the platform has no type for it.
///
/// macOS has none for a certificate that is out of date, and Windows has one for both ways to be so.
/// On Linux a certificate that signed itself and may sign others, as `openssl req -x509` makes them,
/// is refused for the wrong use of an authority before anyone asks who signed it.
#[derive(Debug)]
pub(super) struct Precise {
    /// This machine's own verifier.
    pub(super) verifier: Arc<dyn ServerCertVerifier>,
    /// The roots of `--ca-cert`: never reported as an unknown issuer.
    pub(super) given: Vec<CertificateDer<'static>>,
}

impl ServerCertVerifier for Precise {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| self.refine(error, end_entity, now))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

impl Precise {
    fn refine(
        &self,
        error: rustls::Error,
        leaf: &CertificateDer<'_>,
        now: UnixTime,
    ) -> rustls::Error {
        use rustls::Error::InvalidCertificate;
        let untyped = matches!(error, InvalidCertificate(CertificateError::Other(_)));
        let undated = untyped || matches!(error, InvalidCertificate(CertificateError::Expired));
        let Some(certificate) = X509::read(leaf) else { return error };
        let not_before = moment(certificate.not_before);
        let not_after = moment(certificate.not_after);
        let alone = certificate.subject == certificate.issuer;
        if undated && now < not_before {
            InvalidCertificate(CertificateError::NotValidYetContext { time: now, not_before })
        } else if undated && now > not_after {
            InvalidCertificate(CertificateError::ExpiredContext { time: now, not_after })
        } else if untyped && alone && !self.given.iter().any(|given| given == leaf) {
            InvalidCertificate(CertificateError::UnknownIssuer)
        } else {
            error
        }
    }
}

fn moment(time: DateTime<Utc>) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(time.timestamp().max(0).unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use rcgen::{
        BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd,
    };
    use rustls::OtherError;

    use super::*;
    use crate::transport::tls::roots::Rootless;

    const BEFORE: u64 = 900_000_000;
    const WITHIN: u64 = 990_000_000;
    const AFTER: u64 = 1_100_000_000;

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::new(vec!["doctor.test".to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = date_time_ymd(2001, 1, 1);
        params.not_after = date_time_ymd(2002, 1, 1);
        params
    }

    fn signed_by_itself() -> CertificateDer<'static> {
        let mut params = params("alone");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
    }

    fn signed_by_another() -> CertificateDer<'static> {
        let issuer = Issuer::new(params("another"), KeyPair::generate().unwrap());
        let key = KeyPair::generate().unwrap();
        params("leaf").signed_by(&key, &issuer).unwrap().der().clone()
    }

    fn vague() -> CertificateError {
        CertificateError::Other(OtherError(Arc::new(std::fmt::Error)))
    }

    fn told(error: CertificateError, leaf: &CertificateDer<'static>, now: u64) -> CertificateError {
        told_with(error, leaf, now, Vec::new())
    }

    fn told_with(
        error: CertificateError,
        leaf: &CertificateDer<'static>,
        now: u64,
        given: Vec<CertificateDer<'static>>,
    ) -> CertificateError {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let precise = Precise { verifier: Arc::new(Rootless::new(provider)), given };
        let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
        match precise.refine(error.into(), leaf, now) {
            rustls::Error::InvalidCertificate(error) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_platform_leaves_open_is_told_by_the_dates() {
        for leaf in [signed_by_itself(), signed_by_another()] {
            let early = told(vague(), &leaf, BEFORE);
            assert!(matches!(early, CertificateError::NotValidYetContext { .. }));
            let late = told(vague(), &leaf, AFTER);
            assert!(matches!(late, CertificateError::ExpiredContext { .. }));
            let expired = told(CertificateError::Expired, &leaf, BEFORE);
            assert!(matches!(expired, CertificateError::NotValidYetContext { .. }));
        }
        assert!(matches!(told(vague(), &signed_by_another(), WITHIN), CertificateError::Other(_)));
    }

    #[test]
    fn who_signed_itself_is_a_stranger_unless_it_was_given() {
        let leaf = signed_by_itself();
        assert_eq!(told(vague(), &leaf, WITHIN), CertificateError::UnknownIssuer);
        let given = told_with(vague(), &leaf, WITHIN, vec![leaf.clone()]);
        assert!(matches!(given, CertificateError::Other(_)));
    }

    #[test]
    fn what_a_platform_says_by_type_stands() {
        let error = told(CertificateError::NotValidForName, &signed_by_itself(), AFTER);
        assert_eq!(error, CertificateError::NotValidForName);
    }
}
