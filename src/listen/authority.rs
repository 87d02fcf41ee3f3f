//! An authority for one run: it signs one certificate, and then its key is gone.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;

use crate::error::Usage;

/// The domains that it may sign for; clients refuse everything else that it would have signed.
const DOMAINS: [&str; 2] = ["heygen.com", "liveavatar.com"];
/// How far the clock of a client may be wrong, in days.
const MARGIN: i64 = 2;
/// The longest run, in days.
const LONGEST: i64 = 30;

/// What is left of the authority: its certificate, and what it signed.
pub(super) struct Authority {
    /// For bundles of certificates.
    pub(super) pem: String,
    /// The same for Java.
    pub(super) der: Vec<u8>,
    /// The server side of a handshake.
    pub(super) config: Arc<ServerConfig>,
}

impl Authority {
    /// Makes one with a certificate for these hosts, for a server that speaks the protocols in `alpn`.
    pub(super) fn new(hosts: &[&str], alpn: &[&[u8]], now: DateTime<Utc>) -> Result<Self, Usage> {
        Self::made(hosts, alpn, now).map_err(|error| {
            Usage::new(
                format!("A certificate for this run can't be made: {error}."),
                "This is a fault of heygen-doctor itself; please report it.",
            )
        })
    }

    fn made(
        hosts: &[&str],
        alpn: &[&[u8]],
        now: DateTime<Utc>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let issuer = CertifiedIssuer::self_signed(authority(now), KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let signed = leaf(hosts, now)?.signed_by(&key, &issuer)?;
        let certificate = issuer.as_ref();
        let key = PrivateKeyDer::try_from(key.serialize_der())?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![signed.der().clone()], key)?;
        config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
        Ok(Self {
            pem: certificate.pem(),
            der: certificate.der().to_vec(),
            config: Arc::new(config),
        })
    }
}

fn authority(now: DateTime<Utc>) -> CertificateParams {
    let mut params = dated(CertificateParams::default(), now);
    let name = format!("heygen-doctor listen {:08x}, for one run", rand::random::<u32>());
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let permitted = DOMAINS.map(|domain| GeneralSubtree::DnsName(domain.to_owned()));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted.to_vec(),
        excluded_subtrees: Vec::new(),
    });
    params
}

fn leaf(hosts: &[&str], now: DateTime<Utc>) -> Result<CertificateParams, rcgen::Error> {
    let names: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
    let mut params = dated(CertificateParams::new(names)?, now);
    params.distinguished_name.push(DnType::CommonName, "heygen-doctor listen");
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Without it Python 3.13 refuses the certificate.
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn dated(mut params: CertificateParams, now: DateTime<Utc>) -> CertificateParams {
    let day = |days: i64| {
        let day = now + TimeDelta::days(days);
        let part = |number: u32| u8::try_from(number).unwrap_or(1);
        date_time_ymd(day.year(), part(day.month()), part(day.day()))
    };
    params.not_before = day(-MARGIN);
    params.not_after = day(LONGEST);
    params
}
