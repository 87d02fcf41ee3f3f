//! Reads a certificate.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use x509_parser::prelude::{ASN1Time, FromDer, GeneralName, X509Certificate};

use crate::record::facts::Certificate;

/// The most names of a certificate that are kept; it can hold thousands.
const NAMES: usize = 50;
/// The most characters of a name that are kept.
const LENGTH: usize = 300;

/// Reads a certificate; what can't be read is left out.
pub(super) fn describe(der: &[u8]) -> Certificate {
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        let unreadable = "unreadable".to_owned();
        return Certificate {
            subject: unreadable.clone(),
            issuer: unreadable,
            names: Vec::new(),
            not_before: None,
            not_after: None,
        };
    };
    Certificate {
        subject: clean(&certificate.subject().to_string()),
        issuer: clean(&certificate.issuer().to_string()),
        names: names(&certificate),
        not_before: time(certificate.validity().not_before),
        not_after: time(certificate.validity().not_after),
    }
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(alternatives)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    alternatives.value.general_names.iter().filter_map(name).take(NAMES).collect()
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(clean(name)),
        GeneralName::IPAddress(bytes) => {
            let ip = <[u8; 4]>::try_from(*bytes)
                .map(IpAddr::from)
                .or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from));
            ip.ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LENGTH).collect()
}

fn time(time: ASN1Time) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.timestamp(), 0)
}
