//! Reads a certificate.

use std::net::IpAddr;

use super::x509::{Alternative, X509};
use crate::record::facts::Certificate;

/// The most names of a certificate that are kept; it can hold thousands.
const NAMES: usize = 50;
/// The most characters of a name that are kept.
const LENGTH: usize = 300;

/// Reads a certificate; what can't be read is left out.
pub(super) fn describe(der: &[u8]) -> Certificate {
    let Some(certificate) = X509::read(der) else {
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
        subject: clean(&certificate.subject.to_string()),
        issuer: clean(&certificate.issuer.to_string()),
        names: certificate.alternatives().filter_map(name).take(NAMES).collect(),
        not_before: Some(certificate.not_before),
        not_after: Some(certificate.not_after),
    }
}

fn name(name: Alternative<'_>) -> Option<String> {
    match name {
        Alternative::Dns(name) => Some(clean(name)),
        Alternative::Ip(bytes) => {
            let ip = <[u8; 4]>::try_from(bytes)
                .map(IpAddr::from)
                .or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from));
            ip.ok().map(|ip| ip.to_string())
        }
    }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LENGTH).collect()
}
